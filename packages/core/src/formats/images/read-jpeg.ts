import jpeg from "jpeg-js";
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { baseName, colourFinding, isColoured, type Pictures, strongestSample } from "./picture.js";

const MOST_MEGAPIXELS = 64;
const MOST_MEGABYTES = 1024;
const LARGEST_FILE = 1 << 28;

/** A JPEG picture, with a warning: its values are not those that were measured. jpeg-js (BSD-3-Clause) decodes it. Throws FormatError, UnsupportedError. */
export async function readJpeg(source: ByteSource, signal?: AbortSignal): Promise<Pictures> {
  if (source.size > LARGEST_FILE)
    throw new UnsupportedError("The picture is too large.", { where: source.name, expected: `at most ${LARGEST_FILE} bytes` });
  const { width, height, data } = decoded(source, Uint8Array.from(await source.read(0, source.size, signal)));
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
