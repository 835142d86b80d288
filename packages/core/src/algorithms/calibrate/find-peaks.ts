import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { topHat, topHatHalfWidths } from "../preprocess/top-hat.js";
import { type FittedPeak, fitPeak } from "./fit-peak.js";

export interface FoundPeak extends FittedPeak {
  /** Height of the top-hat filter's answer in standard errors. */
  readonly significance: number;
}

const MOST_PEAKS = 60;
/** So many FWHM at both sides of a peak are fitted. */
const REACH = 1.1;

/**
 * Peaks of a spectrum: maxima of the top-hat filter that stand out by `significance` standard errors, each fitted by a Gaussian; by rising energy. Of more than 60 the
 * most significant are kept.
 */
export function findPeaks(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  resolutionEv: number,
  significance: number,
): FoundPeak[] {
  const { value, variance } = topHat(spectrum, topHatHalfWidths(axis, resolutionEv));
  const z = value.map((height, c) => height / Math.sqrt(Math.max(1, variance[c]!)));
  const tops: number[] = [];
  for (let c = 1; c < z.length - 1; c++)
    if (z[c]! >= significance && value[c]! > value[c - 1]! && value[c]! >= value[c + 1]!) tops.push(c);
  const strongest = tops.sort((a, b) => z[b]! - z[a]! || a - b).slice(0, MOST_PEAKS);
  const found: FoundPeak[] = [];
  for (const top of strongest) {
    const energyKev = energyOfChannel(axis, top);
    const width = fwhmKev(Math.max(0, energyKev), resolutionEv);
    const peak = fitPeak(spectrum, axis, { energyKev, fwhmKev: width }, REACH);
    if (peak === undefined || found.some((other) => Math.abs(other.energyKev - peak.energyKev) < width / 2)) continue;
    found.push({ ...peak, significance: z[top]! });
  }
  return found.sort((a, b) => a.energyKev - b.energyKev);
}
