/** How far to smooth: chosen from the counts, so that every cell gathers about the same number. */
import { CONSTANTS } from "./constants.js";
import type { Frames } from "./frames.js";

export interface Scales {
  /** Standard deviation of the medium Gaussian, pixels: the scale of final decisions. */
  readonly medium: number;
  /** All scales that are searched, finest first. */
  readonly all: readonly number[];
  /** Typical counts per pixel: half of all counts lie in pixels with fewer. */
  readonly typicalCounts: number;
}

/**
 * Scales for a map of counts per pixel. A Gaussian of width s gathers 4 pi s^2 pixels' worth of counts (2 sqrt(pi) s on a line);
 * the medium scale aims at `effectiveCounts`.
 */
export function chooseScales(total: Float32Array, frames: Frames, effectiveCounts: number): Scales {
  const typicalCounts = typical(total);
  const width = (counts: number, largest: number) => {
    const ratio = counts / typicalCounts;
    const sigma = frames.height === 1 ? ratio / (2 * Math.sqrt(Math.PI)) : Math.sqrt(ratio / (4 * Math.PI));
    return Math.min(largest, Math.max(CONSTANTS.minimumSigma.value, sigma));
  };
  const medium = width(effectiveCounts, CONSTANTS.maximumSigma.value);
  const fine = width((effectiveCounts * CONSTANTS.fineCounts.value) / 2000, CONSTANTS.maximumFineSigma.value);
  const coarse = Math.min(2 * medium, CONSTANTS.maximumCoarseSigma.value);
  return { medium, all: fine < 0.8 * medium ? [fine, medium, coarse] : [medium, coarse], typicalCounts };
}

/** Median of the counts per pixel, each pixel weighted by its counts: dark vacuum does not pull it down. */
function typical(total: Float32Array): number {
  const sorted = total.slice().sort();
  let all = 0;
  for (let i = 0; i < sorted.length; i++) all += sorted[i]!;
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i]!;
    if (sum >= all / 2) return sorted[i]!;
  }
  return 0;
}
