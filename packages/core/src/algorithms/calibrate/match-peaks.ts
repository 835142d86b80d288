import { log } from "../../kernels/math.js";
import { fwhmKev } from "../../xray/detector.js";
import { fitCalibration, type LinearCalibration, type PeakPair } from "./linear-calibration.js";

/** An energy that is known: an X-ray line, or the zero peak. */
export interface KnownPeak {
  /** `Fe_Ka`, or `zero`. */
  readonly name: string;
  readonly energyKev: number;
  /** What a match with it is worth beside a match with a line. Default 1. */
  readonly trust?: number | undefined;
}

export interface MeasuredPeak {
  readonly energyKev: number;
  readonly energyErrorKev: number;
  readonly significance: number;
}

export interface PeakMatch {
  readonly name: string;
  readonly measuredKev: number;
  readonly trueKev: number;
  /** Standard error of the measured place: counting, and 3 eV for what counting does not know of. */
  readonly errorKev: number;
  /** After calibration: place on the new axis minus the true energy. */
  readonly residualKev: number;
}

export interface MatchedCalibration {
  readonly calibration: LinearCalibration;
  readonly matches: readonly PeakMatch[];
}

export interface MatchOptions {
  /** Farthest that a peak may lie from its true energy on the axis as it is. */
  readonly toleranceKev: number;
  readonly resolutionEv: number;
  /** Changes of the axis of this size have to be worth it by a match more: a shift in keV, and a stretch. */
  readonly usualShiftKev: number;
  readonly usualStretch: number;
}

/** A match lies within this share of the peak's width. */
const CLOSE = 0.25;
/** Most that the channel width may be wrong. */
const MOST_STRETCH = 0.1;
/** Worth of the change that is usual, beside log(1 + significance) of a match. */
const CHANGE_WORTH = 2;
/** Two peaks nearer than this give no slope worth trying, keV. */
const LEVER_KEV = 0.8;
/** Error of a line's energy and of a peak's place that counting statistics does not know of, keV. */
const SYSTEMATIC_KEV = 0.003;

/**
 * The straight line that brings most of the peaks, weighed by the logarithm of their significance, onto known energies: every pair of possible matches is tried
 * as the line, the best is fitted anew to all that match it (a search of all samples in the manner of Fischler and Bolles 1981, doi:10.1145/358669.358692). Peaks that
 * belong to no known line, and lines without peak, do no harm. Small changes of the axis go before large ones, so that two chance matches do not bend it. `undefined` when nothing matches.
 */
export function matchPeaks(
  peaks: readonly MeasuredPeak[],
  known: readonly KnownPeak[],
  options: MatchOptions,
): MatchedCalibration | undefined {
  const possible = peaks.flatMap((peak) =>
    known
      .filter(({ energyKev }) => Math.abs(energyKev - peak.energyKev) <= options.toleranceKev)
      .map((line) => ({ measuredKev: peak.energyKev, trueKev: line.energyKev })),
  );
  let best: { calibration: LinearCalibration; score: number } | undefined;
  const consider = (calibration: LinearCalibration): void => {
    const score = scoreOf(peaks, known, calibration, options);
    if (best === undefined || score > best.score + 1e-9) best = { calibration, score };
  };
  if (possible.length === 0) return undefined;
  consider({ slope: 1, interceptKev: 0 });
  for (const pair of possible) consider(fitCalibration([pair]));
  for (const [i, first] of possible.entries()) {
    for (const second of possible.slice(i + 1)) {
      if (Math.abs(first.measuredKev - second.measuredKev) < LEVER_KEV) continue;
      const slope = (second.trueKev - first.trueKev) / (second.measuredKev - first.measuredKev);
      if (Math.abs(slope - 1) <= MOST_STRETCH) consider({ slope, interceptKev: first.trueKev - slope * first.measuredKev });
    }
  }
  return refined(peaks, known, best!.calibration, options);
}

