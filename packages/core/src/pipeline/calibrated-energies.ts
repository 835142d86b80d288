/** Energies of an image by what is stated, by peaks that are known, and from the spectrum, in this order; and how far each peak lies from its line before and after. */
import { type EnergyCalibration, energyCalibration } from "../algorithms/calibrate/energy-calibration.js";
import { axisErrors, fitCalibration, recalibratedAxis } from "../algorithms/calibrate/linear-calibration.js";
import { parseParameters } from "../algorithms/parameters.js";
import { requireEnergyAxis } from "../algorithms/preprocess/line-windows.js";
import { type Axis, channelOfEnergy, energyOfChannel, isEnergyCalibrated } from "../spectrum-image/axis.js";
import type { SeededContext } from "../spectrum-image/context.js";
import type { Finding, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { lineNamed } from "../xray/line-names.js";

/** A peak of which is said, or was found, to which line it belongs. */
export interface CalibratedPeak {
  /** `Fe_Ka`, or `zero` for the peak that the electronics make. */
  readonly name: string;
  /** `hand`: stated in the recipe; `spectrum`: recognised in the sum spectrum. */
  readonly by: "hand" | "spectrum";
  /** Where it lies, a fraction. */
  readonly channel: number;
  readonly trueKev: number;
  /** Place on the axis of the file less the true energy; undefined where the file states no energies. */
  readonly beforeKev: number | undefined;
  /** Place on the new axis less the true energy. */
  readonly residualKev: number;
  /** Standard error of the place, keV: counting, and 3 eV for what counting does not know of; undefined for a place that was stated. */
  readonly errorKev: number | undefined;
}

/** An energy axis in two numbers, with standard errors where it was fitted. */
export interface EnergyScale {
  /** At the middle of channel 0. */
  readonly offsetKev: number;
  readonly scaleKev: number;
  readonly offsetErrorKev?: number | undefined;
  readonly scaleErrorKev?: number | undefined;
}

/** What calibration did to the energies. */
export interface CalibrationReport {
  /** Of the file; undefined where it states no energies. */
  readonly before: EnergyScale | undefined;
  readonly after: EnergyScale | undefined;
  /** By rising energy; those by hand first. */
  readonly peaks: readonly CalibratedPeak[];
  /** From the widths of isolated peaks, where they were measured. */
  readonly resolution: EnergyCalibration["resolution"];
}

/** What a recipe says of energies, as in the step `calibrate`. */
export interface EnergiesGiven {
  readonly energyOffsetKev?: number | undefined;
  readonly energyScaleKev?: number | undefined;
  readonly peaks: readonly { readonly line: string; readonly measuredKev: number; readonly energyKev?: number | undefined }[];
  readonly automatic: "off" | "energy" | "resolution" | "both";
  readonly lines: readonly string[];
  readonly zeroPeak: boolean;
  readonly toleranceKev: number;
}

type Described = Pick<SpectrumImage, "title" | "energyAxis" | "metadata">;

/** The energy axis by what is stated: two numbers, then peaks that are known. */
export interface StatedEnergies {
  readonly energyAxis: Axis;
  readonly report: CalibrationReport;
  readonly findings: readonly Finding[];
}

/** Throws DataCheckError for peaks on an axis without energies, ParameterError for peaks that give no straight line that rises. */
export function statedEnergies(image: Described, given: EnergiesGiven): StatedEnergies {
  const byHand = byNumbers(image.energyAxis, given);
  if (given.peaks.length === 0) {
    const report = reportOf(image.energyAxis, byHand, []);
    return { energyAxis: byHand, report, findings: byHand === image.energyAxis ? [] : statedFindings(report) };
  }
  const axis = requireEnergyAxis({ ...image, energyAxis: byHand });
  const pairs = given.peaks.map(({ line, measuredKev, energyKev }) => ({
    measuredKev,
    trueKev: energyKev ?? lineNamed(line).energyKev,
  }));
  const calibration = fitCalibration(pairs);
  const energyAxis = recalibratedAxis(axis, calibration);
  const peaks = pairs.map(({ measuredKev, trueKev }, i): CalibratedPeak => {
    const channel = channelOfEnergy(axis, measuredKev);
    const name = given.peaks[i]!.line;
    return { name, by: "hand", errorKev: undefined, ...placed(channel, trueKev, image.energyAxis, energyAxis) };
  });
  const report = reportOf(image.energyAxis, energyAxis, peaks, axisErrors(axis, pairs, calibration));
  return { energyAxis, report, findings: statedFindings(report) };
}

/** Known lines of the sum spectrum (float64 [channels]) on an axis. Throws DataCheckError for an axis without energies. */
export function energiesOfSpectrum(
  image: Described,
  spectrum: Float64Array,
  { lines, zeroPeak, toleranceKev }: EnergiesGiven,
  context: SeededContext,
): Promise<EnergyCalibration> {
  const parameters = parseParameters(energyCalibration, { lines: [...lines], zeroPeak, toleranceKev });
  return Promise.resolve(energyCalibration.run({ spectrum, image }, parameters, context));
}

/** The report of an axis with the peaks that were recognised; `before` is the axis of the file, `searched` the one on which they were looked for. */
export function withRecognised(
  report: CalibrationReport,
  found: EnergyCalibration,
  { before, searched, after }: { readonly before: Axis; readonly searched: Axis; readonly after: Axis },
): CalibrationReport {
  if (!isEnergyCalibrated(searched)) return report;
  const recognised = found.matches.map(({ name, measuredKev, trueKev, errorKev }): CalibratedPeak => {
    const channel = channelOfEnergy(searched, measuredKev);
    return { name, by: "spectrum", errorKev, ...placed(channel, trueKev, before, after) };
  });
  const stated = report.peaks.map((peak) => ({ ...peak, ...placed(peak.channel, peak.trueKev, before, after) }));
  const errors = after === found.energyAxis ? found.errors : report.after;
  return { ...reportOf(before, after, [...stated, ...recognised], errors), resolution: found.resolution };
}

/** Facts of the measurement that the step states before it looks at the spectrum. */
export function withGivenFacts(
  metadata: SpectrumImage["metadata"],
  { beamEnergyKev, resolutionEv }: { readonly beamEnergyKev?: number | undefined; readonly resolutionEv?: number | undefined },
): SpectrumImage["metadata"] {
  return {
    ...metadata,
    beamEnergyKev: beamEnergyKev ?? metadata.beamEnergyKev,
    detector: { ...metadata.detector, resolutionEv: resolutionEv ?? metadata.detector.resolutionEv },
  };
}

function byNumbers(axis: Axis, { energyOffsetKev, energyScaleKev }: EnergiesGiven): Axis {
  if (energyOffsetKev === undefined && energyScaleKev === undefined) return axis;
  return { ...axis, offset: energyOffsetKev ?? axis.offset, scale: energyScaleKev ?? axis.scale, units: "keV" };
}

function placed(channel: number, trueKev: number, before: Axis, after: Axis) {
  const from = (axis: Axis): number | undefined =>
    isEnergyCalibrated(axis) ? energyOfChannel(axis, channel) - trueKev : undefined;
  return { channel, trueKev, beforeKev: from(before), residualKev: from(after) ?? 0 };
}

function reportOf(
  before: Axis,
  after: Axis,
  peaks: readonly CalibratedPeak[],
  errors?: Pick<EnergyScale, "offsetErrorKev" | "scaleErrorKev">,
): CalibrationReport {
  const scale = scaleOf(after);
  const { offsetErrorKev, scaleErrorKev } = errors ?? {};
  return {
    before: scaleOf(before),
    after: scale && { ...scale, offsetErrorKev, scaleErrorKev },
    peaks,
    resolution: undefined,
  };
}

function scaleOf(axis: Axis): EnergyScale | undefined {
  return isEnergyCalibrated(axis) ? { offsetKev: axis.offset, scaleKev: axis.scale } : undefined;
}

function statedFindings({ after, peaks }: CalibrationReport): Finding[] {
  if (after === undefined) return [];
  const by = peaks.length === 0 ? "" : ` by peaks said to be ${peaks.map(({ name }) => name).join(", ")}`;
  const numbers = `offset ${after.offsetKev.toFixed(4)} keV, ${(1000 * after.scaleKev).toFixed(4)} eV per channel`;
  return [{ severity: "info", code: "energies-stated", message: `Energies set by hand${by}: ${numbers}.` }];
}
