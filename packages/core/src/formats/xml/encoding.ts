import { UnsupportedError } from "../../errors.js";
import { decodeWindows1252 } from "../windows-1252.js";

/** Turns bytes of a text into letters. */
export type DecodeText = (bytes: Uint8Array) => string;

/** The document without its byte order mark; a UTF-16 document is turned into UTF-8. */
export function bytesAsUtf8(document: Uint8Array): Uint8Array {
  const [a, b, c] = document;
  if (a === 0xef && b === 0xbb && c === 0xbf) return document.subarray(3);
  if (a === 0xff && b === 0xfe) return new TextEncoder().encode(new TextDecoder("utf-16le").decode(document));
  if (a === 0xfe && b === 0xff) return new TextEncoder().encode(new TextDecoder("utf-16be").decode(document));
  return document;
}

/** The encoding that the XML declaration names; UTF-8 without one. Throws {@link UnsupportedError} for an unknown name. */
export function textDecoderOf(bytes: Uint8Array, where: string): DecodeText {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const named = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(start)?.[1] ?? "utf-8";
  try {
    const decoder = new TextDecoder(/^utf-?16/i.test(named) ? "utf-8" : named, { ignoreBOM: true });
    return decoder.encoding === "windows-1252" ? decodeWindows1252 : (text) => decoder.decode(text);
  } catch (cause) {
    throw new UnsupportedError(
      "The text encoding is not known.",
      {
        where,
        field: "XML encoding",
        offset: 0,
        found: named,
        expected: "utf-8, windows-1252 or another encoding of the WHATWG list",
      },
      { cause },
    );
  }
}
