import { hdbscan } from "../../packages/core/dist/algorithms/cluster/hdbscan/hdbscan.js";
import { parseParameters } from "../../packages/core/dist/algorithms/parameters.js";
import { pointsOf, table } from "./loading.mjs";

export const load = pointsOf;

export async function work(points, context) {
  const parameters = parseParameters(hdbscan, { minClusterSize: 100, minSamples: 10 });
  const { labels } = await hdbscan.run({ points }, parameters, context);
  return () => ({ labels: table(labels, points.rows) });
}
