import { z } from "zod";
import { abundances } from "../../algorithms/unmix/abundances.js";
import { classEndmemberParameters, classEndmembers } from "../../algorithms/unmix/class-endmembers.js";
import { DataCheckError } from "../../errors.js";
import { partOf } from "../../spectrum-image/context.js";
import type { Analysis } from "../analysis.js";
import { need } from "../need.js";
import { placeOfClass, type Seeds, seedParameters, seedsOf } from "../seed-spectra.js";
import type { Step } from "../step.js";
import { tell } from "../tell.js";
import { withoutZeroPeak, ZERO_PEAK_END_KEV } from "../without-zero-peak.js";

const schema = z.strictObject({
  step: z.literal("unmix"),
  method: z.literal("nmf"),
  classes: z
    .union([z.literal("all"), z.array(z.int().min(0)).min(1).max(1000)])
    .default("all")
    .meta({ title: "Classes", description: "Ids of the classes whose spectra are split into endmembers; all: every class." }),
  ...classEndmemberParameters,
  ...seedParameters,
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
    const measured = (spectrum: Float64Array) => withoutZeroPeak(spectrum, analysis.image.energyAxis, ZERO_PEAK_END_KEV);
    const usable = chosenClasses(analysis, given.classes)
      .map((at) => ({ id: analysis.classes[at]!.id, spectrum: measured(spectra[at]!) }))
      .filter(({ spectrum }) => spectrum.some((value) => value > 0));
    if (usable.length === 0) {
      throw new DataCheckError("None of the classes to unmix has counts.", { where: "step unmix", field: "classes" });
    }
    const seeds = seedsOf(analysis, given);
    const factored = await classEndmembers(
      usable.map(({ spectrum }) => spectrum),
      seeds.spectra.map(measured),
      given,
      partOf(context, 0, 0.3),
    );
    const fitted = await abundances.run(
      { counts: analysis.image.counts, endmembers: factored.endmembers, mask: analysis.mask },
      { weighting: given.weighting, sumToOne: given.sumToOne },
      partOf(context, 0.3, 1),
    );
    const findings = [...factored.findings, ...fitted.findings];
    const told = tell(analysis, findings);
    const stopped = findings.filter(({ code }) => code === "not-converged").map(({ message }) => message);
    return {
      ...told,
      unmixing: {
        method: "nmf",
        endmembers: factored.endmembers,
        abundances: fitted.abundances,
        residual: fitted.residual,
        unexplainedShare: fitted.unexplainedShare,
        classWeights: { classIds: usable.map(({ id }) => id), data: factored.weights },
        seedNames: seedNamesOf(seeds, factored.endmembers.length),
      },
      notConverged: [...told.notConverged, ...stopped],
    } satisfies Analysis;
  },
};

/** Places in the table of classes. */
function chosenClasses({ classes }: Analysis, chosen: "all" | readonly number[]): number[] {
  if (chosen === "all") return classes.map((_, at) => at);
  return [...new Set(chosen)].map((id) => placeOfClass(classes, id, "classes"));
}

function seedNamesOf({ names }: Seeds, endmembers: number): (string | undefined)[] | undefined {
  return names.length === 0 ? undefined : Array.from({ length: endmembers }, (_, j) => names[j]);
}
