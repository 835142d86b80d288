import { z } from "zod";
import { parseParameters } from "../../algorithms/parameters.js";
import { abundances } from "../../algorithms/unmix/abundances.js";
import { type NmfResult, nmf, sourceOfSpectra } from "../../algorithms/unmix/nmf.js";
import { partOf } from "../../spectrum-image/context.js";
import type { Analysis } from "../analysis.js";
import { need } from "../need.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";
import { withoutZeroPeak, ZERO_PEAK_END_KEV } from "../without-zero-peak.js";

const { betaLoss, init, tol, maxIter } = nmf.parameters.shape;

const schema = z.strictObject({
  step: z.literal("unmix"),
  method: z.literal("nmf"),
  nComponents: z
    .union([z.literal("all"), z.int().min(1).max(200)])
    .default("all")
    .meta({
      title: "Number of endmembers",
      unit: "endmembers",
      description: "How many spectra the classes are made of; all: as many as classes.",
    }),
  betaLoss,
  init: z
    .enum(init.unwrap().options.filter((start) => start !== "custom"))
    .default("nndsvd")
    .meta(init.meta() ?? {}),
  tol,
  maxIter,
  weighting: abundances.parameters.shape.weighting,
  sumToOne: abundances.parameters.shape.sumToOne,
});

/** Splits the class spectra into endmembers and fits every pixel as a sum of them. */
export const unmix: Step<typeof schema> = {
  id: "unmix",
  title: "Unmix",
  summary: "Splits the class spectra into endmembers by NMF, and fits every pixel as a sum of them.",
  schema,
  async run(analysis, given, context) {
    const spectra = need(
      analysis.classSpectra.length > 0 ? analysis.classSpectra : undefined,
      "unmix",
      "class spectra",
      "spectra",
    );
    const usable = spectra
      .map((spectrum) => withoutZeroPeak(spectrum, analysis.image.energyAxis, ZERO_PEAK_END_KEV))
      .filter((spectrum) => spectrum.some((value) => value > 0));
    const factored = await factor(usable, given, partOf(context, 0, 0.3));
    const fitted = await abundances.run(
      { counts: analysis.image.counts, endmembers: factored.endmembers, mask: analysis.mask },
      { weighting: given.weighting, sumToOne: given.sumToOne },
      partOf(context, 0.3, 1),
    );
    const notConverged = factored.converged ? [] : [`NMF stopped after ${factored.iterations} iterations without settling.`];
    const told = tell(analysis, fitted.findings);
    return {
      ...told,
      unmixing: {
        method: "nmf",
        endmembers: factored.endmembers,
        abundances: fitted.abundances,
        residual: fitted.residual,
        unexplainedShare: fitted.unexplainedShare,
      },
      warnings: [...told.warnings, ...notConverged],
      notConverged: [...told.notConverged, ...notConverged],
    } satisfies Analysis;
  },
};

function factor(spectra: readonly Float64Array[], given: z.output<typeof schema>, context: StepContext): Promise<NmfResult> {
  const { betaLoss, init, tol, maxIter } = given;
  const nComponents = given.nComponents === "all" ? spectra.length : Math.min(given.nComponents, spectra.length);
  return nmf.run(
    { spectra: sourceOfSpectra(spectra) },
    parseParameters(nmf, { nComponents, betaLoss, init, tol, maxIter }),
    context,
  );
}
