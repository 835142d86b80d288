import { gaussianMixture } from "../../packages/core/dist/algorithms/cluster/gaussian-mixture.js";
import { parseParameters } from "../../packages/core/dist/algorithms/parameters.js";
import { pointsOf, table } from "./loading.mjs";

export const load = pointsOf;

export async function work(points, context) {
  const found = await gaussianMixture.run({ points }, parseParameters(gaussianMixture, { nComponents: 50 }), context);
  return () => ({
    labels: table(found.labels, points.rows),
    meanLogLikelihood: { shape: [1], data: Float64Array.of(found.meanLogLikelihood) },
  });
}
