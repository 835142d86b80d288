/**
 * Singular value decomposition of a matrix with few rows and any number of columns, by one-sided Jacobi rotations of its rows.
 * Small singular values come out with full relative accuracy, which the eigenvectors of A Aᵀ would not give.
 * Hestenes 1958, doi:10.1137/0106005; Demmel and Veselic 1992, doi:10.1137/0613074.
 */
import { NotConvergedError } from "../../errors.js";
import { type Matrix, matrix } from "../matrix.js";

/** A = U diag(s) V: `u` m x r (orthonormal columns), `singularValues` r, falling, `v` r x n (orthonormal rows), r = m. */
export interface ThinSvd {
  readonly u: Matrix;
  readonly singularValues: Float64Array;
  readonly v: Matrix;
}

const SWEEPS = 60;
const ORTHOGONAL = 1e-15;
const ROUNDING = 1e-14;

/**
 * Decomposes an m x n matrix; the work is about m² n per sweep and 5 to 10 sweeps, so m should be small (below a few hundred).
 * Rows of `v` that belong to singular values of 0 are 0; with more rows than columns, singular values below 1e-14 of the whole are 0. Sign rule: the element of largest size in each row of `v` is positive (the first of
 * equals); order rule: falling singular values, ties by the row from which they came. Throws {@link NotConvergedError} for matrices
 * that hold NaN or Infinity.
 */
export function thinSvd(a: Matrix): ThinSvd {
  const { rows: m, columns: n } = a;
  const work = Float64Array.from(a.data);
  const rotations = new Float64Array(m * m);
  for (let i = 0; i < m; i++) rotations[i * m + i] = 1;
  let sweeps = 0;
  while (sweep(work, rotations, m, n) > 0) {
    sweeps += 1;
    if (m > n) clearRounding(work, m, n);
    if (sweeps === SWEEPS) {
      throw new NotConvergedError("The singular values did not settle.", {
        where: "singular value decomposition",
        found: `rotations after ${SWEEPS} sweeps`,
        expected: "finite numbers",
        remedy: "Look for NaN or Infinity in the data.",
      });
    }
  }
  return inOrder(work, rotations, m, n);
}

/**
 * More rows than columns cannot all be orthogonal: the surplus is rounding once the others are, and would be turned for ever. Rows below
 * {@link ROUNDING} of the whole are 0.
 */
function clearRounding(work: Float64Array, m: number, n: number): void {
  let all = 0;
  for (let i = 0; i < m * n; i++) all += work[i]! * work[i]!;
  for (let row = 0; row < m; row++) {
    let own = 0;
    for (let i = row * n; i < (row + 1) * n; i++) own += work[i]! * work[i]!;
    if (own <= ROUNDING * ROUNDING * all) work.fill(0, row * n, (row + 1) * n);
  }
}

/** One pass over all pairs of rows; returns how many had to be rotated. */
function sweep(work: Float64Array, rotations: Float64Array, m: number, n: number): number {
  let rotated = 0;
  for (let p = 0; p < m - 1; p++) {
    for (let q = p + 1; q < m; q++) {
      let alpha = 0;
      let beta = 0;
      let gamma = 0;
      for (let c = 0; c < n; c++) {
        const x = work[p * n + c]!;
        const y = work[q * n + c]!;
        alpha += x * x;
        beta += y * y;
        gamma += x * y;
      }
      if (Math.abs(gamma) <= ORTHOGONAL * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
      rotated += 1;
      const zeta = (beta - alpha) / (2 * gamma);
      const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cosine = 1 / Math.sqrt(1 + tangent * tangent);
      rotateRows(work, p * n, q * n, n, cosine, cosine * tangent);
      rotateRows(rotations, p * m, q * m, m, cosine, cosine * tangent);
    }
  }
  return rotated;
}

function rotateRows(data: Float64Array, p: number, q: number, n: number, cosine: number, sine: number): void {
  for (let c = 0; c < n; c++) {
    const x = data[p + c]!;
    const y = data[q + c]!;
    data[p + c] = cosine * x - sine * y;
    data[q + c] = sine * x + cosine * y;
  }
}

function inOrder(work: Float64Array, rotations: Float64Array, m: number, n: number): ThinSvd {
  const norms = Float64Array.from({ length: m }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < n; c++) sum += work[i * n + c]! * work[i * n + c]!;
    return Math.sqrt(sum);
  });
  const order = Array.from({ length: m }, (_, i) => i).sort((i, j) => norms[j]! - norms[i]! || i - j);
  const u = matrix(m, m);
  const v = matrix(m, n);
  const singularValues = new Float64Array(m);
  order.forEach((from, to) => {
    const norm = norms[from]!;
    singularValues[to] = norm;
    const sign = norm > 0 ? signOfLargest(work, from * n, n) : 1;
    if (norm > 0) for (let c = 0; c < n; c++) v.data[to * n + c] = (sign * work[from * n + c]!) / norm;
    for (let i = 0; i < m; i++) u.data[i * m + to] = sign * rotations[from * m + i]!;
  });
  return { u, singularValues, v };
}

function signOfLargest(data: Float64Array, start: number, n: number): 1 | -1 {
  let largest = 0;
  for (let c = 0; c < n; c++) if (Math.abs(data[start + c]!) > Math.abs(largest)) largest = data[start + c]!;
  return largest < 0 ? -1 : 1;
}
