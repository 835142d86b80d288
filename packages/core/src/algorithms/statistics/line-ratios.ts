/** How the lines of one set of pixels differ from those of another, with the error that counting leaves. */
import { total } from "../../kernels/linear-algebra/vectors.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { USUAL_RESOLUTION_EV } from "../preprocess/line-windows.js";
import { lineMeasure } from "./line-measure.js";

/** Counts of some pixels together. */
export interface CountedSpectrum {
  /** Float64 [channels], counts. */
  readonly spectrum: Float64Array;
  readonly pixels: number;
}

export interface LineRatio {
  /** `Fe_Ka` */
  readonly line: string;
  /** Net counts per pixel, and one standard error. */
  readonly one: number;
  readonly oneError: number;
  readonly other: number;
  readonly otherError: number;
  /** Share of the line in the counts of the one over that in the other. `undefined` where the other does not show the line (2 standard errors). */
  readonly ratio: number | undefined;
  /** 1.96 standard errors of the ratio, by propagation of both counting errors. */
  readonly ratioError95: number | undefined;
  /** How far the two shares are apart, in standard errors. */
  readonly sigma: number;
}

/**
 * Net counts of each line in two spectra and the ratio of their shares of all counts, the most different first (by |sigma|, then by name). Overlaps among the
 * given lines are taken apart, see {@link lineMeasure}. No ratios without counts.
 *
 * @param resolutionEv full width at half maximum at Mn Ka, default 130
 */
export function lineRatios(
  one: CountedSpectrum,
  other: CountedSpectrum,
  lines: readonly string[],
  axis: CalibratedEnergyAxis,
  resolutionEv: number = USUAL_RESOLUTION_EV,
): LineRatio[] {
  const [countsOfOne, countsOfOther] = [total(one.spectrum), total(other.spectrum)];
  if (countsOfOne === 0 || countsOfOther === 0) return [];
  const measure = lineMeasure(lines, axis, resolutionEv);
  const ofOther = measure(other.spectrum);
  const ratios = measure(one.spectrum).map((a, i): LineRatio => {
    const b = ofOther[i]!;
    return {
      line: a.line,
      one: a.net / Math.max(1, one.pixels),
      oneError: a.error / Math.max(1, one.pixels),
      other: b.net / Math.max(1, other.pixels),
      otherError: b.error / Math.max(1, other.pixels),
      ...ratioOf(scaled(a, countsOfOne), scaled(b, countsOfOther)),
    };
  });
  return ratios.sort((a, b) => Math.abs(b.sigma) - Math.abs(a.sigma) || (a.line < b.line ? -1 : 1));
}

interface Share {
  readonly net: number;
  readonly error: number;
}

function ratioOf(a: Share, b: Share): Pick<LineRatio, "ratio" | "ratioError95" | "sigma"> {
  const sigma = (a.net - b.net) / Math.sqrt(a.error * a.error + b.error * b.error);
  if (b.net < 2 * b.error) return { ratio: undefined, ratioError95: undefined, sigma };
  const ratio = Math.max(0, a.net / b.net);
  const fromOne = a.error / b.net;
  const fromOther = (ratio * b.error) / b.net;
  return { ratio, ratioError95: 1.96 * Math.sqrt(fromOne * fromOne + fromOther * fromOther), sigma };
}

function scaled({ net, error }: Share, counts: number): Share {
  return { net: net / counts, error: error / counts };
}
