import { umap } from "../../packages/core/dist/algorithms/embed/umap/umap.js";
import { parseParameters } from "../../packages/core/dist/algorithms/parameters.js";
import { pointsOf, table } from "./loading.mjs";

export const load = pointsOf;

export async function work(points, context) {
  const { latent } = await umap.run({ features: points }, parseParameters(umap, { nNeighbors: 15, minDist: 0.1 }), context);
  return () => ({ latent: table(latent.data, points.rows) });
}
