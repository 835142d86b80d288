/**
 * Abundances of one pixel by Poisson likelihood: the a >= 0 that makes Σ m - Σ x ln m smallest, m = Σ a_k E_k. Only channels that hold counts
 * enter the second sum and its derivatives, so a pixel costs (its filled channels) x (endmembers)² per step, about five steps.
 * Newton steps, each a small non-negative least squares problem, with a line search; the optimum is the one that Richardson 1972
 * (doi:10.1364/JOSA.62.000055) and Lucy 1974 (doi:10.1086/111605) reach slowly.
 */
import { nonNegativeSolver } from "./nnls.js";
import { type PixelLikelihood, totalsOf } from "./pixel-likelihood/pixel-likelihood.js";
import { referenceLikelihood } from "./pixel-likelihood/reference-likelihood.js";

export interface PoissonSolver {
  /**
   * Solves for the pixel whose filled channels are `channel[from..to)` with `count`; writes the abundances (k). With `sum` they are made to sum to it.
   * A pixel without counts in channels that an endmember reaches gets zeros.
   */
  solve(channel: Uint16Array, count: ArrayLike<number>, from: number, to: number, abundances: Float64Array, sum?: number): void;
}

const SAFE_STEPS = 2;
const STEPS = 100;
const SETTLED = 1e-11;
const RIDGE = 1e-10;

/** A solver for fixed endmembers (each float64 [channels], none all zero), by the likelihood of these. */
export function poissonSolver(
  endmembers: readonly Float64Array[],
  state: PixelLikelihood = referenceLikelihood(endmembers),
): PoissonSolver {
  const k = endmembers.length;
  const totals = totalsOf(endmembers);
  const gram = new Float64Array(k * k);
  const quadratic = nonNegativeSolver(gram, k);
  const h = new Float64Array(k);
  const target = new Float64Array(k);

  return {
    solve(channel, count, from, to, abundances, sum) {
      const counts = state.take(channel, count, from, to);
      abundances.fill(0);
      if (counts === 0) {
        if (sum !== undefined) abundances.fill(sum / k);
        return;
      }
      for (let j = 0; j < k; j++) abundances[j] = sum === undefined ? counts / (k * totals[j]!) : sum / k;
      if (sum === undefined) for (let round = 0; round < SAFE_STEPS; round++) state.expectationStep(abundances);
      let loss = state.loss(abundances);
      for (let step = 0; step < STEPS; step++) {
        quadraticModel(state, abundances, h, gram);
        quadratic.solve(h, target, sum);
        const better = lineSearch(state, abundances, target, loss);
        if (better === undefined) return;
        const gain = loss - better;
        loss = better;
        if (gain <= SETTLED * counts) return;
      }
    },
  };
}

/** The loss around `a` as ½ xᵀ G x - hᵀ x, with a ridge that is lost in rounding unless G is singular. */
function quadraticModel(state: PixelLikelihood, a: Float64Array, h: Float64Array, gram: Float64Array): void {
  const k = a.length;
  state.derivatives(a, h, gram);
  let trace = 0;
  for (let j = 0; j < k; j++) trace += gram[j * k + j]!;
  for (let j = 0; j < k; j++) {
    gram[j * k + j]! += RIDGE * trace;
    let product = 0;
    for (let l = 0; l < k; l++) product += gram[j * k + l]! * a[l]!;
    h[j] = product - h[j]!;
  }
}

/** Moves `abundances` towards `target` until the loss falls; undefined when it does not. */
function lineSearch(state: PixelLikelihood, abundances: Float64Array, target: Float64Array, loss: number): number | undefined {
  for (let share = 1; share > 1e-9; share /= 2) {
    const value = state.loss(abundances, target, share);
    if (value < loss) {
      for (let j = 0; j < abundances.length; j++) abundances[j]! += share * (target[j]! - abundances[j]!);
      if (share === 1) abundances.set(target);
      return value;
    }
  }
  return undefined;
}
