/** Features before and after each of their treatments, one by one, for looking at before any is applied. */
import { type FeatureTreatment, treatFeatures } from "../algorithms/preprocess/treat-features.js";
import { type Analysis, type FeatureMaps, startAnalysis } from "./analysis.js";
import { parseRecipe, type Recipe } from "./recipe.js";
import type { StepContext } from "./step.js";
import { features } from "./steps/features.js";

/** What was done last, and the features after it. */
export interface FeatureStage {
  /** `counts`: of the lines, as measured; `per-count`: over the counts of the pixel; else a treatment. */
  readonly after: "counts" | "per-count" | FeatureTreatment;
  readonly lines: readonly string[];
  /** Float32 [pixels x lines]. */
  readonly data: Float32Array;
}

/**
 * The stages through which the features of a recipe go under these treatments: net or gross counts of the lines, these over the counts of the pixel where the
 * recipe asks for that, then each treatment on what the one before it gave. The last stage is what the steps `features` and `normalise` with the same treatments give.
 * `analysis` is of the same image with its lines chosen. Throws what the steps throw.
 */
export async function featureStages(
  analysis: Analysis,
  recipe: Recipe,
  treatments: readonly FeatureTreatment[],
  context: StepContext,
): Promise<FeatureStage[]> {
  const { image, lines, mask, sumSpectrum } = analysis;
  const entry = featuresEntry(recipe);
  const start = { ...startAnalysis(image), lines, mask, sumSpectrum };
  const made = async (normalisePixels: boolean): Promise<FeatureMaps> =>
    (await features.run(start, { ...entry, normalisePixels }, { ...context, onProgress: undefined })).features!;
  const { lines: names, data } = await made(false);
  const stages: FeatureStage[] = [{ after: "counts", lines: names, data }];
  if (entry.normalisePixels) stages.push({ after: "per-count", lines: names, data: (await made(true)).data });
  for (const treatment of treatments) {
    const given = { lines: names, data: stages.at(-1)!.data, navigationShape: image.counts.navigationShape, mask };
    const treated = await treatFeatures.run(given, { steps: [treatment] }, { ...context, onProgress: undefined });
    stages.push({ after: treatment, lines: names, data: treated.data });
  }
  return stages;
}

type FeaturesEntry = Extract<Recipe["steps"][number], { step: "features" }>;

/** The recipe's own, or that with its defaults. */
function featuresEntry({ steps }: Recipe): FeaturesEntry {
  const isOne = (entry: Recipe["steps"][number]): entry is FeaturesEntry => entry.step === "features";
  return steps.find(isOne) ?? parseRecipe({ schemaVersion: 1, steps: [{ step: "features" }] }).steps.find(isOne)!;
}
