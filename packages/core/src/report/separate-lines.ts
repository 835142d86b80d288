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

/** L and M lines below are weak and lie among the K lines of light elements, which explain a peak there better. */
const LEAST_L_KEV = 0.45;
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
    .filter(
      (line) => line.weight >= LEAST_WEIGHT && isTelling(line) && line.edgeKev < beamEnergyKev && !named.includes(line.name),
    );
  const within = (peak: MeasuredPeak, { energyKev }: XrayLine, widths: number): boolean =>
    Math.abs(peak.energyKev - energyKev) < widths * fwhmKev(energyKev, resolutionEv);
  return peaksOf(spectrum, axis, resolutionEv).flatMap((peak) => {
    if (marked.some((line) => within(peak, line, EXPLAINED))) return [];
    const near = others.filter((line) => within(peak, line, NEAR));
    near.sort((a, b) => b.weight - a.weight || Math.abs(a.energyKev - peak.energyKev) - Math.abs(b.energyKev - peak.energyKev));
    return near.slice(0, 1).map(({ name }) => name);
  });
}

const known = new WeakMap<Float64Array, Map<string, readonly MeasuredPeak[]>>();

/** Peaks of a spectrum, looked for once on each axis and for each resolution: a spectrum is drawn again and again. Spectra are never changed in place. */
function peaksOf(spectrum: Float64Array, axis: CalibratedEnergyAxis, resolutionEv: number): readonly MeasuredPeak[] {
  const before = known.get(spectrum) ?? new Map<string, readonly MeasuredPeak[]>();
  known.set(spectrum, before);
  const key = `${axis.offset} ${axis.scale} ${resolutionEv}`;
  const peaks = before.get(key) ?? measuredPeaks(spectrum, axis, resolutionEv);
  before.set(key, peaks);
  return peaks;
}

function isTelling({ name, energyKev }: XrayLine): boolean {
  return name.includes("_K") || energyKev >= LEAST_L_KEV;
}
