import { nearestNeighbours } from "../../packages/core/dist/kernels/nearest-neighbours/nearest-neighbours.js";
import { pointsOf, table } from "./loading.mjs";

export const load = pointsOf;

export async function work(points, context) {
  const { indices } = await nearestNeighbours(points, 15, "euclidean", context);
  return () => ({ indices: table(indices, points.rows) });
}
