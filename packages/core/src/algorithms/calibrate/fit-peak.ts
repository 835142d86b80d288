import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";
import { exp } from "../../kernels/math.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { FWHM_PER_SIGMA } from "../../xray/detector.js";

export interface FittedPeak {
  readonly energyKev: number;
  readonly energyErrorKev: number;
  readonly fwhmKev: number;
  readonly fwhmErrorKev: number;
  /** Counts in the Gaussian. */
  readonly counts: number;
  /** Sum of squared deviations in standard errors, per degree of freedom. */
  readonly reducedChiSquare: number;
}

const PARAMETERS = 5;
const MOST_ITERATIONS = 60;

/**
 * A Gaussian on a straight background, fitted to the channels within `reach` FWHM of where a peak is expected: least squares weighted by the counts that the
 * model expects (Pearson), by Levenberg's and Marquardt's iteration (Marquardt 1963, doi:10.1137/0111030). `undefined` when it does not settle on a peak
 * inside the window with a width between half and twice the expected one, or when its place is uncertain by more than the peak is wide.
 */
export function fitPeak(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  expected: { readonly energyKev: number; readonly fwhmKev: number },
  reach: number,
): FittedPeak | undefined {
  const centre = (expected.energyKev - axis.offset) / axis.scale;
  const sigma = expected.fwhmKev / FWHM_PER_SIGMA / axis.scale;
  const from = Math.max(0, Math.ceil(centre - reach * sigma * FWHM_PER_SIGMA));
  const to = Math.min(spectrum.length, Math.floor(centre + reach * sigma * FWHM_PER_SIGMA) + 1);
  if (to - from < PARAMETERS + 2) return undefined;
  const fit = improved(spectrum, from, to, startOf(spectrum, from, to, centre, sigma));
  if (fit === undefined) return undefined;
  const [height, place, width] = [fit.values[0]!, fit.values[1]!, Math.abs(fit.values[2]!)];
  if (height <= 0 || place < from || place >= to || width < sigma / 2 || width > 2 * sigma) return undefined;
  if (!(fit.errors[1]! < sigma)) return undefined;
  return {
    energyKev: axis.offset + axis.scale * place,
    energyErrorKev: axis.scale * fit.errors[1]!,
    fwhmKev: axis.scale * width * FWHM_PER_SIGMA,
    fwhmErrorKev: axis.scale * fit.errors[2]! * FWHM_PER_SIGMA,
    counts: height * width * Math.sqrt(2 * Math.PI),
    reducedChiSquare: fit.chiSquare / (to - from - PARAMETERS),
  };
}

/** Height, centre and standard deviation of the Gaussian; background at the middle of the window, and its slope per channel. */
function startOf(spectrum: Float64Array, from: number, to: number, centre: number, sigma: number): Float64Array {
  const ends = Math.max(1, Math.round((to - from) / 8));
  const mean = (start: number, end: number) =>
    spectrum.subarray(start, end).reduce((sum, value) => sum + value, 0) / (end - start);
  const [left, right] = [mean(from, from + ends), mean(to - ends, to)];
  let top = Math.max(from, Math.min(to - 1, Math.round(centre)));
  const reach = Math.ceil(1.2 * sigma);
  for (let c = Math.max(from, top - reach); c < Math.min(to, Math.round(centre) + reach + 1); c++) {
    if (spectrum[c]! > spectrum[top]!) top = c;
  }
  const background = (left + right) / 2;
  return Float64Array.of(Math.max(1, spectrum[top]! - background), top, sigma, background, (right - left) / (to - from));
}

interface Fit {
  readonly values: Float64Array;
  readonly errors: Float64Array;
  readonly chiSquare: number;
}

function improved(spectrum: Float64Array, from: number, to: number, start: Float64Array): Fit | undefined {
  let values = start;
  let { normal, gradient, chiSquare } = linearised(spectrum, from, to, values);
  let damping = 1e-3;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const step = solved(normal, gradient, damping);
    if (step === undefined) return undefined;
    const next = values.map((value, k) => value + step[k]!);
    const there = linearised(spectrum, from, to, next);
    if (!(there.chiSquare <= chiSquare)) {
      damping *= 10;
      if (damping > 1e9) break;
      continue;
    }
    const settled = chiSquare - there.chiSquare < 1e-9 * (1 + chiSquare);
    values = next;
    ({ normal, gradient, chiSquare } = there);
    damping = Math.max(1e-12, damping / 10);
    if (settled) break;
  }
  const errors = errorsOf(normal);
  return errors === undefined ? undefined : { values, errors, chiSquare };
}

function linearised(spectrum: Float64Array, from: number, to: number, values: Float64Array) {
  const [height, place, width, level, slope] = values as unknown as [number, number, number, number, number];
  const middle = (from + to - 1) / 2;
  const normal = new Float64Array(PARAMETERS * PARAMETERS);
  const gradient = new Float64Array(PARAMETERS);
  const row = new Float64Array(PARAMETERS);
  let chiSquare = 0;
  for (let c = from; c < to; c++) {
    const u = (c - place) / width;
    const bell = exp(-0.5 * u * u);
    const model = height * bell + level + slope * (c - middle);
    const weight = 1 / Math.max(1, model);
    const misfit = spectrum[c]! - model;
    chiSquare += weight * misfit * misfit;
    row.set([bell, (height * bell * u) / width, (height * bell * u * u) / width, 1, c - middle]);
    for (let i = 0; i < PARAMETERS; i++) {
      gradient[i]! += weight * row[i]! * misfit;
      for (let j = 0; j <= i; j++) normal[i * PARAMETERS + j]! += weight * row[i]! * row[j]!;
    }
  }
  return { normal, gradient, chiSquare };
}

function solved(normal: Float64Array, gradient: Float64Array, damping: number): Float64Array | undefined {
  const damped = normal.slice();
  for (let i = 0; i < PARAMETERS; i++) damped[i * (PARAMETERS + 1)]! *= 1 + damping;
  const factor = new Float64Array(normal.length);
  if (!choleskyFactor(damped, PARAMETERS, factor)) return undefined;
  const step = gradient.slice();
  choleskySolve(factor, PARAMETERS, step);
  return step;
}

/** Square roots of the diagonal of the inverse of the normal matrix. */
function errorsOf(normal: Float64Array): Float64Array | undefined {
  const factor = new Float64Array(normal.length);
  if (!choleskyFactor(normal, PARAMETERS, factor)) return undefined;
  return Float64Array.from({ length: PARAMETERS }, (_, k) => {
    const unit = new Float64Array(PARAMETERS);
    unit[k] = 1;
    choleskySolve(factor, PARAMETERS, unit);
    return Math.sqrt(unit[k]!);
  });
}
