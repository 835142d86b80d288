/** Net counts of line families of many spectra that are like one that was fitted: the fit as one weighted sum over the channels per family. */
import { DataCheckError } from "../../errors.js";
import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { type Column, columnOf } from "./columns.js";
import { familyColumn } from "./families.js";
import type { SpectrumFit } from "./fit-spectrum.js";

/** Added to each diagonal element, relative: families that look the same share what they fit. */
const RIDGE = 1e-9;
/** Share of the mean counts per channel below which no channel is taken to be known. */
const LEAST_SHARE = 1e-3;

/**
 * Weights g_f(c) such that the sum over c of g_f(c) y(c) is the weighted least-squares estimate of the counts of family f in a spectrum y, with peaks, form of the
 * continuum and weights (one over the expected counts) as in `fit`: g = (X^T W X)^-1 X^T W. The variance of the estimate is the sum of g^2 y. Sum peaks are taken as
 * part of the continuum.
 *
 * @returns one float64 [axis.size] per family, in the order of `fit.families`. Throws `DataCheckError` where the fit holds nothing.
 */
export function netCountFilters(fit: SpectrumFit, axis: CalibratedEnergyAxis): Float64Array[] {
  const { families, model, continuum, pileUp, shape } = fit;
  const background = columnOf(continuum.map((value, c) => Math.max(0, value + pileUp[c]!)));
  const columns = [...families.map((family) => familyColumn(family, axis, shape)), background];
  const weight = weightsOf(model);
  const n = columns.length;
  const normal = new Float64Array(n * n);
  columns.forEach((a, i) => {
    columns.forEach((b, j) => {
      normal[i * n + j] = overlap(a, b, weight);
    });
  });
  const scale = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(Math.max(normal[i * n + i]!, Number.MIN_VALUE)));
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) normal[i * n + j]! *= scale[i]! * scale[j]!;
  for (let i = 0; i < n; i++) normal[i * n + i]! += RIDGE;
  if (!choleskyFactor(normal, n, normal)) {
    throw new DataCheckError("The lines cannot be counted in single pixels: the spectrum holds nothing where they lie.", {
      where: "line fit",
    });
  }
  return families.map((_, f) => {
    const solution = new Float64Array(n);
    solution[f] = scale[f]!;
    choleskySolve(normal, n, solution);
    const filter = new Float64Array(axis.size);
    columns.forEach(({ start, values }, j) => {
      const factor = solution[j]! * scale[j]!;
      for (let i = 0; i < values.length; i++) filter[start + i]! += factor * values[i]! * weight[start + i]!;
    });
    return filter;
  });
}

/** One over the expected counts, 0 where the fit did not look. */
function weightsOf(model: Float64Array): Float64Array {
  const mean = model.reduce((sum, value) => sum + Math.max(0, value), 0) / model.length;
  return model.map((value) => (value === 0 ? 0 : 1 / Math.max(value, LEAST_SHARE * mean)));
}

function overlap(a: Column, b: Column, weight: Float64Array): number {
  const from = Math.max(a.start, b.start);
  const to = Math.min(a.start + a.values.length, b.start + b.values.length);
  let sum = 0;
  for (let c = from; c < to; c++) sum += a.values[c - a.start]! * b.values[c - b.start]! * weight[c]!;
  return sum;
}
