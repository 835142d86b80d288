/** Windows bitmaps without compression: what EDAX's programs write beside a map. 1, 4 and 8 bits with a palette, 24 and 32 bits. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { baseName, colourFinding, isColoured, type Pictures, strongestSample } from "./picture.js";

const HEADERS = 54;
const LARGEST_SIDE = 1 << 15;
const MOST_PIXELS = 1 << 26;

interface BitmapHeader {
  readonly width: number;
  readonly height: number;
  /** The last row of the picture comes first, as is usual. */
  readonly bottomUp: boolean;
  readonly bits: number;
  /** Bytes of a row, which are filled up to a multiple of four. */
  readonly stride: number;
  readonly pixelsAt: number;
  readonly paletteAt: number;
  readonly colours: number;
}

/** A bitmap; of colours the strongest of red, green and blue, and a finding says so. Throws FormatError, UnsupportedError. */
export async function readBmp(source: ByteSource, signal?: AbortSignal): Promise<Pictures> {
  const header = await readHeader(source, signal);
  const { width, height, stride, pixelsAt, paletteAt, colours, bits } = header;
  const rows = await source.read(pixelsAt, stride * height, signal);
  const palette = bits <= 8 ? await source.read(paletteAt, colours * 4, signal) : undefined;
  const samples = palette === undefined ? trueColours(rows, header) : paletteColours(rows, palette, header, source.name);
  const name = baseName(source.name);
  return {
    images: [{ name, width, height, data: strongestSample(samples, 3), pixelSizeUm: undefined }],
    findings: isColoured(samples, 3) ? [colourFinding(name)] : [],
  };
}

async function readHeader(source: ByteSource, signal: AbortSignal | undefined): Promise<BitmapHeader> {
  const bytes = await source.read(0, HEADERS, signal);
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADERS);
  if (view.getUint16(0, true) !== 0x4d42) {
    throw new FormatError("This is not a Windows bitmap.", { where: source.name, field: "signature", offset: 0, expected: "BM" });
  }
  const headerSize = view.getUint32(14, true);
  const signedHeight = view.getInt32(22, true);
  const [width, height, bits] = [view.getInt32(18, true), Math.abs(signedHeight), view.getUint16(28, true)];
  const compression = view.getUint32(30, true);
  if (headerSize < 40 || compression !== 0 || ![1, 4, 8, 24, 32].includes(bits)) {
    throw new UnsupportedError("This kind of bitmap is not read.", {
      where: source.name,
      found: `a header of ${headerSize} bytes, ${bits} bits per pixel, compression ${compression}`,
      expected: "a header of 40 bytes or more, 1, 4, 8, 24 or 32 bits, no compression",
      remedy: "Save the picture as TIFF or PNG.",
    });
  }
  const stride = Math.ceil((width * bits) / 32) * 4;
  const pixelsAt = view.getUint32(10, true);
  const sound = width >= 1 && height >= 1 && width <= LARGEST_SIDE && height <= LARGEST_SIDE && width * height <= MOST_PIXELS;
  if (!sound || pixelsAt + stride * height > source.size) {
    throw new FormatError("The bitmap does not fit into the file.", {
      where: source.name,
      field: "width, height",
      offset: 18,
      found: `${width} x ${height} pixels of ${bits} bits from byte ${pixelsAt}, ${source.size} bytes`,
      expected: `up to ${LARGEST_SIDE} pixels a side, all of them in the file`,
    });
  }
  const stated = view.getUint32(46, true);
  const most = 1 << Math.min(8, bits);
  const colours = stated === 0 || stated > most ? most : stated;
  return { width, height, bottomUp: signedHeight > 0, bits, stride, pixelsAt, paletteAt: 14 + headerSize, colours };
}

/** Where the row that is drawn as `y` begins. */
function rowStart({ stride, height, bottomUp }: BitmapHeader, y: number): number {
  return stride * (bottomUp ? height - 1 - y : y);
}

function trueColours(rows: Uint8Array, header: BitmapHeader): Uint8Array {
  const { width, height, bits } = header;
  const bytes = bits / 8;
  const samples = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = rowStart(header, y); x < width; x++, from += bytes, to += 3)
      samples.set(rows.subarray(from, from + 3), to);
  }
  return samples;
}

function paletteColours(rows: Uint8Array, palette: Uint8Array, header: BitmapHeader, where: string): Uint8Array {
  const { width, height, bits, colours } = header;
  const samples = new Uint8Array(width * height * 3);
  const perByte = 8 / bits;
  for (let y = 0, to = 0; y < height; y++) {
    const row = rowStart(header, y);
    for (let x = 0; x < width; x++, to += 3) {
      const shift = 8 - bits * ((x % perByte) + 1);
      const index = (rows[row + Math.floor(x / perByte)]! >> shift) & ((1 << bits) - 1);
      if (index >= colours) {
        throw new FormatError("A pixel has a colour that the palette lacks.", {
          where,
          field: `pixel ${x}, ${y}`,
          found: String(index),
          expected: `below ${colours}`,
        });
      }
      samples.set(palette.subarray(index * 4, index * 4 + 3), to);
    }
  }
  return samples;
}
