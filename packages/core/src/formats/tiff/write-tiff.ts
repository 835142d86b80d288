/**
 * Greyscale TIFF, one page, uncompressed, little-endian, in one strip: what every image program opens. The scale is written the
 * way ImageJ does (pixels per unit in the resolution tags, the unit in the description), so that its scale bars are right.
 *
 *     offset 0   "II", 42, offset of the directory        8 bytes
 *            8   directory: count, entries of 12 bytes, 0
 *          ...   description, software, rationals          each at an even offset
 *          ...   pixels, row by row from the top
 *
 * Sources: TIFF 6.0 (Adobe, 1992), sections 2 to 8 and 19; ImageJ's `TiffEncoder` for the keys of the description.
 */
import { MemoryLimitError, ParameterError, ShapeError } from "../../errors.js";

/** 8-bit, 16-bit unsigned or 32-bit float. */
export type TiffData = Uint8Array | Uint16Array | Float32Array;

export interface TiffImage {
  readonly width: number;
  readonly height: number;
  /** Row-major, first row at the top. */
  readonly data: TiffData;
  /** Micrometres per pixel, x then y; without it no scale is written. */
  readonly pixelSizeUm?: readonly [x: number, y: number] | undefined;
  /** Values that are shown black and white; data are not changed. Default: the smallest and largest value. */
  readonly displayRange?: readonly [from: number, to: number] | undefined;
}

type Entry =
  | { readonly tag: number; readonly type: "ascii"; readonly value: string }
  | { readonly tag: number; readonly type: "short" | "long"; readonly value: number }
  | { readonly tag: number; readonly type: "rational"; readonly value: readonly [numerator: number, denominator: number] };

const typeCode = { ascii: 2, short: 3, long: 4, rational: 5 } as const;
const LARGEST_FILE = 0xffffffff;
const LARGEST_TERM = 0xffffffff;

/**
 * The bytes of a TIFF file. Throws {@link ShapeError} when the data do not fit the size, {@link ParameterError} for a pixel size
 * that is not positive, {@link MemoryLimitError} above 4 GB, which TIFF cannot hold.
 */
export function writeTiff(image: TiffImage): Uint8Array {
  checkImage(image);
  const { width, height, data, pixelSizeUm } = image;
  const entries: Entry[] = [
    { tag: 256, type: "long", value: width },
    { tag: 257, type: "long", value: height },
    { tag: 258, type: "short", value: 8 * data.BYTES_PER_ELEMENT },
    { tag: 259, type: "short", value: 1 },
    { tag: 262, type: "short", value: 1 },
    { tag: 270, type: "ascii", value: description(image) },
    { tag: 273, type: "long", value: 0 },
    { tag: 277, type: "short", value: 1 },
    { tag: 278, type: "long", value: height },
    { tag: 279, type: "long", value: data.byteLength },
    { tag: 282, type: "rational", value: rational(1 / (pixelSizeUm?.[0] ?? 1)) },
    { tag: 283, type: "rational", value: rational(1 / (pixelSizeUm?.[1] ?? 1)) },
    { tag: 296, type: "short", value: 1 },
    { tag: 339, type: "short", value: data instanceof Float32Array ? 3 : 1 },
  ];
  return assemble(entries, data);
}

function checkImage({ width, height, data, pixelSizeUm }: TiffImage): void {
  const whole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (!whole || width * height !== data.length) {
    throw new ShapeError("The picture does not have width x height values.", {
      found: `${data.length} values`,
      expected: `${width} x ${height}`,
    });
  }
  if (pixelSizeUm?.some((size) => !(size > 0 && Number.isFinite(size)))) {
    throw new ParameterError("A pixel size must be a positive number.", { field: "pixelSizeUm", found: pixelSizeUm.join(" x ") });
  }
  if (data.byteLength > LARGEST_FILE - 4096) {
    throw new MemoryLimitError("A TIFF file cannot hold more than 4 GB.", {
      found: `${data.byteLength} bytes`,
      remedy: "Bin or crop the map.",
    });
  }
}

function description({ data, pixelSizeUm, displayRange }: TiffImage): string {
  const [from, to] = displayRange ?? finiteRange(data);
  const unit = pixelSizeUm === undefined ? [] : ["unit=micron"];
  return ["ImageJ=1.54f", ...unit, "loop=false", `min=${from}`, `max=${to}`, ""].join("\n");
}

function finiteRange(data: TiffData): [from: number, to: number] {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return from <= to ? [from, to] : [0, 1];
}

/** The fraction of two 32-bit numbers that is nearest to `value`, by continued fractions. */
function rational(value: number): [numerator: number, denominator: number] {
  let [previous, numerator] = [0, 1];
  let [before, denominator] = [1, 0];
  let rest = value;
  for (let step = 0; step < 64; step++) {
    const whole = Math.floor(rest);
    const nextNumerator = whole * numerator + previous;
    const nextDenominator = whole * denominator + before;
    if (nextNumerator > LARGEST_TERM || nextDenominator > LARGEST_TERM) break;
    [previous, numerator, before, denominator] = [numerator, nextNumerator, denominator, nextDenominator];
    if (rest === whole || numerator / denominator === value) break;
    rest = 1 / (rest - whole);
  }
  return denominator === 0 ? [LARGEST_TERM, 1] : [Math.max(1, numerator), denominator];
}

function assemble(entries: readonly Entry[], data: TiffData): Uint8Array {
  const directoryEnd = 8 + 2 + 12 * entries.length + 4;
  const extras = entries.map(extraBytes);
  const pixelOffset = align(
    extras.reduce((end, extra) => align(end, 2) + extra, directoryEnd),
    8,
  );
  const bytes = new Uint8Array(pixelOffset + data.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, entries.length, true);
  let extraOffset = directoryEnd;
  entries.forEach((entry, i) => {
    extraOffset = align(extraOffset, 2);
    const resolved = entry.tag === 273 ? ({ tag: 273, type: "long", value: pixelOffset } as const) : entry;
    writeEntry(view, 10 + 12 * i, resolved, extraOffset);
    extraOffset += extras[i]!;
  });
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), pixelOffset);
  return bytes;
}

function align(offset: number, to: number): number {
  return Math.ceil(offset / to) * to;
}

/** Bytes that an entry needs outside its own twelve. */
function extraBytes(entry: Entry): number {
  if (entry.type === "rational") return 8;
  return entry.type === "ascii" && entry.value.length >= 4 ? entry.value.length + 1 : 0;
}

function writeEntry(view: DataView, offset: number, entry: Entry, extraOffset: number): void {
  view.setUint16(offset, entry.tag, true);
  view.setUint16(offset + 2, typeCode[entry.type], true);
  view.setUint32(offset + 4, entry.type === "ascii" ? entry.value.length + 1 : 1, true);
  switch (entry.type) {
    case "short":
      view.setUint16(offset + 8, entry.value, true);
      return;
    case "long":
      view.setUint32(offset + 8, entry.value, true);
      return;
    case "rational":
      view.setUint32(offset + 8, extraOffset, true);
      view.setUint32(extraOffset, entry.value[0], true);
      view.setUint32(extraOffset + 4, entry.value[1], true);
      return;
    case "ascii": {
      const inside = extraBytes(entry) === 0;
      if (!inside) view.setUint32(offset + 8, extraOffset, true);
      for (let i = 0; i < entry.value.length; i++)
        view.setUint8((inside ? offset + 8 : extraOffset) + i, entry.value.charCodeAt(i));
    }
  }
}
