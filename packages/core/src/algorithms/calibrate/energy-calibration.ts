import { z } from "zod";
import { ShapeError } from "../../errors.js";
import type { Axis, CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
import { linesOf, type XrayLine } from "../../xray/lines.js";
import type { Algorithm } from "../algorithm.js";
import { atOnce } from "../at-once.js";
import { requireEnergyAxis, USUAL_RESOLUTION_EV } from "../preprocess/line-windows.js";
import { type FoundPeak, findPeaks } from "./find-peaks.js";
import { type AxisErrors, axisErrors, type LinearCalibration, recalibratedAxis } from "./linear-calibration.js";
import { type KnownPeak, matchPeaks, type PeakMatch } from "./match-peaks.js";
import { type MeasuredResolution, measureResolution } from "./measure-resolution.js";

/** Elements whose lines are looked for when none are named: those with which SIGMA calibrates. */
const usualElements = [
  "C",
  "N",
  "O",
  "F",
  "Na",
  "Mg",
  "Al",
  "Si",
  "P",
  "S",
  "Cl",
  "K",
  "Ca",
  "Ti",
  "Mn",
  "Fe",
  "Co",
  "Ni",
  "Cu",
  "Zn",
];

/** Noise near 0 keV can look like the zero peak, so that alone it does not outweigh a line. */
const ZERO_PEAK_TRUST = 0.5;

/** Where lines are only guessed at, peaks of other elements may fall on them by chance, so that large changes are not believed so easily. */
const GUESSED = { usualShiftKev: 0.05, usualStretch: 0.005 };
const trusted = (toleranceKev: number) => ({ usualShiftKev: 4 * toleranceKev, usualStretch: 0.03 });

const parameters = z.strictObject({
  lines: z.array(z.string().min(1)).max(200).default([]).meta({
    title: "Known lines",
    description:
      "Lines that are in the spectrum, for example Fe_Ka. Empty: those of the elements that the file names, else of 20 usual elements.",
  }),
  zeroPeak: z.boolean().default(true).meta({
    title: "Use the zero peak",
    description: "Takes the peak that the electronics make as 0 keV, where there is one.",
  }),
  toleranceKev: z.number().min(0.005).max(1).default(0.2).meta({
    title: "Tolerance",
    unit: "keV",
    description: "How far a peak may lie from its true energy before the calibration.",
  }),
  significance: z.number().min(3).max(1000).default(10).meta({
    title: "Significance",
    unit: "standard errors",
    description: "How clearly a peak must stand out to be used.",
  }),
});

export interface CalibrationInput {
  /** Float64 [channels]: counts of all pixels together. */
  readonly spectrum: Float64Array;
  readonly image: Pick<SpectrumImage, "title" | "energyAxis" | "metadata">;
}

export interface EnergyCalibration {
  /** What was done to energies; undefined when no peak matched. */
  readonly calibration: LinearCalibration | undefined;
  readonly energyAxis: CalibratedEnergyAxis;
  /** Of offset and channel width; undefined when no peak matched. */
  readonly errors: AxisErrors | undefined;
  /** All peaks of the spectrum on the axis as it was, by rising energy. */
  readonly peaks: readonly FoundPeak[];
  /** By rising energy. */
  readonly matches: readonly PeakMatch[];
  /** From the widths of isolated peaks on the new axis; undefined when there are none. */
  readonly resolution: MeasuredResolution | undefined;
  readonly findings: readonly Finding[];
}

/** Finds peaks, recognises known lines among them, and makes the axis fit; and measures the resolution. Throws DataCheckError for an axis without energies. */
export const energyCalibration: Algorithm<typeof parameters, CalibrationInput, EnergyCalibration> = {
  id: "energy-calibration",
  name: "Energy calibration",
  summary: "Makes offset, channel width and resolution fit the known lines and the zero peak of the spectrum.",
  reference: "Fischler and Bolles 1981, doi:10.1145/358669.358692; Fiori and Newbury 1978, Scanning Electron Microscopy I, 401",
  parameters,
  run: (input, given, context) => atOnce(context, () => calibrated(input, given)),
};

function calibrated({ spectrum, image }: CalibrationInput, given: z.output<typeof parameters>): EnergyCalibration {
  const axis = requireEnergyAxis(image);
  checkSize(spectrum, axis);
  const resolutionEv = image.metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV;
  const expected = expectedLines(image, given.lines, axis);
  const known: KnownPeak[] = expected.map(({ name, energyKev }) => ({ name, energyKev }));
  if (given.zeroPeak) known.unshift({ name: "zero", energyKev: 0, trust: ZERO_PEAK_TRUST });
  const peaks = findPeaks(spectrum, axis, resolutionEv, given.significance);
  const { toleranceKev } = given;
  const sure = given.lines.length > 0 || image.metadata.elements.length > 0;
  const found = matchPeaks(peaks, known, { toleranceKev, resolutionEv, ...(sure ? trusted(toleranceKev) : GUESSED) });
  const energyAxis = found === undefined ? axis : recalibratedAxis(axis, found.calibration);
  const matches = found?.matches ?? [];
  const there = expected.filter(({ name }) => matches.some((match) => match.name === name));
  const disturbing = [...new Set(there.map(({ element }) => element))].flatMap((element) =>
    linesOf(element).filter(({ weight, edgeKev }) => weight > 0.01 && edgeKev < (image.metadata.beamEnergyKev ?? Infinity)),
  );
  const resolution = measureResolution(spectrum, energyAxis, there, disturbing, resolutionEv);
  return {
    calibration: found?.calibration,
    energyAxis,
    errors: found && axisErrors(axis, matches, found.calibration),
    peaks,
    matches,
    resolution,
    findings: sentences(matches, peaks.length, energyAxis),
  };
}

function checkSize(spectrum: Float64Array, axis: Axis): void {
  if (spectrum.length === axis.size) return;
  throw new ShapeError("The spectrum must have one value per channel.", {
    found: String(spectrum.length),
    expected: String(axis.size),
  });
}

/** The strongest line of each family of the elements, as far as the axis reaches and the beam excites. */
function expectedLines(
  { metadata }: CalibrationInput["image"],
  given: readonly string[],
  axis: CalibratedEnergyAxis,
): XrayLine[] {
  if (given.length > 0) return [...new Set(given.map((name) => lineNamed(name)))];
  const elements = metadata.elements.length > 0 ? metadata.elements : usualElements;
  const families = metadata.elements.length > 0 ? ["K", "L", "M"] : ["K"];
  const last = axis.offset + axis.scale * (axis.size - 1);
  return elements
    .flatMap((symbol) => linesOf(symbol))
    .filter(
      ({ weight, family, energyKev, edgeKev }) =>
        weight === 1 &&
        families.includes(family) &&
        energyKev > 0.15 &&
        energyKev < last &&
        edgeKev < (metadata.beamEnergyKev ?? Infinity),
    );
}

function sentences(matches: readonly PeakMatch[], peaks: number, axis: CalibratedEnergyAxis): Finding[] {
  if (matches.length === 0) {
    const message = `None of the ${peaks} peaks of the spectrum matches a known line; energies stay as they are.`;
    return [{ severity: "warning", code: "no-calibration", message }];
  }
  const spread = Math.sqrt(matches.reduce((sum, { residualKev }) => sum + residualKev * residualKev, 0) / matches.length);
  const names = matches.map(({ name }) => (name === "zero" ? "the zero peak" : name)).join(", ");
  const result = `offset ${axis.offset.toFixed(4)} keV, ${(1000 * axis.scale).toFixed(4)} eV per channel`;
  const message = `Energies calibrated with ${names}: ${result}; peaks lie ${(1000 * spread).toFixed(1)} eV (root mean square) from their lines.`;
  const single = "Only one peak matches a known line, so the offset was changed and the channel width kept.";
  return [
    { severity: "info", code: "calibrated", message },
    ...(matches.length === 1 ? [{ severity: "warning", code: "one-peak", message: single } as const] : []),
  ];
}
