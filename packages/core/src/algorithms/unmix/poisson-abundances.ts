/**
 * Abundances of one pixel by Poisson likelihood: the a >= 0 that makes Σ m - Σ x ln m smallest, m = Σ a_k E_k. Only channels that hold counts
 * enter the second sum and its derivatives, so a pixel costs (its filled channels) x (endmembers)² per step, about five steps.
 * Newton steps, each a small non-negative least squares problem, with a line search; the optimum is the one that Richardson 1972
 * (doi:10.1364/JOSA.62.000055) and Lucy 1974 (doi:10.1086/111605) reach slowly.
 */
import { log } from "../../kernels/math.js";
import { nonNegativeSolver } from "./nnls.js";

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

/** A solver for fixed endmembers (each float64 [channels], none all zero). */
export function poissonSolver(endmembers: readonly Float64Array[]): PoissonSolver {
  const k = endmembers.length;
  const channels = endmembers[0]?.length ?? 0;
  const totals = Float64Array.from(endmembers, (spectrum) => spectrum.reduce((sum, value) => sum + value, 0));
  const byChannel = new Float64Array(channels * k);
  const reached = new Uint8Array(channels);
  endmembers.forEach((spectrum, j) => {
    for (let c = 0; c < channels; c++) {
      byChannel[c * k + j] = spectrum[c]!;
      if (spectrum[c]! > 0) reached[c] = 1;
    }
  });
  const state = new PixelLikelihood(k, byChannel, totals);
  const gram = new Float64Array(k * k);
  const quadratic = nonNegativeSolver(gram, k);
  const h = new Float64Array(k);
  const target = new Float64Array(k);

  return {
    solve(channel, count, from, to, abundances, sum) {
      const counts = state.take(channel, count, from, to, reached);
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

/** The likelihood of one pixel and its derivatives. */
class PixelLikelihood {
  private readonly k: number;
  private readonly byChannel: Float64Array;
  private readonly totals: Float64Array;
  private readonly point: Float64Array;
  private filled = 0;
  private rows = new Uint32Array(64);
  private counts = new Float64Array(64);

  constructor(k: number, byChannel: Float64Array, totals: Float64Array) {
    this.k = k;
    this.byChannel = byChannel;
    this.totals = totals;
    this.point = new Float64Array(k);
  }

  /** Takes the counts of a pixel in channels that an endmember reaches; returns their sum. */
  take(channel: Uint16Array, count: ArrayLike<number>, from: number, to: number, reached: Uint8Array): number {
    if (to - from > this.rows.length) {
      this.rows = new Uint32Array(2 * (to - from));
      this.counts = new Float64Array(2 * (to - from));
    }
    this.filled = 0;
    let sum = 0;
    for (let i = from; i < to; i++) {
      if (reached[channel[i]!] === 0) continue;
      this.rows[this.filled] = channel[i]! * this.k;
      this.counts[this.filled] = count[i]!;
      this.filled += 1;
      sum += count[i]!;
    }
    return sum;
  }

  /** Σ m - Σ x ln m at `a`, or part of the way from there to `target`. Infinity where a filled channel is left without model. */
  loss(a: Float64Array, target = a, share = 0): number {
    const { k, point, byChannel } = this;
    let sum = 0;
    for (let j = 0; j < k; j++) {
      const value = share === 1 ? target[j]! : a[j]! + share * (target[j]! - a[j]!);
      point[j] = value;
      sum += value * this.totals[j]!;
    }
    for (let i = 0; i < this.filled; i++) {
      const row = this.rows[i]!;
      let model = 0;
      for (let j = 0; j < k; j++) model += point[j]! * byChannel[row + j]!;
      if (!(model > 0)) return Infinity;
      sum -= this.counts[i]! * log(model);
    }
    return sum;
  }

  /** Gradient and Hessian (k x k, both triangles) of the loss. */
  derivatives(a: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
    const { k, byChannel } = this;
    gradient.set(this.totals);
    hessian.fill(0);
    for (let i = 0; i < this.filled; i++) {
      const row = this.rows[i]!;
      let model = 0;
      for (let j = 0; j < k; j++) model += a[j]! * byChannel[row + j]!;
      const first = this.counts[i]! / model;
      const second = first / model;
      for (let j = 0; j < k; j++) {
        const value = byChannel[row + j]!;
        if (value === 0) continue;
        gradient[j]! -= first * value;
        const left = second * value;
        for (let l = 0; l <= j; l++) hessian[j * k + l]! += left * byChannel[row + l]!;
      }
    }
    for (let j = 0; j < k; j++) for (let l = j + 1; l < k; l++) hessian[j * k + l] = hessian[l * k + j]!;
  }

  /** One step of expectation maximisation: always safe, soon slow. */
  expectationStep(a: Float64Array): void {
    const { k, point, byChannel } = this;
    point.fill(0);
    for (let i = 0; i < this.filled; i++) {
      const row = this.rows[i]!;
      let model = 0;
      for (let j = 0; j < k; j++) model += a[j]! * byChannel[row + j]!;
      const ratio = this.counts[i]! / model;
      for (let j = 0; j < k; j++) point[j]! += ratio * byChannel[row + j]!;
    }
    for (let j = 0; j < k; j++) a[j]! *= point[j]! / this.totals[j]!;
  }
}