function refined(
  peaks: readonly MeasuredPeak[],
  known: readonly KnownPeak[],
  start: LinearCalibration,
  options: MatchOptions,
): MatchedCalibration | undefined {
  let calibration = start;
  let matched = matchesOf(peaks, known, calibration, options);
  for (let round = 0; round < 5 && matched.length > 0; round++) {
    const [low, high] = [
      Math.min(...matched.map(({ pair }) => pair.measuredKev)),
      Math.max(...matched.map(({ pair }) => pair.measuredKev)),
    ];
    const pairs = matched.map(({ pair }) => pair);
    calibration = high - low >= LEVER_KEV ? fitCalibration(pairs) : meanShift(pairs);
    const again = matchesOf(peaks, known, calibration, options);
    const same = again.length === matched.length && again.every(({ name }, i) => name === matched[i]!.name);
    matched = again;
    if (same) break;
  }
  if (matched.length === 0) return undefined;
  const matches = matched
    .map(({ name, pair: { measuredKev, trueKev, errorKev } }) => ({
      name,
      measuredKev,
      trueKev,
      errorKev,
      residualKev: calibration.slope * measuredKev + calibration.interceptKev - trueKev,
    }))
    .sort((a, b) => a.trueKev - b.trueKev);
  return { calibration, matches };
}

function meanShift(pairs: readonly PeakPair[]): LinearCalibration {
  const weights = pairs.map(({ errorKev = 1 }) => 1 / (errorKev * errorKev));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shift = pairs.reduce((sum, { measuredKev, trueKev }, i) => sum + (weights[i]! * (trueKev - measuredKev)) / total, 0);
  return { slope: 1, interceptKev: shift };
}

interface Match {
  readonly name: string;
  readonly pair: PeakPair & { readonly errorKev: number };
  readonly worth: number;
}

/** Each peak, the most significant first, with the nearest known energy that is free. */
function matchesOf(
  peaks: readonly MeasuredPeak[],
  known: readonly KnownPeak[],
  { slope, interceptKev }: LinearCalibration,
  { toleranceKev, resolutionEv }: MatchOptions,
): Match[] {
  const taken = new Set<KnownPeak>();
  const matches: Match[] = [];
  for (const peak of peaks.toSorted((a, b) => b.significance - a.significance || a.energyKev - b.energyKev)) {
    const place = slope * peak.energyKev + interceptKev;
    if (Math.abs(place - peak.energyKev) > toleranceKev) continue;
    const close = CLOSE * fwhmKev(Math.max(0, place), resolutionEv);
    let nearest: KnownPeak | undefined;
    for (const line of known) {
      const distance = Math.abs(line.energyKev - place);
      if (taken.has(line) || distance > close) continue;
      if (nearest === undefined || distance < Math.abs(nearest.energyKev - place)) nearest = line;
    }
    if (nearest === undefined) continue;
    taken.add(nearest);
    const share = (nearest.energyKev - place) / close;
    const errorKev = Math.sqrt(peak.energyErrorKev * peak.energyErrorKev + SYSTEMATIC_KEV * SYSTEMATIC_KEV);
    matches.push({
      name: nearest.name,
      pair: { measuredKev: peak.energyKev, trueKev: nearest.energyKev, errorKev },
      worth: (nearest.trust ?? 1) * log(1 + peak.significance) * (1 - share * share),
    });
  }
  return matches;
}

function scoreOf(
  peaks: readonly MeasuredPeak[],
  known: readonly KnownPeak[],
  calibration: LinearCalibration,
  options: MatchOptions,
): number {
  const worth = matchesOf(peaks, known, calibration, options).reduce((sum, match) => sum + match.worth, 0);
  const shift = calibration.interceptKev / options.usualShiftKev;
  const stretch = (calibration.slope - 1) / options.usualStretch;
  return worth - CHANGE_WORTH * (shift * shift + stretch * stretch);
}
