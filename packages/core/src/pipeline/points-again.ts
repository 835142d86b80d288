/** Points to cluster, made once more from counts that are drawn anew. */
import { z } from "zod";
import type { StabilityInput } from "../algorithms/cluster/stability.js";
import { resampledCounts, resamplings } from "../algorithms/statistics/resampled-counts.js";
import type { SeededContext } from "../spectrum-image/context.js";
import { collectCounts } from "../spectrum-image/counts.js";
import type { Analysis } from "./analysis.js";
import { type clusteredOn, pointsToCluster } from "./cluster-points.js";

/** Does the entries of a recipe that lead from counts to points (decompose, features, normalise, embed) again on an analysis with other counts. */
export type StepsAgain = (analysis: Analysis, context: SeededContext) => Promise<Analysis>;

/** How counts are drawn anew for each run of a stability score. */
export const resampleParameter = z.enum(["none", ...resamplings]).meta({
  title: "Counts drawn anew",
  description:
    "bootstrap: each run sees counts drawn around those measured; thinning: each run sees half of the counts; none: only seeds and the draw of pixels differ.",
});

/**
 * The points of the analysis from counts drawn anew, for any seed; `undefined` where nothing is to be drawn or no steps lead to the points. All runs share the seed
 * `seed` of the analysis: another one would turn the latent space and count as noise what is not. The result throws `DataCheckError` for
 * intensities.
 */
export function remeasuredPoints(
  analysis: Analysis,
  on: z.output<typeof clusteredOn>,
  resample: z.output<typeof resampleParameter>,
  again: StepsAgain | undefined,
  seed: number,
): StabilityInput["remeasured"] {
  if (resample === "none" || again === undefined) return undefined;
  return async (draw, part) => {
    const drawn = resampledCounts(analysis.image.counts, resample, draw);
    const counts = await collectCounts(drawn, { signal: part.signal });
    const state = await again({ ...analysis, image: { ...analysis.image, counts } }, { ...part, seed });
    return pointsToCluster(state, on, "choose-classes");
  };
}
