/** Where it is sure: membership class by class, and how much of the map is in doubt. */

import { doubtRegions } from "../../session/derived/doubt.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface DoubtRow {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  /** Share of its pixels whose best membership is below the limit. */
  readonly below: number;
  readonly meanMembership: number;
}

/** One row per class, by the pixels that carry its label. */
export function doubtRows({ classes, labels }: AnalysisSnapshot, best: Float32Array, limit: number): DoubtRow[] {
  const sums = new Map(classes.map(({ id }) => [id, { pixels: 0, below: 0, total: 0 }]));
  labels?.forEach((label, p) => {
    const sum = sums.get(label);
    const value = best[p]!;
    if (sum === undefined || Number.isNaN(value)) return;
    sum.pixels += 1;
    sum.total += value;
    if (value < limit) sum.below += 1;
  });
  return classes.map(({ id, name, colour }) => {
    const { pixels, below, total } = sums.get(id)!;
    const share = (value: number): number => (pixels === 0 ? 0 : value / pixels);
    return { id, name, colour, below: share(below), meanMembership: share(total) };
  });
}

/** Share of all pixels that lie in hatched regions. */
export function hatchedShare({ grid }: AnalysisSnapshot, best: Float32Array, limit: number): number {
  const regions = doubtRegions(best, grid, { below: limit, leastPixels: 6 });
  return regions.reduce((sum, inside) => sum + inside, 0) / Math.max(1, regions.length);
}
