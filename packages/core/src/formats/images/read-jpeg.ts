import jpeg from "jpeg-js";
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { baseName, colourFinding, isColoured, type Pictures, strongestSample } from "./picture.js";

const MOST_MEGAPIXELS = 64;
const MOST_MEGABYTES = 1024;
const LARGEST_FILE = 1 << 28;
/** A block of 8 x 8 pixels takes at least one bit, even where nothing changes: no file holds more pixels per byte, with room to spare. */
const MOST_PIXELS_PER_BYTE = 1024;

/** A JPEG picture, with a warning: its values are not those that were measured. jpeg-js (BSD-3-Clause) decodes it. Throws FormatError, UnsupportedError. */
export async function readJpeg(source: ByteSource, signal?: AbortSignal): Promise<Pictures> {
  if (source.size > LARGEST_FILE)
    throw new UnsupportedError("The picture is too large.", { where: source.name, expected: `at most ${LARGEST_FILE} bytes` });
  const bytes = Uint8Array.from(await source.read(0, source.size, signal));
  checkPixels(source, bytes);
  const { width, height, data } = decoded(source, bytes);
  const name = baseName(source.name);
  return {
    images: [{ name, width, height, data: strongestSample(data, 3), pixelSizeUm: undefined }],
    findings: [
      {
        severity: "warning",
        code: "lossy-picture",
        message: `${name} is a JPEG picture: compression has changed its values, by most at edges and in noise.`,
        disables: ["counting statistics", "ratios of weak maps"],
      },
      ...(isColoured(data, 3) ? [colourFinding(name)] : []),
    ],
  };
}

/** Throws {@link FormatError} before memory is taken for pixels that the file cannot hold. */
function checkPixels(source: ByteSource, bytes: Uint8Array): void {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!;
    const two = (place: number) => 256 * bytes[place]! + bytes[place + 1]!;
    if (marker >= 0xc0 && marker <= 0xc2 && two(at + 5) * two(at + 7) > bytes.length * MOST_PIXELS_PER_BYTE) {
      throw new FormatError("The picture is larger than its file can hold.", {
        where: source.name,
        field: "JPEG frame",
        offset: at,
        found: `${two(at + 7)} x ${two(at + 5)} pixels in ${bytes.length} bytes`,
      });
    }
    at += marker === 0xff ? 1 : 2 + two(at + 2);
  }
}

function decoded(source: ByteSource, bytes: Uint8Array): { width: number; height: number; data: Uint8Array } {
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: MOST_MEGAPIXELS,
      maxMemoryUsageInMB: MOST_MEGABYTES,
    });
    if (width * height > 0 && data.length === width * height * 3) return { width, height, data };
    throw new FormatError("The picture has no pixels.", { where: source.name, field: "JPEG", found: `${width} x ${height}` });
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(
      "The picture is damaged, or of a kind of JPEG that is not read.",
      { where: source.name, field: "JPEG", found: String(cause) },
      { cause },
    );
  }
}
