/** All pixels in a ternary diagram: their places, and the density of them by class. */
import { ternaryPlace, ternaryShares } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface TernaryPoints {
  /** Float32 [pixels x 2]: x 0 to 1 to the right, y 0 to √3/2 upwards; NaN where the pixel has none of the three. */
  readonly places: Float32Array;
}

export const TERNARY_HEIGHT = Math.sqrt(3) / 2;

/** Shares of the counts of three lines at every pixel, means of 3 x 3 where `smooth`: single pixels hold too few counts for shares. */
export function ternaryPoints(
  { elementMaps, grid }: AnalysisSnapshot,
  lines: readonly [string, string, string],
  smooth: boolean,
): TernaryPoints | undefined {
  const maps = lines.map((line) => elementMaps.find((map) => map.line === line)?.data);
  const [a, b, c] = maps.map((map) => (map === undefined ? undefined : smooth ? meanOf3x3(map, grid.width) : map));
  if (a === undefined || b === undefined || c === undefined) return undefined;
  const shares = ternaryShares(a, b, c);
  const places = new Float32Array(a.length * 2);
  for (let p = 0; p < a.length; p++) {
    const { x, y } = ternaryPlace(shares, p);
    places[2 * p] = x;
    places[2 * p + 1] = y;
  }
  return { places };
}

function meanOf3x3(map: Float32Array, width: number): Float32Array {
  const height = map.length / width;
  return map.map((_, p) => {
    const [x, y] = [p % width, Math.floor(p / width)];
    let [sum, count] = [0, 0];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        sum += map[v * width + u]!;
        count += 1;
      }
    }
    return sum / count;
  });
}

const SELECTED = [255, 255, 255] as const;

/**
 * RGBA [side x side]: hue of a cell is the mean of its pixels' colours, brightness the logarithm of their number. Row 0 is the top of the triangle. `selected`, uint8
 * [pixels]: those with 1 are white, default none.
 */
export function ternaryDensity(
  { places }: TernaryPoints,
  labels: Int32Array | undefined,
  colours: ReadonlyMap<number, readonly [number, number, number]>,
  side: number,
  selected?: Uint8Array,
): Uint8ClampedArray<ArrayBuffer> {
  const sums = new Float64Array(side * side * 4);
  let most = 1;
  for (let p = 0; p < places.length / 2; p++) {
    const [x, y] = [places[2 * p]!, places[2 * p + 1]!];
    if (Number.isNaN(x)) continue;
    const column = Math.min(side - 1, Math.floor(x * side));
    const row = Math.min(side - 1, Math.floor((1 - y / TERNARY_HEIGHT) * side));
    const cell = 4 * (row * side + column);
    const [r, g, b] = selected?.[p] === 1 ? SELECTED : (colours.get(labels?.[p] ?? -1) ?? [150, 152, 156]);
    sums[cell]! += r;
    sums[cell + 1]! += g;
    sums[cell + 2]! += b;
    sums[cell + 3]! += 1;
    most = Math.max(most, sums[cell + 3]!);
  }
  const picture = new Uint8ClampedArray(side * side * 4);
  for (let cell = 0; cell < sums.length; cell += 4) {
    const count = sums[cell + 3]!;
    if (count === 0) continue;
    for (let channel = 0; channel < 3; channel++) picture[cell + channel] = sums[cell + channel]! / count;
    picture[cell + 3] = 255 * (0.35 + (0.65 * Math.log1p(count)) / Math.log1p(most));
  }
  return picture;
}
