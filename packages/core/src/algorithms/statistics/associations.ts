/** Which class touches which, and along what length. */
import type { Axis } from "../../spectrum-image/axis.js";

export interface Associations {
  /** Ids of the classes, in the order of rows and columns; -1, last, is what has no class. */
  readonly ids: readonly number[];
  /** Length of the boundary between two classes, symmetric, 0 on the diagonal: float64 [ids x ids]. In `unit`. */
  readonly lengths: Float64Array;
  /** `um`, or `px` without a pixel size. */
  readonly unit: "um" | "px";
  /**
   * Lengths over what random places of the same boundary would give: 1 means no preference, 2 that the two touch twice as often as by chance. NaN where a class has no boundary.
   * float64 [ids x ids].
   */
  readonly preference: Float64Array;
}

/**
 * Boundary lengths between the classes of a map, along the edges of pixels: a horizontal neighbour shares an edge of the height of a pixel, a vertical one of its width. Edges
 * of pixels overstate the length of slanting boundaries by up to sqrt 2, alike for all pairs. `labels` int32 [planes x y x x]; the last two axes are the map's.
 */
export function associations(labels: Int32Array, ids: readonly number[], navigationAxes: readonly Axis[]): Associations {
  const x = navigationAxes.at(-1);
  const y = navigationAxes.at(-2);
  const width = x?.size ?? labels.length;
  const height = y?.size ?? 1;
  const isCalibrated = x?.units === "um" && y?.units === "um" && x.scale !== undefined && y.scale !== undefined;
  const [dx, dy] = isCalibrated ? [Math.abs(x.scale!), Math.abs(y.scale!)] : [1, 1];
  const all = [...ids, -1];
  const n = all.length;
  const slotOf = new Map(all.map((id, slot) => [id, slot]));
  const lengths = new Float64Array(n * n);
  const touch = (p: number, q: number, length: number) => {
    const [a, b] = [slotOf.get(labels[p]!) ?? n - 1, slotOf.get(labels[q]!) ?? n - 1];
    if (a === b) return;
    lengths[a * n + b]! += length;
    lengths[b * n + a]! += length;
  };
  for (let p = 0; p < labels.length; p++) {
    if (p % width < width - 1) touch(p, p + 1, dy);
    if (Math.floor(p / width) % height < height - 1) touch(p, p + width, dx);
  }
  return { ids: all, lengths, unit: isCalibrated ? "um" : "px", preference: preferences(lengths, n) };
}

/** Length over what the boundaries of the two classes would share if each met the others in proportion to their boundaries. */
function preferences(lengths: Float64Array, n: number): Float64Array {
  const of = Float64Array.from({ length: n }, (_, a) =>
    lengths.subarray(a * n, a * n + n).reduce((sum, value) => sum + value, 0),
  );
  const total = of.reduce((sum, value) => sum + value, 0);
  return lengths.map((length, i) => {
    const [a, b] = [Math.floor(i / n), i % n];
    if (a === b) return Number.NaN;
    const expected = (of[a]! * of[b]! * (1 / (total - of[a]!) + 1 / (total - of[b]!))) / 2;
    return expected > 0 ? length / expected : Number.NaN;
  });
}
