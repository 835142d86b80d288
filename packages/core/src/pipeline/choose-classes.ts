/** How many classes to make of a map, judged with the noise of counting. */
import type { z } from "zod";
import { type ClassChoice, chooseClasses } from "../algorithms/cluster/choose-classes.js";
import type { SeededContext } from "../spectrum-image/context.js";
import type { Analysis } from "./analysis.js";
import { clusteredOn, pointsToCluster } from "./cluster-points.js";
import { remeasuredPoints, resampleParameter } from "./points-again.js";
import type { RecipeStep } from "./recipe.js";
import { stepsAgain } from "./steps-again.js";

/** Parameters of {@link chooseClassesOfMap}. */
export const chooseClassesOfMapParameters = chooseClasses.parameters.extend({
  on: clusteredOn,
  resample: resampleParameter.default("bootstrap"),
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
  const points = pointsToCluster(analysis, on, "choose-classes");
  const remeasured = remeasuredPoints(analysis, on, resample, stepsAgain(steps), context.seed);
  return chooseClasses.run({ points, mask: analysis.mask, remeasured }, parameters, context);
}
