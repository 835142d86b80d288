import { DataCheckError } from "../errors.js";

/**
 * SHA-256, in lower-case hex, of whole numbers laid out as little-endian 64-bit integers: the same for the same counts whatever array holds
 * them, so that readings by different programs can be compared. Throws {@link DataCheckError} for a value that is not a safe integer.
 */
export async function sha256Int64(values: ArrayLike<number>): Promise<string> {
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isSafeInteger(value)) {
      throw new DataCheckError("Only whole numbers have a hash as 64-bit integers.", {
        field: `value ${i}`,
        found: String(value),
        expected: "a whole number below 2^53",
      });
    }
    const high = Math.floor(value / 4294967296);
    bytes.setUint32(i * 8, value - high * 4294967296, true);
    bytes.setInt32(i * 8 + 4, high, true);
  }
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
