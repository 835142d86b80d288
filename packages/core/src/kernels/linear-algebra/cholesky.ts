/**
 * Cholesky factors of symmetric positive definite matrices and what is solved with them. Matrices are row-major float64 arrays of
 * n x n; only the lower triangle of the input is read. Sums run in a fixed order.
 * Golub and Van Loan 2013, Matrix Computations, 4th edition, section 4.2.
 */
import { log } from "../math.js";

/**
 * Writes the lower factor L with L Lᵀ = a into `factor` (n x n, row-major; the upper triangle is set to 0). `factor` may be `a` itself.
 * Returns false, with `factor` unfinished, when the matrix is not positive definite: a pivot falls to `tolerance` times its diagonal
 * element or below.
 */
export function choleskyFactor(a: Float64Array, n: number, factor: Float64Array, tolerance = 0): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const diagonal = a[i * n + j]!;
      let sum = diagonal;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (j < i) {
        factor[i * n + j] = sum / factor[j * n + j]!;
      } else {
        if (!(sum > tolerance * Math.abs(diagonal)) || sum === Infinity) return false;
        factor[i * n + i] = Math.sqrt(sum);
      }
    }
    for (let j = i + 1; j < n; j++) factor[i * n + j] = 0;
  }
  return true;
}

/** Solves L Lᵀ x = b for x, in place of `b` (length n). */
export function choleskySolve(factor: Float64Array, n: number, b: Float64Array): void {
  solveLower(factor, n, b);
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
}

/** Solves L y = b for y, in place of `b` (length n). */
export function solveLower(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
}

/** Inverse of a lower factor: lower triangular, row-major, into a new array. */
export function invertLower(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    inverse[column * n + column] = 1 / factor[column * n + column]!;
    for (let i = column + 1; i < n; i++) {
      let sum = 0;
      for (let k = column; k < i; k++) sum -= factor[i * n + k]! * inverse[k * n + column]!;
      inverse[i * n + column] = sum / factor[i * n + i]!;
    }
  }
  return inverse;
}

/** Natural logarithm of the determinant of L Lᵀ. */
export function logDeterminant(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += log(factor[i * n + i]!);
  return 2 * sum;
}
