/** The spectra that the search works with. A phase has one of them, or several where its spectrum varies smoothly. */
import { type Subspace, scoreOf } from "./subspace.js";

/** How a component came to be known. */
export interface Discovery {
  /** 0 is the dominant phase. */
  readonly order: number;
  readonly pixel: number;
  readonly area: number;
  readonly effect: number;
  readonly z: number;
  /** Standard deviation of the smoothing at which it was seen, pixels. */
  readonly sigma: number;
  /** Shares per bin as measured there, as the components known before predict, and the standard error: float64 [bins]. */
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
  readonly error: Float64Array;
}

export interface Component {
  /** Shares of counts per bin, sum 1: float64 [bins]. */
  readonly shares: Float64Array;
  /** The same in the space: float64 [axes]. */
  readonly score: Float64Array;
  readonly noise: ScoreNoise;
  /** Counts behind the shares. */
  readonly counts: number;
  readonly discovery: Discovery;
  /** Components of one phase have the same number. */
  readonly phase: number;
}

/** A component from counts per bin. */
export function componentFrom(
  space: Subspace,
  spectrum: Float64Array,
  counts: number,
  discovery: Discovery,
  phase: number,
): Component {
  const all = spectrum.reduce((sum, c) => sum + c, 0);
  const shares = spectrum.map((c) => c / all);
  return { shares, score: scoreOf(space, shares), noise: noiseOf(space, shares), counts, discovery, phase };
}

/** Squared distance of two scores. */
export function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
  }
  return sum;
}

/** Poisson noise of a spectrum in the space, for a single count; n counts have an n-th of the variances. */
export interface ScoreNoise {
  /** Mean squared distance that noise makes: the trace of the covariance. */
  readonly mean: number;
  /** Standard deviation of that squared distance: sqrt(2 trace(covariance^2)). */
  readonly spread: number;
  /** Float64 [axes x axes]: sum over bins of p_j w_j^2 V_ji V_jk. */
  readonly covariance: Float64Array;
}

/** Noise of a spectrum of shares. */
export function noiseOf(space: Subspace, shares: Float64Array): ScoreNoise {
  const { axes, bins, vectors, weight } = space;
  const covariance = new Float64Array(axes * axes);
  for (let i = 0; i < axes; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = 0;
      for (let j = 0; j < bins; j++) {
        sum += shares[j]! * weight[j]! * weight[j]! * vectors[i * bins + j]! * vectors[k * bins + j]!;
      }
      covariance[i * axes + k] = covariance[k * axes + i] = sum;
    }
  }
  let mean = 0;
  for (let i = 0; i < axes; i++) mean += covariance[i * axes + i]!;
  const squared = covariance.reduce((sum, c) => sum + c * c, 0);
  return { mean, spread: Math.sqrt(2 * squared), covariance };
}

/** Variance of noise, for a single count, along the direction from one score to another. */
export function noiseAlong(noise: ScoreNoise, from: Float64Array, to: Float64Array): number {
  const axes = from.length;
  let sum = 0;
  let squared = 0;
  for (let i = 0; i < axes; i++) {
    const a = to[i]! - from[i]!;
    squared += a * a;
    for (let k = 0; k < axes; k++) sum += a * noise.covariance[i * axes + k]! * (to[k]! - from[k]!);
  }
  return squared > 0 ? sum / squared : noise.mean / axes;
}

/** Components in the coordinates of another space (after an axis was added). */
export function inSpace(space: Subspace, components: readonly Component[]): Component[] {
  return components.map((component) => ({
    ...component,
    score: scoreOf(space, component.shares),
    noise: noiseOf(space, component.shares),
  }));
}
