/** Short texts as programs of the field write them, whatever their encoding. */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { decodeWindows1252 } from "../windows-1252.js";
import { bytesAsUtf8 } from "../xml/encoding.js";

const LARGEST_TEXT = 1 << 20;

/**
 * The text: UTF-16 and UTF-8 by their byte order marks, UTF-8 where it is valid, else Windows-1252, which has the micro sign in one byte. Throws
 * {@link FormatError} for more than 1 MiB.
 */
export async function readShortText(source: ByteSource, signal: AbortSignal | undefined): Promise<string> {
  if (source.size > LARGEST_TEXT) {
    throw new FormatError("The file is too large for a list of parameters.", {
      where: source.name,
      found: `${source.size} bytes`,
      expected: `at most ${LARGEST_TEXT}`,
    });
  }
  const bytes = bytesAsUtf8(await source.read(0, source.size, signal));
  const utf8 = new TextDecoder("utf-8").decode(bytes);
  return utf8.includes("\ufffd") ? decodeWindows1252(bytes) : utf8;
}
