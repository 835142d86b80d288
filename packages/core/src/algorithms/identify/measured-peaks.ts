/** Peaks that a spectrum shows by itself, without asking whose they are. */

import { exp } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { FWHM_PER_SIGMA, fwhmKev } from "../../xray/detector.js";
import { topHat, topHatHalfWidths } from "../preprocess/top-hat.js";

/** A peak stands out when its filtered counts exceed this many standard errors. */
const SIGNIFICANT_SIGMA = 5;
/** Electronics, not X-rays, lie below. */
const LOWEST_KEV = 0.12;
/** Up to here the threshold of the electronics may end a spectrum like a cliff, on which the filter sees a peak. */
const CLIFF_KEV = 0.25;

export interface MeasuredPeak {
  /** Channel of the largest filtered counts. */
  readonly channel: number;
  /** Centroid, keV. */
  readonly energyKev: number;
  /** One standard error of the centroid from counting, eV. */
  readonly errorEv: number;
  /** Counts of the peak above a straight background, within one detector width. */
  readonly netCounts: number;
  /** How far the peak stands above its background, in standard errors. */
  readonly sigma: number;
}

/**
 * Peaks of a spectrum of counts (float64 [channels]) by rising energy: maxima of the top-hat filter of more than 5 standard errors, each with its
 * centroid. Shoulders within one detector width of a stronger peak are part of it. Below 0.25 keV a peak must stand above each of its sides.
 *
 * @param resolutionEv full width at half maximum at Mn Ka, default 130
 */
export function measuredPeaks(spectrum: Float64Array, axis: CalibratedEnergyAxis, resolutionEv = 130): MeasuredPeak[] {
  const halfWidths = topHatHalfWidths(axis, resolutionEv);
  const { value, variance } = topHat(spectrum, halfWidths);
  const peaks: MeasuredPeak[] = [];
  for (let c = 0; c < spectrum.length; c++) {
    const sigma = value[c]! / Math.sqrt(Math.max(1, variance[c]!));
    const energyKev = energyOfChannel(axis, c);
    if (sigma < SIGNIFICANT_SIGMA || energyKev < LOWEST_KEV || !isHighest(value, c, halfWidths[c]!)) continue;
    if (energyKev < CLIFF_KEV && !hasTwoSides(spectrum, c, halfWidths[c]!)) continue;
    peaks.push({ channel: c, ...centroid(spectrum, axis, c, resolutionEv), netCounts: value[c]!, sigma });
  }
  return peaks;
}

/** The peak nearest to an energy, if one lies within 1.5 detector widths of it. */
export function peakNear(peaks: readonly MeasuredPeak[], energyKev: number, resolutionEv = 130): MeasuredPeak | undefined {
  const reach = 1.5 * fwhmKev(energyKev, resolutionEv);
  const near = peaks.filter((peak) => Math.abs(peak.energyKev - energyKev) <= reach);
  near.sort((a, b) => Math.abs(a.energyKev - energyKev) - Math.abs(b.energyKev - energyKev) || a.channel - b.channel);
  return near[0];
}

/** True at the first of the largest values within `reach` channels. */
function isHighest(value: Float64Array, at: number, reach: number): boolean {
  for (let c = Math.max(0, at - reach); c <= Math.min(value.length - 1, at + reach); c++) {
    if (value[c]! > value[at]! || (value[c] === value[at] && c < at)) return false;
  }
  return true;
}

/** Whether the window of a top hat holds significantly more than each of its flanks; `c` is not nearer to an end than the filter reaches. */
function hasTwoSides(spectrum: Float64Array, c: number, half: number): boolean {
  const inside = sumBetween(spectrum, c - half, c + half);
  const share = half / (2 * half + 1);
  return [sumBetween(spectrum, c - 2 * half, c - half - 1), sumBetween(spectrum, c + half + 1, c + 2 * half)].every(
    (flank) => share * inside - flank > SIGNIFICANT_SIGMA * Math.sqrt(share * share * inside + flank),
  );
}

function sumBetween(spectrum: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let c = from; c <= to; c++) sum += spectrum[c]!;
  return sum;
}

const ROUNDS = 12;

/**
 * Place of a peak: the fixed point of the mean weighted by a Gaussian of the detector's own width around the place itself, over a straight
 * background through the lowest channels at both sides. For a Gaussian peak the weighted mean lies half-way, so each round doubles the step. The error is that
 * of a Gaussian's centre under counting noise, width / sqrt(net) x sqrt(1 + background / net).
 */
function centroid(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  channel: number,
  resolutionEv: number,
): Pick<MeasuredPeak, "energyKev" | "errorEv"> {
  const width = fwhmKev(energyOfChannel(axis, channel), resolutionEv) / FWHM_PER_SIGMA / axis.scale;
  const reach = Math.max(2, Math.ceil(2.2 * width));
  const [from, to] = [Math.max(0, channel - reach), Math.min(spectrum.length - 1, channel + reach)];
  const background = straightLine(lowest(spectrum, from, channel), lowest(spectrum, channel, to));
  let place = channel;
  let net = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    let moment = 0;
    for (let c = from; c <= to; c++) {
      const distance = (c - place) / width;
      const weight = exp(-0.5 * distance * distance) * Math.max(0, spectrum[c]! - background(c));
      sum += weight;
      moment += weight * (c - place);
    }
    if (sum <= 0) break;
    net = sum * Math.SQRT2;
    const step = Math.max(-width, Math.min(width, (2 * moment) / sum));
    place = Math.max(from, Math.min(to, place + step));
  }
  const below = background(place) * width * FWHM_PER_SIGMA;
  const error = net > 0 ? (width / Math.sqrt(net)) * Math.sqrt(1 + (2 * below) / net) : width;
  return { energyKev: energyOfChannel(axis, place), errorEv: 1000 * axis.scale * error };
}

interface Place {
  readonly at: number;
  readonly value: number;
}

/** Middle of the three neighbouring channels with the least counts. */
function lowest(spectrum: Float64Array, from: number, to: number): Place {
  let found: Place = { at: from, value: Infinity };
  for (let c = from; c <= to; c++) {
    const value = (spectrum[Math.max(0, c - 1)]! + spectrum[c]! + spectrum[Math.min(spectrum.length - 1, c + 1)]!) / 3;
    if (value < found.value) found = { at: c, value };
  }
  return found;
}

function straightLine(a: Place, b: Place): (at: number) => number {
  const slope = b.at === a.at ? 0 : (b.value - a.value) / (b.at - a.at);
  return (at) => Math.max(0, a.value + slope * (at - a.at));
}
