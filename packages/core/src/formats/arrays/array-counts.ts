/** Counts out of an n-dimensional array: read piece by piece as the file keeps them, and made sparse before the next piece is read. */
import { DataCheckError, throwIfAborted, UnsupportedError } from "../../errors.js";
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import { type ElementType, limitOf } from "../binary/element-type.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { steps, tilesOver, volume } from "../hdf5/boxes.js";
import type { NumericArray } from "../hdf5/values.js";
import type { NumberArray } from "./number-array.js";

/** Dense bytes read at once from an array that is in one piece. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** A piece of the file that is larger is read in parts, again and again: better than to run out of memory. */
const LARGEST_PIECE_BYTES = 256 * 1024 * 1024;
const MOST_CHANNELS = 65536;
const MOST_PIXELS = 1 << 28;

export interface ArrayCountsOptions {
  /** Axis of the array along which energy runs. Default: the last. */
  readonly energyAxis?: number | undefined;
  readonly kind: CountSource["kind"];
}

/** A source over an array. Navigation axes are the others, in their order. Throws UnsupportedError when a size is out of range. */
export function arrayCounts(array: NumberArray, options: ArrayCountsOptions): CountSource {
  const energyAxis = options.energyAxis ?? array.shape.length - 1;
  const navigationShape = array.shape.filter((_, i) => i !== energyAxis);
  const channels = array.shape[energyAxis] ?? 0;
  checkSizes(array, navigationShape, channels);
  const { kind } = options;
  return {
    navigationShape,
    channels,
    kind,
    countLimit:
      array.numberKind === "float"
        ? undefined
        : limitOf(`${array.numberKind === "unsigned" ? "u" : "i"}${array.bytesPerNumber}` as ElementType),
    async *blocks({ signal } = {}) {
      const builder = new CountBlockBuilder(kind, array.bytesPerNumber > 4 || array.numberKind === "float");
      for (const band of bands(array, energyAxis)) {
        throwIfAborted(signal);
        await addBand(builder, array, energyAxis, band, kind, signal);
        yield builder.take();
      }
    },
  };
}

/**
 * What the values are: `counts` when all are whole and not negative. Unsigned integers are; others are looked at until one is not, the whole
 * array if need be. NaN stands for "not recorded" and reads as zero.
 */
export async function kindOfArray(array: NumberArray, signal?: AbortSignal): Promise<CountSource["kind"]> {
  if (array.numberKind === "unsigned") return "counts";
  const tile = pieceShape(array, array.shape.length - 1);
  const zero = array.shape.map(() => 0);
  for (const start of tilesOver(zero, array.shape, tile)) {
    throwIfAborted(signal);
    if (await array.isEmptyAt(start)) continue;
    const count = start.map((at, i) => Math.min(tile[i]!, array.shape[i]! - at));
    if (!areCounts(await array.numbers(start, count, signal))) return "intensity";
  }
  return "counts";
}

/** True when every value is a whole number of 0 or more, or NaN. */
export function areCounts(values: NumericArray): boolean {
  if (values instanceof Int32Array || values instanceof Int16Array || values instanceof Int8Array) {
    for (let i = 0; i < values.length; i++) if (values[i]! < 0) return false;
    return true;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0 && Number.isSafeInteger(value)) && !Number.isNaN(value)) return false;
  }
  return true;
}

function checkSizes(array: NumberArray, navigationShape: readonly number[], channels: number): void {
  if (channels < 1 || channels > MOST_CHANNELS) {
    throw new UnsupportedError("The number of channels is out of range.", {
      where: array.where,
      found: String(channels),
      expected: `1 to ${MOST_CHANNELS}`,
    });
  }
  const pixels = pixelCount(navigationShape);
  if (pixels > MOST_PIXELS || pixels < 1) {
    throw new UnsupportedError("The number of pixels is out of range.", {
      where: array.where,
      found: String(pixels),
      expected: `1 to ${MOST_PIXELS}`,
    });
  }
}

