/** All points as density: every cell has the mean colour of its points and is the more opaque the more there are. Works without any GPU. */
import { packColour } from "../../ui/raster/colour-table.js";

export interface DensityRequest {
  /** Places of the points, float32 [points] each. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Colour of each point; its alpha (0 to 255) is its weight. Uint32 [points]. */
  readonly colours: Uint32Array;
  /** Cells of the raster. */
  readonly width: number;
  readonly height: number;
  /** From a place to a cell: column = x * scaleX + left, row = y * scaleY + top. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
}

/** Up to so many points each is shared among the four cells around its place, which looks smooth; beyond, density is smooth by itself. */
const MOST_SHARED = 60_000;
/** Opacity of a cell with the mean weight, and the least of one that has a whole point. */
const TYPICAL = 1.4;
const FAINTEST = 0.34;

/** Weight of each alpha. */
const weights = Float32Array.from({ length: 256 }, (_, alpha) => alpha / 255);

/** Where points fall on the raster; colours may change while it stays. */
export interface PointCells {
  /** Int32 [points]: cell of each point, -1 for none. Of the upper left of its four cells where points are shared. */
  readonly cell: Int32Array;
  /** Float32 [points] each: share of the right and of the lower cells; `undefined` where every point is in one cell. */
  readonly shares: { readonly right: Float32Array; readonly below: Float32Array } | undefined;
}

/** Uint32 [width x height], not premultiplied. */
export function densityRaster(request: DensityRequest): Uint32Array {
  const { colours, width, height } = request;
  return densityOfCells(pointCells(request), colours, width, height);
}

export function pointCells(request: Omit<DensityRequest, "colours">): PointCells {
  return request.x.length <= MOST_SHARED ? sharedCells(request) : wholeCells(request);
}

function wholeCells({ x, y, width, height, scaleX, scaleY, left, top }: Omit<DensityRequest, "colours">): PointCells {
  const cell = new Int32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const column = Math.floor(x[i]! * scaleX + left);
    const row = Math.floor(y[i]! * scaleY + top);
    cell[i] = column >= 0 && column < width && row >= 0 && row < height ? row * width + column : -1;
  }
  return { cell, shares: undefined };
}

function sharedCells({ x, y, width, height, scaleX, scaleY, left, top }: Omit<DensityRequest, "colours">): PointCells {
  const cell = new Int32Array(x.length);
  const [right, below] = [new Float32Array(x.length), new Float32Array(x.length)];
  for (let i = 0; i < x.length; i++) {
    const u = x[i]! * scaleX + left - 0.5;
    const v = y[i]! * scaleY + top - 0.5;
    const column = Math.floor(u);
    const row = Math.floor(v);
    cell[i] = column >= 0 && column < width - 1 && row >= 0 && row < height - 1 ? row * width + column : -1;
    right[i] = u - column;
    below[i] = v - row;
  }
  return { cell, shares: { right, below } };
}

/** A point is a disk of at most so many cells about its own, so that few points make a cloud and not dust. */
const WIDEST_SPREAD = 2;
/** Cells per point of the raster from which its points are spread by one more cell. */
const SPREAD_FROM = 6;

/** By how many cells points are spread on a raster: the fewer they are, the more. */
export function spreadOf(points: number, cells: number, ratio = 1): number {
  if (points === 0 || points > MOST_SHARED) return 0;
  return Math.min(WIDEST_SPREAD * Math.ceil(ratio), Math.floor(Math.sqrt(cells / points / SPREAD_FROM)));
}

/** The density of points whose cells are known, each spread over `spread` cells about it. Uint32 [width x height], not premultiplied. */
export function densityOfCells(
  { cell, shares }: PointCells,
  colours: Uint32Array,
  width: number,
  height: number,
  spread = 0,
): Uint32Array {
  const sums = new Float32Array(4 * width * height);
  for (let i = 0; i < cell.length; i++) {
    const at = 4 * cell[i]!;
    if (at < 0) continue;
    const colour = colours[i]!;
    const weight = weights[colour >>> 24]!;
    if (shares === undefined) {
      add(sums, at, colour, weight);
      continue;
    }
    const [right, below] = [shares.right[i]!, shares.below[i]!];
    add(sums, at, colour, weight * (1 - right) * (1 - below));
    add(sums, at + 4, colour, weight * right * (1 - below));
    add(sums, at + 4 * width, colour, weight * (1 - right) * below);
    add(sums, at + 4 * width + 4, colour, weight * right * below);
  }
  return toned(spreadOut(sums, width, height, spread), width * height);
}

/** Each cell gives half of itself to its neighbours on a line, along rows and along columns, `times` over. */
function spreadOut(sums: Float32Array, width: number, height: number, times: number): Float32Array {
  let now = sums;
  for (let time = 0; time < times; time++) {
    now = withNeighbours(now, 4, 4 * width);
    now = withNeighbours(now, 4 * width, 4 * width * height);
  }
  return now;
}

/** Every value and half of those `step` before and after it, within stretches of `length` values. */
function withNeighbours(values: Float32Array, step: number, length: number): Float32Array {
  const spread = values.slice();
  for (let start = 0; start < values.length; start += length) {
    for (let i = start; i < start + length - step; i++) {
      spread[i]! += values[i + step]! / 2;
      spread[i + step]! += values[i]! / 2;
    }
  }
  return spread;
}

function add(sums: Float32Array, at: number, colour: number, weight: number): void {
  sums[at]! += weight * (colour & 255);
  sums[at + 1]! += weight * ((colour >> 8) & 255);
  sums[at + 2]! += weight * ((colour >> 16) & 255);
  sums[at + 3]! += weight;
}

function toned(sums: Float32Array, cells: number): Uint32Array {
  let [total, taken] = [0, 0];
  for (let c = 0; c < cells; c++) {
    if (sums[4 * c + 3]! < 0.05) continue;
    total += sums[4 * c + 3]!;
    taken += 1;
  }
  const rate = taken === 0 ? 0 : (TYPICAL * taken) / total;
  const words = new Uint32Array(cells);
  for (let c = 0; c < cells; c++) {
    const weight = sums[4 * c + 3]!;
    if (weight <= 0) continue;
    const opacity = Math.max(Math.min(1, weight) * FAINTEST, 1 - Math.exp(-rate * weight));
    const byWeight = 1 / weight;
    words[c] = packColour(sums[4 * c]! * byWeight, sums[4 * c + 1]! * byWeight, sums[4 * c + 2]! * byWeight, 255 * opacity);
  }
  return words;
}
