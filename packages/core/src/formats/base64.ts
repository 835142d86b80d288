import { FormatError } from "../errors.js";

const PADDING = 0x3d;
const SKIP = 64;
const BAD = 65;

const sextetOf = new Uint8Array(256).fill(BAD);
for (let i = 0; i < 64; i++) sextetOf["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".charCodeAt(i)] = i;
for (const blank of [0x20, 0x09, 0x0a, 0x0d]) sextetOf[blank] = SKIP;

/** Decodes base64 (RFC 4648) given as ASCII bytes; blanks and line ends are skipped. Throws {@link FormatError} for any other byte. */
export function decodeBase64(ascii: Uint8Array, where: string): Uint8Array {
  const decoded = new Uint8Array(Math.floor((ascii.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < ascii.length; i++) {
    const byte = ascii[i]!;
    if (byte === PADDING) break;
    const value = sextetOf[byte]!;
    if (value === SKIP) continue;
    if (value === BAD) {
      throw new FormatError("The text is not base64.", {
        where,
        offset: i,
        found: `byte ${byte}`,
        expected: "letters, digits, + and /",
      });
    }
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    decoded[length++] = bits >> held;
  }
  return decoded.subarray(0, length);
}
