import { z } from "zod";
import { type FindPhasesContext, findPhases } from "../../algorithms/find-phases/find-phases.js";
import { largestFirst } from "../../algorithms/find-phases/largest-first.js";
import { findPhasesParameters } from "../../algorithms/find-phases/parameters.js";
import { RecipeError } from "../../errors.js";
import { maskCounts } from "../../spectrum-image/mask.js";
import { lineNamed } from "../../xray/line-names.js";
import type { Analysis } from "../analysis.js";
import { needSpectra } from "../map-image.js";
import type { Step, StepContext } from "../step.js";
import { decided } from "../tell.js";

const schema = z.strictObject({ step: z.literal("find-phases"), ...findPhasesParameters.shape });

/** Labels, endmembers, abundances and the reasons for each phase at once, without being told how many there are. */
export const findPhasesStep: Step<typeof schema> = {
  id: "find-phases",
  title: "Find phases",
  summary: "Finds the phases from the counts themselves: grows the list by what is not explained yet, and says why.",
  schema,
  async run(analysis, { step: _, ...parameters }, context): Promise<Analysis> {
    const { image, mask } = analysis;
    needSpectra(
      image,
      "find-phases",
      "spectra",
      "Use a preset that clusters features: sigma-umap-hdbscan, or sigma-umap-gmm with a number of classes.",
    );
    if (image.counts.kind !== "counts") {
      throw new RecipeError("Finding phases needs raw counts, because it weighs differences by counting statistics.", {
        where: "step find-phases",
        found: "data that are not counts",
        remedy: "Use a preset that clusters features, for example sigma-umap-gmm.",
      });
    }
    const counts = mask === undefined ? image.counts : maskCounts(image.counts, mask);
    const { energyAxis, metadata } = image;
    const elements = [...new Set(analysis.lines.map((line) => lineNamed(line).element))];
    const found = await findPhases(
      { counts, energyAxis, metadata, elements: elements.length > 0 ? elements : undefined },
      parameters,
      watched(analysis, context),
    );
    return {
      ...analysis,
      labels: found.labels,
      edits: undefined,
      membership: { classes: found.phases.length, data: found.membership },
      unmixing: {
        method: "find-phases",
        endmembers: found.endmembers,
        abundances: found.abundances,
        residual: found.residualSigma,
        unexplainedShare: found.unexplainedShare,
      },
      evidence: found,
      choices: [...analysis.choices, ...found.choices],
      decisions: decided(analysis, found.decisions ?? []),
      warnings: [...analysis.warnings, ...found.warnings],
    };
  },
};

function watched(analysis: Analysis, context: StepContext): FindPhasesContext {
  const { onGlimpse } = context;
  if (onGlimpse === undefined) return context;
  return { ...context, onLabels: (look) => onGlimpse(() => ({ ...analysis, labels: largestFirst(look()), edits: undefined })) };
}
