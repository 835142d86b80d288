import type { Matrix } from "../matrix.js";
import { type NeighbourMetric, type SummedMetric, summedDistance } from "./distance.js";
import { checkNeighbourCount, fromSums, type Neighbours } from "./nearest-neighbours.js";
import { unitRows } from "./unit-rows.js";

/** The same result as `nearestNeighbours`, by comparing all pairs: the reference for tests, and quick enough for a few thousand rows. */
export function bruteForceNeighbours(points: Matrix<Float32Array>, k: number, metric: NeighbourMetric = "euclidean"): Neighbours {
  checkNeighbourCount(points.rows, k);
  const { rows, columns, data } = metric === "cosine" ? unitRows(points) : points;
  const summed: SummedMetric = metric === "manhattan" ? "absolute" : "squared";
  const indices = new Int32Array(rows * k);
  const distances = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const sums = Float64Array.from({ length: rows }, (_, other) => summedDistance(summed, columns, data, row, data, other));
    const nearest = Int32Array.from({ length: rows }, (_, other) => other)
      .filter((other) => other !== row)
      .sort((a, b) => sums[a]! - sums[b]! || a - b)
      .subarray(0, k);
    indices.set(nearest, row * k);
    for (let j = 0; j < k; j++) distances[row * k + j] = sums[nearest[j]!]!;
  }
  fromSums(distances, metric);
  return { rows, k, indices, distances };
}
