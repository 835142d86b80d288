import { z } from "zod";
import { treatFeatures } from "../../algorithms/preprocess/treat-features.js";
import { need } from "../need.js";
import type { Step } from "../step.js";
import { tell } from "../tell.js";

const schema = treatFeatures.parameters.extend({ step: z.literal("normalise") });

/** Smooths and scales the features. */
export const normalise: Step<typeof schema> = {
  id: "normalise",
  title: "Normalise",
  summary: treatFeatures.summary,
  schema,
  async run(analysis, { steps }, context) {
    const { image, mask } = analysis;
    const features = need(analysis.features, "normalise", "features", "features");
    const { data, lines } = features;
    const treated = await treatFeatures.run(
      { data, lines, navigationShape: image.counts.navigationShape, mask },
      { steps },
      context,
    );
    const treatment = [...features.treatment, ...treated.treatment];
    return tell({ ...analysis, features: { ...features, data: treated.data, treatment } }, treated.findings);
  },
};
