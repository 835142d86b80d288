import { convertIndexedToRgb, type DecodedPng, decode } from "fast-png";
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { baseName, colourFinding, isColoured, type Pictures, strongestSample } from "./picture.js";

const MOST_PIXELS = 1 << 26;
const LARGEST_FILE = 1 << 28;
/** Deflate cannot shrink data by more than this. */
const STRONGEST_COMPRESSION = 1032;

/** A PNG picture; fast-png (MIT) decodes it. Throws FormatError, UnsupportedError. */
export async function readPng(source: ByteSource, signal?: AbortSignal): Promise<Pictures> {
  if (source.size > LARGEST_FILE)
    throw new UnsupportedError("The picture is too large.", { where: source.name, expected: `at most ${LARGEST_FILE} bytes` });
  const bytes = await source.read(0, source.size, signal);
  checkHeader(source, bytes);
  const png = decoded(source, bytes);
  const indexed = png.palette !== undefined;
  const samples = indexed ? (png.palette![0]?.length ?? 3) : png.channels;
  const all = indexed ? Uint8Array.from(convertIndexedToRgb(png)) : png.depth < 8 ? bitsOf(png) : plain(png.data);
  const name = baseName(source.name);
  const size = png.resolution !== undefined && png.resolution.unit === 1 && png.resolution.x > 0 && png.resolution.y > 0;
  return {
    images: [
      {
        name,
        width: png.width,
        height: png.height,
        data: strongestSample(all, samples),
        pixelSizeUm: size && png.resolution!.x > MOST_PRINTED ? [1e6 / png.resolution!.x, 1e6 / png.resolution!.y] : undefined,
      },
    ],
    findings: isColoured(all, samples) ? [colourFinding(name)] : [],
  };
}

/** Pixels per metre above which a resolution is that of a microscope and not of a printer (2,400 dots per inch). */
const MOST_PRINTED = 94_488;

function checkHeader(source: ByteSource, bytes: Uint8Array): void {
  const facts = { where: source.name, field: "IHDR", offset: 16 };
  if (bytes.length < 33) throw new FormatError("The picture is cut.", { ...facts, found: `${bytes.length} bytes` });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const pixels = width * height;
  if (pixels > MOST_PIXELS)
    throw new UnsupportedError("The picture is too large.", {
      ...facts,
      found: `${width} x ${height}`,
      expected: `at most ${MOST_PIXELS} pixels`,
    });
  if (pixels < 1 || (pixels * view.getUint8(24)) / 8 > bytes.length * STRONGEST_COMPRESSION) {
    throw new FormatError("The picture cannot have the size that it states.", {
      ...facts,
      found: `${width} x ${height} in ${bytes.length} bytes`,
    });
  }
}

function decoded(source: ByteSource, bytes: Uint8Array): DecodedPng {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (cause) {
    throw new FormatError("The picture is damaged.", { where: source.name, field: "PNG", found: String(cause) }, { cause });
  }
}

function plain(data: DecodedPng["data"]): Uint8Array | Uint16Array {
  return data instanceof Uint8ClampedArray ? Uint8Array.from(data) : data;
}

/** Pixels of fewer than 8 bits, one value each. */
function bitsOf({ data, width, height, depth }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      out[y * width + x] = (data[y * rowBytes + (bit >> 3)]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
  }
  return out;
}
