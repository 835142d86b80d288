/**
 * Pixels of a page of a TIFF file: 1, 8, 16, 32 or 64 bits, whole numbers or floats; in strips or tiles; stored, LZW, deflate or PackBits;
 * with any predictor. Of coloured pages the strongest of the colours is taken, which is the grey value of grey pictures and the
 * intensity of maps in one colour.
 *
 * Source: TIFF 6.0 (Adobe, 1992); Technical Note 3 (Adobe, 2005) for predictor 3 and BigTIFF as libtiff writes it.
 */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { decodeElements, type Elements, type ElementType, elementSize } from "../binary/element-type.js";
import { decompress } from "./decompress.js";
import { type TiffFile, type TiffPage, tags } from "./tiff-directory.js";

const MOST_PIXELS = 1 << 26;
const MOST_SAMPLES = 16;
/** No more bytes than this come out of one byte: LZW's longest strings, of which there are 4,096, take 12 bits; deflate gives 1,032. */
const LARGEST_RATIO = 3000;

export interface TiffPixels {
  readonly width: number;
  readonly height: number;
  /** Row-major, first row at the top. */
  readonly data: Elements;
  /** Samples of a pixel in the file. */
  readonly samples: number;
}

interface Layout {
  readonly source: ByteSource;
  readonly littleEndian: boolean;
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly type: ElementType;
  /** Samples that lie together in a block, and the planes of blocks. */
  readonly together: number;
  readonly planes: number;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly tiled: boolean;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
  readonly compression: number;
  readonly predictor: number;
}

/** Reads a page. `extra` is added to the offset of its only strip, for stacks that ImageJ keeps behind one directory. Throws FormatError, UnsupportedError. */
export async function readTiffPage(
  source: ByteSource,
  file: TiffFile,
  page: TiffPage,
  extra = 0,
  signal?: AbortSignal,
): Promise<TiffPixels> {
  const layout = layoutOf(source, file, page, extra);
  checkStored(layout);
  const { width, height, together, planes } = layout;
  const samples = together * planes;
  const all = decodeElements(new Uint8Array(width * height * samples * elementSize(layout.type)), layout.type);
  await readBlocks(layout, all, signal);
  const data = samples === 1 ? all : strongest(all, width * height, Math.min(samples, samples === 2 ? 1 : 3), samples);
  if (page.numbers(tags.photometric)?.[0] === 0 && layout.type.startsWith("u")) invert(data, layout.bits);
  return { width, height, data, samples };
}

/** Bytes of a page when it is stored. */
export function tiffPageBytes(page: TiffPage): number {
  const one = (tag: number) => page.numbers(tag)?.[0] ?? 1;
  return one(tags.width) * one(tags.height) * one(tags.samplesPerPixel) * Math.ceil(one(tags.bitsPerSample) / 8);
}

function layoutOf(source: ByteSource, file: TiffFile, page: TiffPage, extra: number): Layout {
  const one = (tag: number, otherwise: number) => page.numbers(tag)?.[0] ?? otherwise;
  const [width, height, samples] = [one(tags.width, 0), one(tags.height, 0), one(tags.samplesPerPixel, 1)];
  checkSize(source, width, height, samples);
  const bits = one(tags.bitsPerSample, 1);
  const tiled = page.numbers(tags.tileOffsets) !== undefined;
  const planar = one(tags.planarConfiguration, 1) === 2;
  const [blockWidth, blockHeight] = tiled
    ? [one(tags.tileWidth, 0), one(tags.tileHeight, 0)]
    : [width, Math.min(height, one(tags.rowsPerStrip, height))];
  const layout = {
    source,
    littleEndian: file.littleEndian,
    width,
    height,
    bits,
    type: typeOf(source, bits, one(tags.sampleFormat, 1)),
    together: planar ? 1 : samples,
    planes: planar ? samples : 1,
    blockWidth,
    blockHeight,
    tiled,
    offsets: (page.numbers(tiled ? tags.tileOffsets : tags.stripOffsets) ?? []).map((offset) => offset + extra),
    byteCounts: page.numbers(tiled ? tags.tileByteCounts : tags.stripByteCounts) ?? [],
    compression: one(tags.compression, 1),
    predictor: one(tags.predictor, 1),
  };
  checkBlocks(layout);
  return layout;
}

function checkSize(source: ByteSource, width: number, height: number, samples: number): void {
  const facts = { where: source.name, field: "tags 256, 257, 277", found: `${width} x ${height} pixels of ${samples} samples` };
  if (!(width >= 1) || !(height >= 1) || !(samples >= 1)) throw new FormatError("A page has no pixels.", facts);
  if (width * height * samples > MOST_PIXELS || samples > MOST_SAMPLES) {
    throw new UnsupportedError("A page is too large.", { ...facts, expected: `at most ${MOST_PIXELS} values` });
  }
}

function typeOf(source: ByteSource, bits: number, format: number): ElementType {
  const kind = format === 3 ? "f" : format === 2 ? "i" : "u";
  const type = bits === 1 ? "u1" : `${kind}${bits / 8}`;
  const known: readonly string[] = ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f4", "f8"];
  if (known.includes(type) && (bits !== 1 || kind === "u")) return type as ElementType;
  throw new UnsupportedError("The type of the pixels is not read.", {
    where: source.name,
    field: "tags 258, 339",
    found: `${bits} bits, format ${format}`,
    expected: "1, 8, 16, 32 or 64 bits",
  });
}

