import { z } from "zod";
import { energyCalibration } from "../../algorithms/calibrate/energy-calibration.js";
import type { Axis } from "../../spectrum-image/axis.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import {
  type CalibrationReport,
  energiesOfSpectrum,
  statedEnergies,
  withGivenFacts,
  withRecognised,
} from "../calibrated-energies.js";
import { needSpectra } from "../map-image.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";

const { lines, zeroPeak, toleranceKev } = energyCalibration.parameters.shape;

const peak = z.strictObject({
  line: z.string().min(1).max(20).meta({ title: "Line", description: "Line that the peak belongs to, for example Fe_Ka." }),
  measuredKev: z.number().min(-5).max(200).meta({
    title: "Measured",
    unit: "keV",
    description: "Where the peak lies on the axis as it is.",
  }),
  energyKev: z.number().min(0).max(200).optional().meta({
    title: "True energy",
    unit: "keV",
    description: "Energy of the line. Left out: from the table of lines.",
  }),
});

const schema = z.strictObject({
  step: z.literal("calibrate"),
  energyOffsetKev: z
    .number()
    .optional()
    .meta({ title: "Energy offset", unit: "keV", description: "Energy at the middle of channel 0. Left out: as the file says." }),
  energyScaleKev: z.number().positive().optional().meta({
    title: "Channel width",
    unit: "keV",
    description: "Energy from one channel to the next. Left out: as the file says.",
  }),
  peaks: z.array(peak).max(100).default([]).meta({
    title: "Peaks",
    description:
      "Peaks whose lines are known: the axis is stretched and shifted so that they fit best. Two fix both; one shifts the axis only.",
  }),
  automatic: z.enum(["off", "energy", "resolution", "both"]).default("off").meta({
    title: "From the spectrum",
    description:
      "energy: finds known lines in the spectrum and makes the axis fit them; resolution: measures the width of isolated peaks.",
  }),
  lines,
  zeroPeak,
  toleranceKev,
  pixelSizeUm: z
    .number()
    .positive()
    .optional()
    .meta({ title: "Pixel size", unit: "µm", description: "Width and height of a pixel. Left out: as the file says." }),
  beamEnergyKev: z
    .number()
    .positive()
    .optional()
    .meta({ title: "Beam energy", unit: "keV", description: "Energy of the electrons. Left out: as the file says." }),
  resolutionEv: z.number().min(50).max(400).optional().meta({
    title: "Detector resolution",
    unit: "eV",
    description: "Full width at half maximum of the Mn Ka peak. Left out: as measured or as the file says, or 130 eV.",
  }),
});

type Given = z.output<typeof schema>;

/** States what the file does not, or states wrongly: energies, lengths, beam. By hand, from peaks that are known, and from the spectrum, in this order. */
export const calibrate: Step<typeof schema> = {
  id: "calibrate",
  title: "Calibrate",
  summary: "Sets energies, lengths and beam energy by hand, by peaks that are known, or from the spectrum.",
  schema,
  async run(analysis, given, context) {
    const { energyOffsetKev, energyScaleKev, peaks, automatic } = given;
    const isOfEnergies = energyOffsetKev !== undefined || energyScaleKev !== undefined || peaks.length > 0 || automatic !== "off";
    if (isOfEnergies)
      needSpectra(analysis.image, "calibrate", "energies", "For element maps give pixelSizeUm and beamEnergyKev alone.");
    const { energyAxis, report, findings } = statedEnergies(analysis.image, given);
    const { navigationAxes } = analysis.image;
    const image: SpectrumImage = {
      ...analysis.image,
      energyAxis,
      navigationAxes: given.pixelSizeUm === undefined ? navigationAxes : calibratedLengths(navigationAxes, given.pixelSizeUm),
      metadata: withGivenFacts(analysis.image.metadata, given),
    };
    if (automatic === "off") return tell({ ...analysis, image, ...(isOfEnergies ? { calibration: report } : {}) }, findings);
    const before = analysis.image.energyAxis;
    const found = await fromSpectrum({ before, image, report }, given, context);
    return tell({ ...analysis, image: found.image, calibration: found.report }, [...findings, ...found.findings]);
  },
};

interface Stated {
  /** As the file says. */
  readonly before: Axis;
  readonly image: SpectrumImage;
  readonly report: CalibrationReport;
}

async function fromSpectrum({ before, image, report }: Stated, given: Given, context: StepContext) {
  const [spectrum] = await pass(image.counts, [sumSpectrum(image.counts)], context);
  const found = await energiesOfSpectrum(image, spectrum, given, { seed: context.seed, signal: context.signal });
  const { detector } = image.metadata;
  const measured = given.automatic === "energy" || given.resolutionEv !== undefined ? undefined : found.resolution;
  const metadata =
    measured === undefined
      ? image.metadata
      : { ...image.metadata, detector: { ...detector, resolutionEv: Math.round(10 * measured.resolutionEv) / 10 } };
  const energyAxis = given.automatic === "resolution" ? image.energyAxis : found.energyAxis;
  return {
    image: { ...image, metadata, energyAxis },
    report: withRecognised(report, found, { before, searched: image.energyAxis, after: energyAxis }),
    findings: [
      ...(given.automatic === "resolution" ? [] : found.findings),
      ...(given.automatic === "energy" ? [] : [resolutionFinding(found.resolution)]),
    ],
  };
}

function resolutionFinding(measured: CalibrationReport["resolution"]): Finding {
  if (measured === undefined) {
    const message = "No isolated peak is strong enough to measure the resolution; it stays as it is.";
    return { severity: "warning", code: "no-resolution", message };
  }
  const { resolutionEv, errorEv, peaks } = measured;
  const from = peaks.map(({ line, fwhmEv }) => `${line} (${fwhmEv.toFixed(1)} eV)`).join(", ");
  const message = `Resolution measured from ${from}: ${resolutionEv.toFixed(1)} ± ${errorEv.toFixed(1)} eV at Mn Ka.`;
  return { severity: "info", code: "resolution", message };
}

/** The last two navigation axes are lengths; any before them (tilt, time) keep their own units. */
function calibratedLengths(axes: readonly Axis[], pixelSizeUm: number): Axis[] {
  return axes.map((axis, i) =>
    i < axes.length - 2 ? axis : { ...axis, offset: axis.offset ?? 0, scale: pixelSizeUm, units: "um" },
  );
}
