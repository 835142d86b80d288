/** What the step `calibrate` would give, from a sum spectrum that is there already. */
import type { FoundPeak } from "../algorithms/calibrate/find-peaks.js";
import type { Axis } from "../spectrum-image/axis.js";
import { isEnergyCalibrated } from "../spectrum-image/axis.js";
import type { SeededContext } from "../spectrum-image/context.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import {
  type CalibrationReport,
  energiesOfSpectrum,
  statedEnergies,
  withGivenFacts,
  withRecognised,
} from "./calibrated-energies.js";
import type { RecipeStep } from "./recipe.js";

export type CalibrateEntry = Extract<RecipeStep, { step: "calibrate" }>;

export interface CalibrationPreview {
  readonly energyAxis: Axis;
  /** Peaks whose lines are known are in it whether the entry fits the axis to them or not: then `residualKev` says how far they lie from their lines as it is. */
  readonly report: CalibrationReport;
  /** All peaks of the spectrum, by rising energy. */
  readonly peaks: readonly PlacedPeak[];
  /** Sentences of what the search found out, warnings among them; empty where no energies are known yet. */
  readonly findings: readonly { readonly severity: string; readonly message: string }[];
}

/** A peak of the spectrum, on the axis of the file where that has energies. */
export interface PlacedPeak {
  readonly channel: number;
  readonly significance: number;
  readonly counts: number;
}

/**
 * What the step `calibrate` with this entry would give for an image with this sum spectrum (float64 [channels]); the axis is that of a run, to the last bit. Throws
 * what the step throws.
 */
export async function previewCalibration(
  image: Pick<SpectrumImage, "title" | "energyAxis" | "metadata">,
  spectrum: Float64Array,
  entry: CalibrateEntry,
  context: SeededContext,
): Promise<CalibrationPreview> {
  const stated = statedEnergies(image, entry);
  const searched = stated.energyAxis;
  if (!isEnergyCalibrated(searched)) return { energyAxis: searched, report: stated.report, peaks: [], findings: [] };
  const metadata = withGivenFacts(image.metadata, entry);
  const found = await energiesOfSpectrum({ ...image, metadata, energyAxis: searched }, spectrum, entry, context);
  const isFitted = entry.automatic === "energy" || entry.automatic === "both";
  const energyAxis = isFitted ? found.energyAxis : searched;
  return {
    energyAxis,
    report: withRecognised(stated.report, found, { before: image.energyAxis, searched, after: energyAxis }),
    peaks: found.peaks.map((peak) => placedPeak(peak, searched)),
    findings: [...stated.findings, ...found.findings],
  };
}

function placedPeak(
  { energyKev, significance, counts }: FoundPeak,
  { offset, scale }: { offset: number; scale: number },
): PlacedPeak {
  return { channel: (energyKev - offset) / scale, significance, counts };
}
