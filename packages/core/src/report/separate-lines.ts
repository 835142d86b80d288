/** Lines of marked elements that make peaks of their own beside those that are marked. */
import { type MeasuredPeak, measuredPeaks } from "../algorithms/identify/measured-peaks.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { fwhmKev } from "../xray/detector.js";
import { linesOf, lineWithName, type XrayLine } from "../xray/lines.js";
import { elementOf } from "./line-notation.js";

export interface PeakedSpectrum {
  /** Float64 [channels], counts. */
  readonly spectrum: Float64Array;
  readonly axis: CalibratedEnergyAxis;
  /** Full width at half maximum at Mn Kα, eV; default 130. */
  readonly resolutionEv: number | undefined;
  readonly beamEnergyKev: number;
}

/** Weaker lines of a family are not what a peak is named for. */
const LEAST_WEIGHT = 0.08;
/** A line explains a peak this near to it, in widths of the detector. */
const NEAR = 0.35;
/** A marked line explains peaks this near to it. */
const EXPLAINED = 0.8;

/** Names of lines of the elements of `named`, one for each peak of the spectrum that no line of `named` explains: of several there the strongest of its family. */
export function separateLines(
  named: readonly string[],
  { spectrum, axis, resolutionEv = 130, beamEnergyKev }: PeakedSpectrum,
): string[] {
  const marked = named.flatMap((name) => lineWithName(name) ?? []);
  const others = [...new Set(named.map(elementOf))]
    .flatMap(linesOf)
    .filter((line) => line.weight >= LEAST_WEIGHT && line.edgeKev < beamEnergyKev && !named.includes(line.name));
  const within = (peak: MeasuredPeak, { energyKev }: XrayLine, widths: number): boolean =>
    Math.abs(peak.energyKev - energyKev) < widths * fwhmKev(energyKev, resolutionEv);
  return measuredPeaks(spectrum, axis, resolutionEv).flatMap((peak) => {
    if (marked.some((line) => within(peak, line, EXPLAINED))) return [];
    const near = others.filter((line) => within(peak, line, NEAR));
    near.sort((a, b) => b.weight - a.weight || Math.abs(a.energyKev - peak.energyKev) - Math.abs(b.energyKev - peak.energyKev));
    return near.slice(0, 1).map(({ name }) => name);
  });
}
