/** Normal equations of a few unknowns. */
import { choleskyFactor, choleskySolve, invertLower } from "../../kernels/linear-algebra/cholesky.js";

/** Pivots below this part of their diagonal element mean that the unknowns cannot be told apart. */
export const SINGULAR = 1e-10;

/** Solves a symmetric positive definite system (row-major, n x n); undefined when it is singular. `right` is left as it is. */
export function solvePositive(normal: Float64Array, right: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  if (!choleskyFactor(normal, n, factor, SINGULAR)) return undefined;
  const solution = right.slice();
  choleskySolve(factor, n, solution);
  return solution;
}

/** The same with the variance of each unknown, when the weights were one over the variances of the data. */
export function solveNormal(
  normal: Float64Array,
  right: Float64Array,
  n: number,
): { solution: Float64Array; variance: Float64Array } | undefined {
  const factor = new Float64Array(n * n);
  if (!choleskyFactor(normal, n, factor, SINGULAR)) return undefined;
  const solution = right.slice();
  choleskySolve(factor, n, solution);
  const inverse = invertLower(factor, n);
  const variance = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let k = i; k < n; k++) variance[i]! += inverse[k * n + i]! * inverse[k * n + i]!;
  return { solution, variance };
}
