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
const MOST_SHARED = 300_000;
/** Opacity of a cell with the mean weight, and the least of one that has a whole point. */
const TYPICAL = 1.4;
const FAINTEST = 0.34;

/** Uint32 [width x height], not premultiplied. */
export function densityRaster(request: DensityRequest): Uint32Array {
  const { width, height, x } = request;
  const sums = new Float32Array(4 * width * height);
  if (x.length <= MOST_SHARED) addShared(request, sums);
  else addWhole(request, sums);
  return toned(sums, width * height);
}

function addWhole({ x, y, colours, width, height, scaleX, scaleY, left, top }: DensityRequest, sums: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const column = Math.floor(x[i]! * scaleX + left);
    const row = Math.floor(y[i]! * scaleY + top);
    if (!(column >= 0 && column < width && row >= 0 && row < height)) continue;
    add(sums, 4 * (row * width + column), colours[i]!, 1);
  }
}

function addShared({ x, y, colours, width, height, scaleX, scaleY, left, top }: DensityRequest, sums: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const u = x[i]! * scaleX + left - 0.5;
    const v = y[i]! * scaleY + top - 0.5;
    const column = Math.floor(u);
    const row = Math.floor(v);
    if (!(column >= 0 && column < width - 1 && row >= 0 && row < height - 1)) continue;
    const [right, below] = [u - column, v - row];
    const at = 4 * (row * width + column);
    add(sums, at, colours[i]!, (1 - right) * (1 - below));
    add(sums, at + 4, colours[i]!, right * (1 - below));
    add(sums, at + 4 * width, colours[i]!, (1 - right) * below);
    add(sums, at + 4 * width + 4, colours[i]!, right * below);
  }
}

function add(sums: Float32Array, at: number, colour: number, share: number): void {
  const weight = share * ((colour >>> 24) / 255);
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
