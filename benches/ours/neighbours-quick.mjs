import { quickNeighbours } from "../../packages/core/dist/kernels/nearest-neighbours/quick/quick-neighbours.js";
import { table } from "./loading.mjs";

export { load } from "./neighbours.mjs";

/** As UMAP takes them of many pixels. */
export async function work(points, context) {
  const { indices } = await quickNeighbours(points, 15, "euclidean", context);
  return () => ({ indices: table(indices, points.rows) });
}
