/** How good a result is, by measures that favour nobody: 0 to 1, more is better. */

import { embeddingQuality } from "../packages/core/dist/algorithms/embed/quality.js";
import { adjustedRandIndex } from "../packages/core/dist/algorithms/score/adjusted-rand-index.js";
import { nearestNeighbours } from "../packages/core/dist/kernels/nearest-neighbours/nearest-neighbours.js";

export async function qualityOf(work, points, result) {
  if (work === "neighbours") return foundShare(points, result);
  if (work === "mixture" || work === "hdbscan") return adjustedRandIndex(points.labels, Int32Array.from(result));
  const picture = { rows: points.rows, columns: result.length / points.rows, data: Float32Array.from(result) };
  return (await embeddingQuality(points, picture, undefined, { k: 15, among: 50 }, { seed: 1 })).preserved;
}

/** Share of neighbours that are as near as the true ones, so that ties count as found. */
async function foundShare(points, result) {
  const k = result.length / points.rows;
  const { distances } = await nearestNeighbours(points, k);
  let found = 0;
  for (let i = 0; i < result.length; i++) {
    const row = Math.floor(i / k);
    if (distanceBetween(points, row, result[i]) <= distances[row * k + k - 1] * (1 + 1e-6)) found += 1;
  }
  return found / result.length;
}

function distanceBetween({ columns, data }, a, b) {
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += (data[a * columns + c] - data[b * columns + c]) ** 2;
  return Math.sqrt(sum);
}
