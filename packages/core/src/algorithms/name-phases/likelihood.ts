/** How likely measured amounts are if a phase, a series or a mixture is what was measured. */

import { choleskyFactor, invertLower, logDeterminant } from "../../kernels/linear-algebra/cholesky.js";
import { dot } from "../../kernels/linear-algebra/vectors.js";
import { log } from "../../kernels/math.js";
import { nonNegativeLeastSquares } from "../unmix/nnls.js";
import { amountsAt, type MeasuredAmounts } from "./measured-amounts.js";

/** One line's part in the answer. */
export interface LinePull {
  /** `Fe_Ka` */
  readonly line: string;
  readonly element: string;
  /** Amounts by mass, measured and as the phase has them; same scale. */
  readonly measured: number;
  readonly expected: number;
  /** (measured - expected) / standard error. */
  readonly pull: number;
}

export interface Match {
  /** Weights of the members by mass, sum 1; one value for a pure phase. */
  readonly weights: Float64Array;
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** Logarithm of the evidence up to a constant: likelihood, and for free proportions the share of their range that fits. */
  readonly logEvidence: number;
  readonly pulls: readonly LinePull[];
}

const LOG_2PI = 1.8378770664093453;
const ROUNDS = 3;

/**
 * Match of the mixture of `members` (amounts by mass of the measured elements: float64 [members][elements]) that fits best. The error of a line is counting statistics, the
 * model's relative error times the expected amount, and what a film may have added. The scale is free. Elements that are neither in the fit nor in a member
 * speak neither for it nor against it. `undefined` where the members have none of the measured elements.
 */
export function matchOf(all: MeasuredAmounts, members: readonly Float64Array[]): Match | undefined {
  const places = all.elements.map((_, i) => i).filter((i) => i < all.fitted || members.some((member) => member[i]! > 0));
  const measured = amountsAt(all, places);
  const own = members.map((member) => Float64Array.from(places, (i) => member[i]!));
  const best = bestMixture(measured, own);
  if (best === undefined) return undefined;
  const { weights, expected, whitened } = best;
  const residual = whitened.of(measured.amounts.map((value, i) => value - expected[i]!));
  const chiSquare = residual.reduce((sum, value) => sum + value * value, 0);
  const active = weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    weights: weights.map((weight) => weight / total),
    chiSquare,
    degreesOfFreedom: Math.max(1, telling(measured, expected) - active),
    logEvidence: -0.5 * (chiSquare + whitened.logDeterminant - logVarianceOfNothing(measured)) + freedom(own, weights, whitened),
    pulls: pullsOf(measured, expected),
  };
}

/**
 * A number that the `logEvidence` of {@link matchOf} cannot exceed, without a fit, for members of which one at least holds an element if `holds` says so. An element that the
 * fit shows and no member has adds to chi-square at least the square of its amount over its own variance, and the determinant is at least that without what the model adds.
 */
export function evidenceBound(measured: MeasuredAmounts): (holds: (element: string) => boolean) => number {
  const { fitted, amounts, covariance, doubt, elements } = measured;
  const n = elements.length;
  const variance = Float64Array.from({ length: fitted }, (_, i) => {
    return covariance[i * n + i]! + LEAST_ERROR * LEAST_ERROR + doubt[i]! * doubt[i]!;
  });
  const alone = amountsAt(measured, [...elements.keys()].slice(0, fitted));
  const least = whiten(alone, new Float64Array(fitted)).logDeterminant;
  return (holds) => {
    let most = 0;
    for (let i = 0; i < fitted; i++) {
      if (amounts[i]! === 0 || holds(elements[i]!)) continue;
      most = Math.max(most, (amounts[i]! * amounts[i]!) / variance[i]!);
    }
    return -0.5 * (most + least - ROUNDING * (1 + Math.abs(least)));
  };
}

/** Of bounds that are compared with what rounding may have moved. */
const ROUNDING = 1e-9;

interface Mixture {
  readonly weights: Float64Array;
  readonly expected: Float64Array;
  readonly whitened: Whitened;
}

function bestMixture(measured: MeasuredAmounts, members: readonly Float64Array[]): Mixture | undefined {
  let expected = measured.amounts;
  let found: Mixture | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const whitened = whiten(measured, expected);
    const columns = members.map((member) => whitened.of(member));
    const weights = nonNegativeLeastSquares(columns, whitened.of(measured.amounts));
    expected = mixture(members, weights, measured.elements.length);
    if (!expected.some((value) => value > 0)) return undefined;
    found = { weights, expected, whitened };
  }
  return found;
}

