import { z } from "zod";
import { USUAL_RESOLUTION_EV } from "../../algorithms/preprocess/line-windows.js";
import { classSpectra, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { summariseClasses } from "../class-summary.js";
import { coloursOfClasses } from "../colours/palette.js";
import { need } from "../need.js";
import type { Step } from "../step.js";
import { withoutZeroPeak, ZERO_PEAK_END_KEV } from "../without-zero-peak.js";

const schema = z.strictObject({
  step: z.literal("spectra"),
  excludeZeroPeakUpToKev: z.number().min(-1).max(2).default(ZERO_PEAK_END_KEV).meta({
    title: "Count from",
    unit: "keV",
    description: "Counts below this energy are the zero peak and do not count as counts of a class when lines are compared.",
  }),
});

/** Spectrum, size and outstanding lines of each class; pixels, masks, maps and spectra always come from the same labels. */
export const spectra: Step<typeof schema> = {
  id: "spectra",
  title: "Class spectra",
  summary: "Takes the mean spectrum of each class and says how it differs from the map as a whole.",
  schema,
  async run(analysis, { excludeZeroPeakUpToKev }, context) {
    const { image } = analysis;
    const labels = need(analysis.labels, "spectra", "classes", "find-phases or cluster");
    const ids = labels.reduce((highest, label) => Math.max(highest, label), -1) + 1;
    const pixels = new Float64Array(ids);
    for (const label of labels) if (label >= 0) pixels[label]! += 1;
    const [sums, sum] = await pass(image.counts, [classSpectra(image.counts, labels, ids), sumSpectrum(image.counts)], context);
    const counted = sums.map((spectrum) => withoutZeroPeak(spectrum, image.energyAxis, excludeZeroPeakUpToKev));
    const colours = coloursOfClasses(labels, image.counts.navigationShape.at(-1) ?? 1, ids);
    const classes = summariseClasses(
      image,
      withoutZeroPeak(sum, image.energyAxis, excludeZeroPeakUpToKev),
      analysis.lines,
      counted.map((spectrum, id) => ({ id, colour: colours[id]!, pixels: pixels[id]!, spectrum })),
      image.metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV,
    );
    return {
      ...analysis,
      sumSpectrum: sum,
      classes,
      classSpectra: sums.map((spectrum, id) => spectrum.map((value) => value / Math.max(1, pixels[id]!))),
    };
  },
};
