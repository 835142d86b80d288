import { total } from "../kernels/linear-algebra/vectors.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { ClassLine } from "./analysis.js";

/** Sums over the whole map, per channel. */
export interface MapTotals {
  /** Float64 [channels]. */
  readonly sum: Float64Array;
  /** Float64 [channels]: variance of each map over its pixels. */
  readonly variance: Float64Array;
  readonly pixels: number;
}

/**
 * Each map in a class against the whole field, in the order of the maps. Counts are compared by their share in all maps, with the errors of counting.
 * Intensities of different maps have no common unit: each is compared with its own mean, with the error of the mean of as many pixels as the class has.
 */
export function mapLines(
  { counts, channelLines = [] }: SpectrumImage,
  totals: MapTotals,
  spectrum: Float64Array,
  pixels: number,
): ClassLine[] {
  if (pixels === 0) return [];
  const ofClass = total(spectrum);
  const ofMap = total(totals.sum);
  return channelLines.map((line, c): ClassLine => {
    const inClass = spectrum[c]!;
    const expected =
      counts.kind === "counts" ? (ofClass * totals.sum[c]!) / Math.max(1, ofMap) : (pixels * totals.sum[c]!) / totals.pixels;
    const error = counts.kind === "counts" ? Math.sqrt(Math.max(inClass, 1)) : Math.sqrt(pixels * totals.variance[c]!);
    return {
      line,
      netPerPixel: inClass / pixels,
      ratioToMean: expected > 0 ? inClass / expected : 0,
      sigma: error > 0 ? (inClass - expected) / error : 0,
    };
  });
}
