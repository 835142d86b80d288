import { z } from "zod";
import { energyCalibration } from "../../algorithms/calibrate/energy-calibration.js";
import { fitCalibration, recalibratedAxis } from "../../algorithms/calibrate/linear-calibration.js";
import { parseParameters } from "../../algorithms/parameters.js";
import { requireEnergyAxis } from "../../algorithms/preprocess/line-windows.js";
import type { Axis } from "../../spectrum-image/axis.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
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
    if (
      given.energyOffsetKev !== undefined ||
      given.energyScaleKev !== undefined ||
      given.peaks.length > 0 ||
      given.automatic !== "off"
    )
      needSpectra(analysis.image, "calibrate", "energies", "For element maps give pixelSizeUm and beamEnergyKev alone.");
    const byHand = statedByHand(analysis.image, given);
    const byPeaks = given.peaks.length === 0 ? byHand : { ...byHand, energyAxis: throughPeaks(byHand, given.peaks) };
    const { image, findings } = await fromSpectrum(byPeaks, given, context);
    return tell({ ...analysis, image }, findings);
  },
};

function statedByHand(image: SpectrumImage, given: Given): SpectrumImage {
  return {
    ...image,
    energyAxis: calibratedEnergy(image.energyAxis, given.energyOffsetKev, given.energyScaleKev),
    navigationAxes:
      given.pixelSizeUm === undefined ? image.navigationAxes : calibratedLengths(image.navigationAxes, given.pixelSizeUm),
    metadata: {
      ...image.metadata,
      beamEnergyKev: given.beamEnergyKev ?? image.metadata.beamEnergyKev,
      detector: { ...image.metadata.detector, resolutionEv: given.resolutionEv ?? image.metadata.detector.resolutionEv },
    },
  };
}

function throughPeaks(image: SpectrumImage, peaks: Given["peaks"]): Axis {
  const pairs = peaks.map(({ line, measuredKev, energyKev }) => ({
    measuredKev,
    trueKev: energyKev ?? lineNamed(line).energyKev,
  }));
  return recalibratedAxis(requireEnergyAxis(image), fitCalibration(pairs));
}

async function fromSpectrum(
  image: SpectrumImage,
  given: Given,
  context: StepContext,
): Promise<{ image: SpectrumImage; findings: readonly Finding[] }> {
  if (given.automatic === "off") return { image, findings: [] };
  const [spectrum] = await pass(image.counts, [sumSpectrum(image.counts)], context);
  const parameters = parseParameters(energyCalibration, {
    lines: given.lines,
    zeroPeak: given.zeroPeak,
    toleranceKev: given.toleranceKev,
  });
  const found = await energyCalibration.run({ spectrum, image }, parameters, { seed: context.seed, signal: context.signal });
  const { detector } = image.metadata;
  const measured = given.automatic === "energy" || given.resolutionEv !== undefined ? undefined : found.resolution;
  const metadata =
    measured === undefined
      ? image.metadata
      : { ...image.metadata, detector: { ...detector, resolutionEv: Math.round(10 * measured.resolutionEv) / 10 } };
  return {
    image: { ...image, metadata, energyAxis: given.automatic === "resolution" ? image.energyAxis : found.energyAxis },
    findings: [
      ...(given.automatic === "resolution" ? [] : found.findings),
      ...(given.automatic === "energy" ? [] : [resolutionFinding(found.resolution)]),
    ],
  };
}

function resolutionFinding(measured: Awaited<ReturnType<typeof energyCalibration.run>>["resolution"]): Finding {
  if (measured === undefined) {
    const message = "No isolated peak is strong enough to measure the resolution; it stays as it is.";
    return { severity: "warning", code: "no-resolution", message };
  }
  const { resolutionEv, errorEv, peaks } = measured;
  const from = peaks.map(({ line, fwhmEv }) => `${line} (${fwhmEv.toFixed(1)} eV)`).join(", ");
  const message = `Resolution measured from ${from}: ${resolutionEv.toFixed(1)} ± ${errorEv.toFixed(1)} eV at Mn Ka.`;
  return { severity: "info", code: "resolution", message };
}

function calibratedEnergy(axis: Axis, offset: number | undefined, scale: number | undefined): Axis {
  if (offset === undefined && scale === undefined) return axis;
  return { ...axis, offset: offset ?? axis.offset, scale: scale ?? axis.scale, units: "keV" };
}

/** The last two navigation axes are lengths; any before them (tilt, time) keep their own units. */
function calibratedLengths(axes: readonly Axis[], pixelSizeUm: number): Axis[] {
  return axes.map((axis, i) =>
    i < axes.length - 2 ? axis : { ...axis, offset: axis.offset ?? 0, scale: pixelSizeUm, units: "um" },
  );
}