function checkBlocks(layout: Layout): void {
  const { width, height, blockWidth, blockHeight, planes, offsets, byteCounts } = layout;
  const facts = { where: layout.source.name, field: layout.tiled ? "tags 322 to 325" : "tags 273, 278, 279" };
  if (!(blockWidth >= 1) || !(blockHeight >= 1) || blockWidth * blockHeight > MOST_PIXELS) {
    throw new FormatError("The blocks of a page have an impossible size.", { ...facts, found: `${blockWidth} x ${blockHeight}` });
  }
  const needed = Math.ceil(width / blockWidth) * Math.ceil(height / blockHeight) * planes;
  const counted = layout.compression === 1 || byteCounts.length >= needed;
  if (offsets.length >= needed && counted) return;
  throw new FormatError("A page does not list all of its blocks.", {
    ...facts,
    found: `${offsets.length} offsets, ${byteCounts.length} sizes`,
    expected: `${needed} of each`,
  });
}

/** No memory is taken for pixels that the file cannot hold. */
function checkStored({ source, width, height, bits, together, planes, compression }: Layout): void {
  const most = source.size * (compression === 1 ? 1 : LARGEST_RATIO);
  const needed = (width * height * together * planes * bits) / 8;
  if (needed <= most) return;
  throw new FormatError("A page is larger than its file can hold.", {
    where: source.name,
    field: "tags 256, 257, 258",
    found: `${width} x ${height} pixels of ${bits} bits in ${source.size} bytes`,
    expected: `at most ${most} bytes of pixels`,
  });
}

async function readBlocks(layout: Layout, all: Elements, signal: AbortSignal | undefined): Promise<void> {
  const across = Math.ceil(layout.width / layout.blockWidth);
  const down = Math.ceil(layout.height / layout.blockHeight);
  for (let plane = 0; plane < layout.planes; plane++) {
    for (let row = 0; row < down; row++) {
      for (let column = 0; column < across; column++) {
        const index = (plane * down + row) * across + column;
        const rows = layout.tiled ? layout.blockHeight : Math.min(layout.blockHeight, layout.height - row * layout.blockHeight);
        place(layout, all, await readBlock(layout, index, rows, signal), plane, row, column);
      }
    }
  }
}

async function readBlock(layout: Layout, index: number, rows: number, signal: AbortSignal | undefined): Promise<Elements> {
  const { source, blockWidth, together, bits, compression, type } = layout;
  const rowBytes = Math.ceil((blockWidth * together * bits) / 8);
  const size = rowBytes * rows;
  const offset = layout.offsets[index]!;
  const stored = compression === 1 ? size : layout.byteCounts[index]!;
  const block = await source.read(offset, stored, signal);
  const bytes = decompress(compression, block, size, { where: source.name, field: `block ${index}`, offset });
  if (bits === 1) return unpackBitmap(bytes, blockWidth * together, rows, rowBytes);
  if (layout.predictor === 3) return undoFloatPredictor(bytes, blockWidth * together, rows, together, type);
  const values = decodeElements(bytes, type, layout.littleEndian);
  if (layout.predictor === 2) undoDifferences(values, blockWidth * together, together);
  return values;
}

function unpackBitmap(bytes: Uint8Array, width: number, rows: number, rowBytes: number): Uint8Array {
  const out = new Uint8Array(width * rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < width; x++) out[y * width + x] = (bytes[y * rowBytes + (x >> 3)]! >> (7 - (x & 7))) & 1;
  return out;
}

/** Predictor 2: each sample is stored as its difference from the same sample of the pixel to the left. Typed arrays wrap as it does. */
function undoDifferences(values: Elements, rowLength: number, samples: number): void {
  for (let start = 0; start < values.length; start += rowLength) {
    for (let i = start + samples; i < start + rowLength; i++) values[i] = values[i]! + values[i - samples]!;
  }
}

/** Predictor 3: a row holds all highest bytes, then all next ones ..., each stored as its difference from the byte to the left. */
function undoFloatPredictor(bytes: Uint8Array, rowLength: number, rows: number, samples: number, type: ElementType): Elements {
  const width = elementSize(type);
  const out = new Uint8Array(rowLength * rows * width);
  for (let y = 0; y < rows; y++) {
    const row = bytes.slice(y * rowLength * width, (y + 1) * rowLength * width);
    for (let i = samples; i < row.length; i++) row[i] = row[i]! + row[i - samples]!;
    for (let x = 0; x < rowLength; x++) {
      for (let b = 0; b < width; b++) out[(y * rowLength + x) * width + width - 1 - b] = row[b * rowLength + x]!;
    }
  }
  return decodeElements(out, type, true);
}

function place(layout: Layout, all: Elements, block: Elements, plane: number, row: number, column: number): void {
  const { width, height, blockWidth, blockHeight, together, planes } = layout;
  const samples = together * planes;
  const rows = Math.min(blockHeight, height - row * blockHeight);
  const columns = Math.min(blockWidth, width - column * blockWidth);
  for (let y = 0; y < rows; y++) {
    const to = (row * blockHeight + y) * width + column * blockWidth;
    const from = y * blockWidth;
    for (let x = 0; x < columns; x++) {
      for (let s = 0; s < together; s++) all[(to + x) * samples + plane + s] = block[(from + x) * together + s]!;
    }
  }
}

/** The largest of the first `colours` samples of each pixel. */
function strongest(all: Elements, pixels: number, colours: number, samples: number): Elements {
  const data = all.slice(0, pixels);
  for (let p = 0; p < pixels; p++) {
    let most = all[p * samples]!;
    for (let s = 1; s < colours; s++) most = Math.max(most, all[p * samples + s]!);
    data[p] = most;
  }
  return data;
}

/** Photometric 0: white is zero. */
function invert(data: Elements, bits: number): void {
  const white = bits === 1 ? 1 : bits === 8 ? 255 : bits === 16 ? 65535 : 4294967295;
  for (let i = 0; i < data.length; i++) data[i] = white - data[i]!;
}
