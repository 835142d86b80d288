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

/** SHA-256 of bytes, in lower-case hex. */
export async function sha256OfBytes(bytes: Uint8Array): Promise<string> {
  // What lies in shared memory has to be copied: digests are not taken of what may change meanwhile.
  const own = bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", own)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