/** Elements that tell something: expected, or measured beyond three errors. */
function telling(measured: MeasuredAmounts, expected: Float64Array): number {
  const n = expected.length;
  const beyond = (i: number) => measured.amounts[i]! > 3 * Math.sqrt(measured.covariance[i * n + i]!) + LEAST_ERROR;
  return expected.reduce((sum, value, i) => sum + (value > LEAST_ERROR || beyond(i) ? 1 : 0), 0);
}

/** What elements outside the fit would add to the logarithm of the determinant if they were not expected: candidates with and without them are compared alike. */
function logVarianceOfNothing({ elements, fitted, covariance }: MeasuredAmounts): number {
  let sum = 0;
  for (let i = fitted; i < elements.length; i++) sum += log(covariance[i * elements.length + i]! + LEAST_ERROR * LEAST_ERROR);
  return sum;
}

interface Whitened {
  /** L^-1 v for the covariance L Lt. */
  of(v: Float64Array): Float64Array;
  readonly logDeterminant: number;
}

function whiten(measured: MeasuredAmounts, expected: Float64Array): Whitened {
  const n = expected.length;
  const covariance = Float64Array.from(measured.covariance);
  for (let i = 0; i < n; i++) covariance[i * n + i]! += extraVariance(measured, expected, i);
  const factor = new Float64Array(n * n);
  if (!choleskyFactor(covariance, n, factor)) {
    // Counting covariances of nearly the same lines can lose definiteness to rounding; their diagonal is what is left to trust.
    for (let i = 0; i < n * n; i++) factor[i] = i % (n + 1) === 0 ? Math.sqrt(Math.max(covariance[i]!, Number.MIN_VALUE)) : 0;
  }
  const inverse = invertLower(factor, n);
  return {
    logDeterminant: logDeterminant(factor, n),
    of(v) {
      return v.map((_, i) => {
        let sum = 0;
        for (let k = 0; k <= i; k++) sum += inverse[i * n + k]! * v[k]!;
        return sum;
      });
    },
  };
}

/** Minor elements up to about half a per cent by mass replace others in most minerals, and speak neither for nor against a phase. */
const LEAST_ERROR = 0.004;

function extraVariance({ modelErrors, doubt }: MeasuredAmounts, expected: Float64Array, i: number): number {
  const model = modelErrors[i]! * Math.max(0, expected[i]!) + LEAST_ERROR;
  return model * model + doubt[i]! * doubt[i]!;
}

function mixture(members: readonly Float64Array[], weights: Float64Array, n: number): Float64Array {
  const sum = new Float64Array(n);
  members.forEach((member, k) => {
    for (let i = 0; i < n; i++) sum[i]! += weights[k]! * member[i]!;
  });
  return sum;
}

/**
 * What free proportions cost: the volume in which they fit over the whole simplex, (m - 1)! sqrt((2 pi)^(m - 1) N_s / det N), N being the normal matrix of the m members
 * that take part and N_s that of their sum (MacKay 1992, doi:10.1162/neco.1992.4.3.415). Never a gain. Members that take no part cost as much as if
 * they were one third of a range that does not fit, ln 3 each.
 */
function freedom(members: readonly Float64Array[], weights: Float64Array, whitened: Whitened): number {
  const active = members.map((_, k) => k).filter((k) => weights[k]! > 0);
  const m = active.length;
  const idle = -(members.length - m) * log(3);
  if (m < 2) return members.length === 1 ? 0 : idle;
  const columns = active.map((k) => whitened.of(members[k]!));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = total * total;
  const normal = new Float64Array(m * m);
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) normal[a * m + b] = scale * dot(columns[a]!, columns[b]!);
  let ofSum = 0;
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++) ofSum += normal[a * m + b]! * weights[active[a]!]! * weights[active[b]!]!;
  ofSum /= total * total;
  if (!choleskyFactor(normal, m, normal)) return idle;
  let factorial = 0;
  for (let k = 2; k < m; k++) factorial += log(k);
  const volume = 0.5 * ((m - 1) * LOG_2PI + log(ofSum) - logDeterminant(normal, m)) + factorial;
  return Math.min(0, volume) + idle;
}

function pullsOf(measured: MeasuredAmounts, expected: Float64Array): LinePull[] {
  const n = expected.length;
  return measured.lines.map((line, i) => {
    const error = Math.sqrt(measured.covariance[i * n + i]! + extraVariance(measured, expected, i));
    const difference = measured.amounts[i]! - expected[i]!;
    return {
      line: line.name,
      element: line.element,
      measured: measured.amounts[i]!,
      expected: expected[i]!,
      pull: difference / error,
    };
  });
}
