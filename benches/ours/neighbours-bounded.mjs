import { nearestNeighbours } from "../../packages/core/dist/kernels/nearest-neighbours/nearest-neighbours.js";
import { table } from "./loading.mjs";

export { load } from "./neighbours.mjs";

/** As UMAP takes them of many pixels in a guaranteed search. */
const ERROR = 0.5;

export async function work(points, context) {
  const { indices } = await nearestNeighbours(points, 15, "euclidean", context, ERROR);
  return () => ({ indices: table(indices, points.rows) });
}
