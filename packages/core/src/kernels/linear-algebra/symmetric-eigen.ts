/**
 * Eigenvalues and eigenvectors of a real symmetric matrix: Householder reduction to tridiagonal form, then the implicit QL
 * iteration (Bowdler, Martin, Reinsch and Wilkinson 1968, doi:10.1007/BF02162161; Martin and Wilkinson 1968,
 * doi:10.1007/BF02161360). No random start and a fixed order of operations: the same bits everywhere.
 */
import { NotConvergedError, ShapeError } from "../../errors.js";
import { type Matrix, matrix } from "../matrix.js";

export interface SymmetricEigen {
  /** Float64 [n], largest first. */
  readonly values: Float64Array;
  /** n x n; row i is the unit eigenvector of `values[i]`, its entry of largest size (the first of equals) positive. */
  readonly vectors: Matrix;
}

const MOST_ITERATIONS = 60;

/**
 * Decomposes `a` (n x n); only its lower triangle is read. Throws {@link ShapeError} when it is not square and
 * {@link NotConvergedError} when it holds values that are not finite.
 */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const n = a.rows;
  if (a.columns !== n) throw new ShapeError("A matrix to decompose must be square.", { found: `${n} x ${a.columns}` });
  const rows = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n);
    for (let j = 0; j < n; j++) row[j] = j <= i ? a.data[i * n + j]! : a.data[j * n + i]!;
    return row;
  });
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  tridiagonalise(rows, diagonal, beside);
  implicitQl(rows, diagonal, beside);
  return inOrder(rows, diagonal);
}

/** On return `rows` holds the orthogonal transformation, transposed: row j is column j of Q. */
function tridiagonalise(rows: Float64Array[], diagonal: Float64Array, beside: Float64Array): void {
  const n = rows.length;
  for (let i = n - 1; i > 0; i--) {
    const row = rows[i]!;
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(row[k]!);
    if (i === 1 || scale === 0) {
      beside[i] = row[i - 1]!;
      diagonal[i] = 0;
      continue;
    }
    let h = 0;
    for (let k = 0; k < i; k++) {
      row[k]! /= scale;
      h += row[k]! * row[k]!;
    }
    const f = row[i - 1]!;
    const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
    beside[i] = scale * g;
    h -= f * g;
    row[i - 1] = f - g;
    reflect(rows, beside, i, h);
    diagonal[i] = h;
  }
  diagonal[0] = 0;
  beside[0] = 0;
  accumulate(rows, diagonal);
}

/** Applies the reflection kept in row i to the leading i x i block from both sides. */
function reflect(rows: Float64Array[], beside: Float64Array, i: number, h: number): void {
  const row = rows[i]!;
  let f = 0;
  for (let j = 0; j < i; j++) {
    rows[j]![i] = row[j]! / h;
    let g = 0;
    for (let k = 0; k <= j; k++) g += rows[j]![k]! * row[k]!;
    for (let k = j + 1; k < i; k++) g += rows[k]![j]! * row[k]!;
    beside[j] = g / h;
    f += beside[j]! * row[j]!;
  }
  const half = f / (h + h);
  for (let j = 0; j < i; j++) {
    const u = row[j]!;
    const g = beside[j]! - half * u;
    beside[j] = g;
    for (let k = 0; k <= j; k++) rows[j]![k]! -= u * beside[k]! + g * row[k]!;
  }
}

function accumulate(rows: Float64Array[], diagonal: Float64Array): void {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const row = rows[i]!;
    if (diagonal[i] !== 0) {
      for (let j = 0; j < i; j++) {
        let g = 0;
        for (let k = 0; k < i; k++) g += row[k]! * rows[k]![j]!;
        for (let k = 0; k < i; k++) rows[k]![j]! -= g * rows[k]![i]!;
      }
    }
    diagonal[i] = row[i]!;
    row[i] = 1;
    for (let j = 0; j < i; j++) {
      rows[j]![i] = 0;
      row[j] = 0;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const kept = rows[i]![j]!;
      rows[i]![j] = rows[j]![i]!;
      rows[j]![i] = kept;
    }
  }
}

function implicitQl(vectors: Float64Array[], diagonal: Float64Array, beside: Float64Array): void {
  const n = vectors.length;
  for (let i = 1; i < n; i++) beside[i - 1] = beside[i]!;
  if (n > 0) beside[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let iteration = 0; ; iteration++) {
      const m = firstSmall(diagonal, beside, l);
      if (m === l) break;
      if (iteration === MOST_ITERATIONS) {
        throw new NotConvergedError("The eigenvalues of a symmetric matrix did not converge.", {
          remedy: "Check that the data hold no infinite or undefined values.",
        });
      }
      qlStep(vectors, diagonal, beside, l, m);
    }
  }
}

/** First index m >= l at which the off-diagonal element is negligible. */
function firstSmall(diagonal: Float64Array, beside: Float64Array, l: number): number {
  let m = l;
  for (; m < diagonal.length - 1; m++) {
    const size = Math.abs(diagonal[m]!) + Math.abs(diagonal[m + 1]!);
    if (Math.abs(beside[m]!) + size === size) break;
  }
  return m;
}

function qlStep(vectors: Float64Array[], diagonal: Float64Array, beside: Float64Array, l: number, m: number): void {
  let g = (diagonal[l + 1]! - diagonal[l]!) / (2 * beside[l]!);
  const root = Math.sqrt(g * g + 1);
  g = diagonal[m]! - diagonal[l]! + beside[l]! / (g + (g >= 0 ? root : -root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * beside[i]!;
    const b = c * beside[i]!;
    const r = Math.sqrt(f * f + g * g);
    beside[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1]! -= p;
      beside[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1]! - p;
    const t = (diagonal[i]! - g) * s + 2 * c * b;
    p = s * t;
    diagonal[i + 1] = g + p;
    g = c * t - b;
    rotate(vectors[i]!, vectors[i + 1]!, c, s);
  }
  diagonal[l]! -= p;
  beside[l] = g;
  beside[m] = 0;
}

function rotate(lower: Float64Array, upper: Float64Array, c: number, s: number): void {
  for (let k = 0; k < lower.length; k++) {
    const f = upper[k]!;
    upper[k] = s * lower[k]! + c * f;
    lower[k] = c * lower[k]! - s * f;
  }
}

function inOrder(vectors: Float64Array[], diagonal: Float64Array): SymmetricEigen {
  const n = vectors.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const sorted = matrix(n, n);
  order.forEach((source, target) => {
    const vector = vectors[source]!;
    let largest = 0;
    for (let k = 1; k < n; k++) if (Math.abs(vector[k]!) > Math.abs(vector[largest]!)) largest = k;
    const sign = vector[largest]! < 0 ? -1 : 1;
    for (let k = 0; k < n; k++) sorted.data[target * n + k] = sign * vector[k]!;
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors: sorted };
}
