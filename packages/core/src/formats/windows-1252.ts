/** Characters of the bytes 0x80 to 0x9f; five of them stand for themselves. */
const upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * Decodes Windows-1252, which web standards also mean by Latin-1. The platform's decoder does most of it; Node from 20.18.3 on leaves the bytes
 * 0x80 to 0x9f as they are, so these are put right here, and the text is the same everywhere.
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  return new TextDecoder("windows-1252")
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (letter) => upper[letter.charCodeAt(0) - 0x80]!);
}
