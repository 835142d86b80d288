/**
 * Distances in the one order of summation that every search here uses (four coordinates at a time, then the rest), so that the
 * tree and the exhaustive search agree to the last bit.
 */

/** How far apart two rows are. `cosine` is 1 minus the cosine of the angle; a row of zeros is at 1 from every other and at 0 from its like. */
export type NeighbourMetric = "euclidean" | "manhattan" | "cosine";

/** A metric that a tree can search directly: sums of squares, or sums of absolute differences. */
export type SummedMetric = "squared" | "absolute";

/** Sum over the coordinates of the squared or absolute differences between row a of `dataA` and row b of `dataB`. */
export function summedDistance(
  metric: SummedMetric,
  dimensions: number,
  dataA: Float32Array,
  rowA: number,
  dataB: Float32Array,
  rowB: number,
): number {
  const a = rowA * dimensions;
  const b = rowB * dimensions;
  const inFours = dimensions & ~3;
  let sum = 0;
  for (let d = 0; d < inFours; d += 4) {
    const t0 = term(metric, dataA[a + d]! - dataB[b + d]!);
    const t1 = term(metric, dataA[a + d + 1]! - dataB[b + d + 1]!);
    const t2 = term(metric, dataA[a + d + 2]! - dataB[b + d + 2]!);
    const t3 = term(metric, dataA[a + d + 3]! - dataB[b + d + 3]!);
    sum += t0 + t1 + (t2 + t3);
  }
  for (let d = inFours; d < dimensions; d++) sum += term(metric, dataA[a + d]! - dataB[b + d]!);
  return sum;
}

function term(metric: SummedMetric, difference: number): number {
  return metric === "squared" ? difference * difference : Math.abs(difference);
}
