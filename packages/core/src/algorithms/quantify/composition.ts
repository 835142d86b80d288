/** Compositions with their standard errors. */

/** What a piece of the map is made of. All arrays have one value per element, in the order of `elements`. */
export interface Composition {
  /** Mass fractions, sum 1; 0 for an element without counts. */
  readonly massFraction: Float64Array;
  readonly massFractionError: Float64Array;
  /** Atomic fractions, sum 1. */
  readonly atomicFraction: Float64Array;
  readonly atomicFractionError: Float64Array;
}

/**
 * Fractions of amounts that are known up to a common factor, with first-order propagation of independent errors: f = t / T has the variance
 * sum over j of ((delta_ij - f_i) / T)^2 var(t_j). Amounts below 0 count as 0; where nothing is above 0, fractions and errors are NaN.
 */
export function fractionsOf(
  amounts: ArrayLike<number>,
  variances: ArrayLike<number>,
): { fraction: Float64Array; error: Float64Array } {
  const n = amounts.length;
  const fraction = new Float64Array(n);
  const error = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) total += Math.max(0, amounts[i]!);
  let common = 0;
  for (let i = 0; i < n; i++) {
    fraction[i] = total > 0 ? Math.max(0, amounts[i]!) / total : Number.NaN;
    common += variances[i]!;
  }
  for (let i = 0; i < n; i++) {
    const f = fraction[i]!;
    error[i] = Math.sqrt(f * f * (common - variances[i]!) + (1 - f) * (1 - f) * variances[i]!) / total;
  }
  return { fraction, error };
}
