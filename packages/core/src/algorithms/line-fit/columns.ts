/**
 * Weighted linear least squares with columns that are zero but in a part of the channels. The loss is
 *
 *     sum over channels of w (y - sum_j a_j t_j)^2  +  sum over ties of (sum_j c_j a_j - t)^2 / s^2
 *
 * where a tie is what is known of the amplitudes besides the data. The covariance of the amplitudes is the inverse of the normal matrix.
 */
import { DataCheckError } from "../../errors.js";
import { choleskyFactor, choleskySolve, invertLower } from "../../kernels/linear-algebra/cholesky.js";

/** A template: `values[i]` belongs to channel `start + i`; zero elsewhere. */
export interface Column {
  readonly start: number;
  readonly values: Float64Array;
}

/** Knowledge that `sum of factor x amplitude` is `target` (default 0) within a standard error. */
export interface Tie {
  readonly terms: readonly { readonly column: number; readonly factor: number }[];
  readonly target?: number;
  readonly error: number;
}

export interface LinearFit {
  readonly amplitudes: Float64Array;
  /** Float64 [columns x columns], row-major. */
  readonly covariance: Float64Array;
}

/** Added to each diagonal element, relative: columns that are the same share what they fit instead of stopping the fit. */
const RIDGE = 1e-9;

/** Solves for the amplitudes; `weight` is 0 where a channel does not count. Throws `DataCheckError` when the data hold nothing to fit to. */
export function solveColumns(
  columns: readonly Column[],
  data: Float64Array,
  weight: Float64Array,
  ties: readonly Tie[] = [],
): LinearFit {
  const n = columns.length;
  const normal = normalMatrix(columns, weight);
  const amplitudes = Float64Array.from(columns, (column) => weightedDot(column, data, weight));
  for (const { terms, target = 0, error } of ties) {
    const w = 1 / (error * error);
    for (const a of terms) {
      amplitudes[a.column]! += w * a.factor * target;
      for (const b of terms) normal[a.column * n + b.column]! += w * a.factor * b.factor;
    }
  }
  const scale = Float64Array.from({ length: n }, (_, j) => 1 / Math.sqrt(Math.max(normal[j * n + j]!, Number.MIN_VALUE)));
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) normal[i * n + j]! *= scale[i]! * scale[j]!;
  for (let j = 0; j < n; j++) normal[j * n + j]! += RIDGE;
  if (!choleskyFactor(normal, n, normal)) {
    throw new DataCheckError("The lines cannot be fitted: the spectrum holds nothing where they lie.", {
      where: "line fit",
      remedy: "Check the energy axis and the range of the fit.",
    });
  }
  for (let j = 0; j < n; j++) amplitudes[j]! *= scale[j]!;
  choleskySolve(normal, n, amplitudes);
  for (let j = 0; j < n; j++) amplitudes[j]! *= scale[j]!;
  return { amplitudes, covariance: covarianceOf(normal, n, scale) };
}

/** Sum of the columns times their amplitudes: float64 [channels]. */
export function sumOfColumns(columns: readonly Column[], amplitudes: ArrayLike<number>, channels: number): Float64Array {
  const sum = new Float64Array(channels);
  columns.forEach(({ start, values }, j) => {
    const amplitude = amplitudes[j]!;
    for (let i = 0; i < values.length; i++) sum[start + i]! += amplitude * values[i]!;
  });
  return sum;
}

/** A dense array as a column without the zeros at its ends; only channels `from` to before `to` are looked at. */
export function columnOf(dense: Float64Array, from = 0, to = dense.length): Column {
  let start = from;
  let end = to;
  while (start < end && dense[start] === 0) start++;
  while (end > start && dense[end - 1] === 0) end--;
  return { start, values: dense.slice(start, end) };
}

/** Sum over channels of column x data x weight. */
export function weightedDot({ start, values }: Column, data: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * data[start + i]! * weight[start + i]!;
  return sum;
}

/** Float64 [columns x columns]: sums over channels of column x column x weight. */
export function normalMatrix(columns: readonly Column[], weight: Float64Array): Float64Array {
  const n = columns.length;
  const normal = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      const value = overlap(columns[a]!, columns[b]!, weight);
      normal[a * n + b] = value;
      normal[b * n + a] = value;
    }
  }
  return normal;
}

function overlap(a: Column, b: Column, weight: Float64Array): number {
  const from = Math.max(a.start, b.start);
  const to = Math.min(a.start + a.values.length, b.start + b.values.length);
  let sum = 0;
  for (let c = from; c < to; c++) sum += a.values[c - a.start]! * b.values[c - b.start]! * weight[c]!;
  return sum;
}

function covarianceOf(factor: Float64Array, n: number, scale: Float64Array): Float64Array {
  const inverse = invertLower(factor, n);
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += inverse[k * n + i]! * inverse[k * n + j]!;
      covariance[i * n + j] = sum * scale[i]! * scale[j]!;
      covariance[j * n + i] = covariance[i * n + j]!;
    }
  }
  return covariance;
}