/** A run of whole navigation rows: a box over all axes but that of energy. */
interface Band {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

/** Bands in order, as high as the pieces of the file along the second fastest navigation axis. */
function* bands(array: NumberArray, energyAxis: number): Generator<Band> {
  const piece = pieceShape(array, energyAxis);
  const axes = array.shape.map((_, i) => i).filter((i) => i !== energyAxis);
  const rowAxis = axes.at(-2);
  const height = array.shape.map((size, i) => (i === energyAxis || i === axes.at(-1) ? size : i === rowAxis ? piece[i]! : 1));
  const zero = array.shape.map(() => 0);
  for (const start of tilesOver(zero, array.shape, height)) {
    yield { start, count: start.map((at, i) => Math.min(height[i]!, array.shape[i]! - at)) };
  }
}

/** Shape of the boxes in which the array is read. */
function pieceShape(array: NumberArray, energyAxis: number): number[] {
  const { shape, tileShape, bytesPerNumber } = array;
  if (tileShape !== undefined && volume(tileShape) * bytesPerNumber <= LARGEST_PIECE_BYTES) {
    return tileShape.map((size, i) => Math.max(1, Math.min(size, shape[i]!)));
  }
  const piece = shape.map(() => 1);
  let bytes = bytesPerNumber;
  const order = [
    energyAxis,
    ...shape
      .map((_, i) => i)
      .filter((i) => i !== energyAxis)
      .reverse(),
  ];
  for (const axis of order) {
    piece[axis] = Math.max(1, Math.min(shape[axis]!, Math.floor(PIECE_BYTES / bytes)));
    bytes *= piece[axis]!;
    if (piece[axis]! < shape[axis]!) break;
  }
  return piece;
}

/** The values of one piece that are not zero, pixel after pixel. */
interface SparsePiece {
  /** First position along the fastest navigation axis, and how many. */
  readonly x: number;
  readonly width: number;
  readonly rowStart: Uint32Array;
  readonly channel: Uint16Array;
  readonly value: Float64Array;
}

async function addBand(
  builder: CountBlockBuilder,
  array: NumberArray,
  energyAxis: number,
  band: Band,
  kind: CountSource["kind"],
  signal: AbortSignal | undefined,
): Promise<void> {
  const xAxis = array.shape
    .map((_, i) => i)
    .filter((i) => i !== energyAxis)
    .at(-1);
  const piece = pieceShape(array, energyAxis);
  const columns = new Map<number, SparsePiece[]>();
  const pixels = volume(band.count) / band.count[energyAxis]!;
  const width = xAxis === undefined ? 1 : band.count[xAxis]!;
  for (const corner of tilesOver(band.start, band.count, piece)) {
    throwIfAborted(signal);
    if (await array.isEmptyAt(corner)) continue;
    const start = corner.map((at, i) => Math.max(at, band.start[i]!));
    const count = start.map((at, i) => Math.min(corner[i]! + piece[i]!, band.start[i]! + band.count[i]!) - at);
    const values = await array.numbers(start, count, signal);
    if (kind === "counts" && array.numberKind !== "unsigned") checkCounts(values, array.where);
    const x = xAxis === undefined ? 0 : start[xAxis]!;
    const found = sparsePiece(values, count, energyAxis, start[energyAxis]!, x, xAxis === undefined ? 1 : count[xAxis]!);
    const column = Math.floor(x / (xAxis === undefined ? 1 : piece[xAxis]!));
    columns.set(column, [...(columns.get(column) ?? []), found]);
  }
  const columnWidth = xAxis === undefined ? 1 : piece[xAxis]!;
  for (let p = 0; p < pixels; p++) {
    const x = p % width;
    const row = (p - x) / width;
    for (const part of columns.get(Math.floor(x / columnWidth)) ?? []) {
      const index = row * part.width + x - part.x;
      const from = part.rowStart[index]!;
      const to = part.rowStart[index + 1]!;
      builder.reserve(to - from);
      builder.channel.set(part.channel.subarray(from, to), builder.entries);
      builder.count.set(part.value.subarray(from, to), builder.entries);
      builder.entries += to - from;
    }
    builder.endPixels();
  }
}

function sparsePiece(
  values: NumericArray,
  count: readonly number[],
  energyAxis: number,
  firstChannel: number,
  x: number,
  width: number,
): SparsePiece {
  const channels = count[energyAxis]!;
  const inner = steps(count)[energyAxis]!;
  const pixels = values.length / channels;
  const positions = positionsOfValues(values);
  const rowStart = new Uint32Array(pixels + 1);
  const pixelOf = (position: number) => Math.floor(position / (channels * inner)) * inner + (position % inner);
  for (let i = 0; i < positions.length; i++) rowStart[pixelOf(positions[i]!) + 1]!++;
  for (let p = 0; p < pixels; p++) rowStart[p + 1]! += rowStart[p]!;
  const next = rowStart.slice();
  const piece = { x, width, rowStart, channel: new Uint16Array(positions.length), value: new Float64Array(positions.length) };
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i]!;
    const at = next[pixelOf(position)]!++;
    piece.channel[at] = firstChannel + (Math.floor(position / inner) % channels);
    piece.value[at] = values[position]!;
  }
  return piece;
}

/** Where the values are neither zero nor NaN, in rising order. Sparse data are mostly zeros, so four bytes are looked at together. */
function positionsOfValues(values: NumericArray): Uint32Array {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: size } = values;
  let positions = new Uint32Array(1024);
  let found = 0;
  const look = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      if (value === 0 || Number.isNaN(value)) continue;
      if (found === positions.length) {
        const grown = new Uint32Array(found * 2);
        grown.set(positions);
        positions = grown;
      }
      positions[found++] = i;
    }
  };
  if (size > 4 || byteOffset % 4 !== 0) {
    look(0, values.length);
    return positions.subarray(0, found);
  }
  const words = new Uint32Array(buffer, byteOffset, Math.floor(byteLength / 4));
  const perWord = 4 / size;
  for (let w = 0; w < words.length; w++) if (words[w] !== 0) look(w * perWord, (w + 1) * perWord);
  look(words.length * perWord, values.length);
  return positions.subarray(0, found);
}

function checkCounts(values: NumericArray, where: string): void {
  if (areCounts(values)) return;
  const wrong = Array.from(values).find((value) => !(value >= 0 && Number.isSafeInteger(value)) && !Number.isNaN(value));
  throw new DataCheckError("A count is negative or not whole.", { where, found: String(wrong), expected: "counts from 0" });
}
