/** How many classes to make of a map, judged with the noise of counting. */
import { z } from "zod";
import { type ClassChoice, chooseClasses } from "../algorithms/cluster/choose-classes.js";
import type { StabilityInput } from "../algorithms/cluster/stability.js";
import { resampledCounts, resamplings } from "../algorithms/statistics/resampled-counts.js";
import { partOf, type SeededContext } from "../spectrum-image/context.js";
import { collectCounts } from "../spectrum-image/counts.js";
import type { Analysis } from "./analysis.js";
import { clusteredOn, pointsToCluster } from "./cluster-points.js";
import type { RecipeStep } from "./recipe.js";
import { stages } from "./step.js";
import { stepNamed } from "./step-registry.js";

/** Parameters of {@link chooseClassesOfMap}. */
export const chooseClassesOfMapParameters = chooseClasses.parameters.extend({
  on: clusteredOn,
  resample: z
    .enum(["none", ...resamplings])
    .default("bootstrap")
    .meta({
      title: "Counts drawn anew",
      description:
        "bootstrap: each run sees counts drawn around those measured; thinning: each run sees half of the counts; none: only seeds and the draw of pixels differ.",
    }),
});

/**
 * Recommends a number of classes for an analysis that has a latent space, features or components. `steps` are the entries of the recipe that made it:
 * for each run those from the counts up to the points (decompose, features, normalise, embed) are done again on counts drawn anew; a latent
 * space that takes long to make takes long as often. Without such steps, or with `resample: "none"`, all runs see the same points. Throws
 * `RecipeError` where the points are missing, `DataCheckError` where intensities are to be drawn anew.
 */
export async function chooseClassesOfMap(
  analysis: Analysis,
  steps: readonly RecipeStep[],
  given: z.output<typeof chooseClassesOfMapParameters>,
  context: SeededContext,
): Promise<ClassChoice> {
  const { on, resample, ...parameters } = given;
  const again = steps.filter(
    ({ step }) => stages.indexOf(step) >= stages.indexOf("decompose") && stages.indexOf(step) <= stages.indexOf("embed"),
  );
  const input: StabilityInput = { points: pointsToCluster(analysis, on, "choose-classes"), mask: analysis.mask };
  if (resample === "none" || again.length === 0) return chooseClasses.run(input, parameters, context);
  const remeasured: StabilityInput["remeasured"] = async (seed, part) => {
    const drawn = resampledCounts(analysis.image.counts, resample, seed);
    const counts = await collectCounts(drawn, { signal: part.signal });
    let state: Analysis = { ...analysis, image: { ...analysis.image, counts } };
    for (const [i, entry] of again.entries()) {
      // The seed of the analysis: another one would turn the latent space and count as noise what is not.
      const own = { ...partOf(part, i / again.length, (i + 1) / again.length), seed: context.seed };
      state = await stepNamed(entry.step).run(state, entry, own);
    }
    return pointsToCluster(state, on, "choose-classes");
  };
  return chooseClasses.run({ ...input, remeasured }, parameters, context);
}
