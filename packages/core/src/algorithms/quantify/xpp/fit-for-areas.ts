/** Fits whose areas shall be right, even where the form of the peaks is known less well than they are counted. */
import type { CalibratedEnergyAxis } from "../../../spectrum-image/axis.js";
import type { Conditions } from "../../../xray/physics/expected-spectrum.js";
import { type FitOptions, fitSpectrum, type SpectrumFit } from "../../line-fit/fit-spectrum.js";

/** Counts up to which counting, not the form of the peaks, limits a fit. */
const MOST_COUNTS = 300_000;
/** From so many counts on there are sum peaks to be seen, whatever weights the fit has. */
const SUM_PEAK_COUNTS = 200_000;

/**
 * As `fitSpectrum`, but channels of a spectrum of more than 300,000 counts weigh as if it had so many: the top of a peak then counts as much as its flanks. With millions of
 * counts a model error per channel would let the flanks decide, differently in a weak and in a strong spectrum, and k-ratios of the two would be off by a per cent. Counts,
 * variances and chi-square are those of the whole spectrum: an estimate that is linear in the counts has q times the variance that the fit of q times the counts states,
 * over q squared.
 */
export function fitForAreas(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  elements: readonly string[],
  options: FitOptions = {},
): SpectrumFit {
  const fromKev = options.fromKev ?? FROM_KEV;
  const first = Math.max(0, Math.ceil((fromKev - axis.offset) / axis.scale));
  const total = spectrum.subarray(first).reduce((sum, value) => sum + value, 0);
  if (!(total > MOST_COUNTS)) return fitSpectrum(spectrum, axis, conditions, elements, options);
  const share = MOST_COUNTS / total;
  const fit = fitSpectrum(
    spectrum.map((value) => value * share),
    axis,
    conditions,
    elements,
    { ...options, pileUp: options.pileUp ?? total >= SUM_PEAK_COUNTS },
  );
  const whole = (values: Float64Array) => values.map((value) => value / share);
  return {
    ...fit,
    families: fit.families.map((family) => ({ ...family, counts: family.counts / share, variance: family.variance / share })),
    covariance: whole(fit.covariance),
    continuum: whole(fit.continuum),
    model: whole(fit.model),
    pileUp: whole(fit.pileUp),
    residual: whole(fit.residual),
    chiSquare: fit.chiSquare / share,
    reducedChiSquare: fit.reducedChiSquare / share,
  };
}

/** Where a fit begins by default. */
const FROM_KEV = 0.2;
