import { z } from "zod";
import { USUAL_RESOLUTION_EV } from "../../algorithms/preprocess/line-windows.js";
import { type CountSource, isStored } from "../../spectrum-image/counts.js";
import { classSpectra, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { PhaseClass } from "../analysis.js";
import { classNamer, summariseClasses } from "../class-summary.js";
import { type ClassTable, classTableOf } from "../edits/class-table.js";
import { lastingNames } from "../edits/lasting-names.js";
import { channelSpread } from "../map-image.js";
import { need } from "../need.js";
import type { Step, StepContext } from "../step.js";
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
    const table = classTableOf(analysis, labels);
    const { slots, pixels } = slotsOf(labels, table);
    const { sum, variance } = await ofAllPixels(image.counts, context);
    const [sums] = await pass(image.counts, [classSpectra(image.counts, slots, table.entries.length)], context);
    const counted = sums.map((spectrum) => withoutZeroPeak(spectrum, image.energyAxis, excludeZeroPeakUpToKev));
    const compared = withoutZeroPeak(sum, image.energyAxis, excludeZeroPeakUpToKev);
    const resolutionEv = image.metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV;
    const namer = classNamer(image, compared, analysis.lines, resolutionEv, variance);
    const nameOf = (spectrum: Float64Array, size: number): string =>
      namer(withoutZeroPeak(spectrum, image.energyAxis, excludeZeroPeakUpToKev), size);
    const names = await lastingNames(analysis, nameOf, context);
    const classes = summariseClasses(
      image,
      compared,
      analysis.lines,
      table.entries.map(({ id, colour }, slot) => ({
        ...{ id, colour, name: names.get(id) },
        ...{ pixels: pixels[slot]!, spectrum: counted[slot]! },
      })),
      resolutionEv,
      variance,
    );
    return {
      ...analysis,
      sumSpectrum: sum,
      classes: asEdited(classes, table, pixels),
      classSpectra: sums.map((spectrum, slot) => spectrum.map((value) => value / Math.max(1, pixels[slot]!))),
    };
  },
};

interface AllPixels {
  readonly sum: Float64Array;
  readonly variance: Float64Array;
}

/** Remembered for counts in memory, which never change: every edit of the classes asks for them again. */
const known = new WeakMap<CountSource, AllPixels>();

async function ofAllPixels(counts: CountSource, { signal }: StepContext): Promise<AllPixels> {
  const before = known.get(counts);
  if (before !== undefined) return before;
  const [sum, variance] = await pass(counts, [sumSpectrum(counts), channelSpread(counts)], { signal });
  const all = { sum, variance };
  if (isStored(counts)) known.set(counts, all);
  return all;
}

/** Labels as places in the table of classes, whose ids may have gaps, and the pixels of each. */
function slotsOf(labels: Int32Array, { entries }: ClassTable): { slots: Int32Array; pixels: Float64Array } {
  const slotOf = new Map(entries.map(({ id }, slot) => [id, slot]));
  const slots = labels.map((label) => slotOf.get(label) ?? -1);
  const pixels = new Float64Array(entries.length);
  for (const slot of slots) if (slot >= 0) pixels[slot]! += 1;
  return { slots, pixels };
}

/** The classes with what people decided about them besides name and colour. */
function asEdited(classes: readonly PhaseClass[], { entries, countUnassigned }: ClassTable, pixels: Float64Array): PhaseClass[] {
  const assigned = pixels.reduce((sum, value) => sum + value, 0);
  return classes.map((phase, slot) => {
    const { note, hidden, locked, madeOf } = entries[slot]!;
    return {
      ...phase,
      ...(countUnassigned ? {} : { areaFraction: phase.pixels / Math.max(1, assigned) }),
      ...(note === undefined ? {} : { note }),
      ...(hidden ? { hidden } : {}),
      ...(locked ? { locked } : {}),
      ...(madeOf.length === 0 ? {} : { madeOf }),
    };
  });
}
