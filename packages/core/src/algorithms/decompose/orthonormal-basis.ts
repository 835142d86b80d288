/** Orthonormal columns, for bases that are tall and thin: arrays [rows x width], row-major. Sums run over the rows in order. */
import { symmetricEigen } from "../../kernels/linear-algebra/symmetric-eigen.js";
import { matrix } from "../../kernels/matrix.js";

/** Aᵀ B: float64 [widthA x widthB]. */
export function crossProducts(a: Float64Array, widthA: number, b: Float64Array, widthB: number): Float64Array<ArrayBuffer> {
  const rows = widthA === 0 ? 0 : a.length / widthA;
  const out = new Float64Array(widthA * widthB);
  for (let r = 0; r < rows; r++) {
    const atB = r * widthB;
    for (let i = 0; i < widthA; i++) {
      const value = a[r * widthA + i]!;
      if (value === 0) continue;
      const at = i * widthB;
      for (let j = 0; j < widthB; j++) out[at + j]! += value * b[atB + j]!;
    }
  }
  return out;
}

/** A M with A [rows x width] and M [width x columns]: float64 [rows x columns]. */
export function timesSmall(a: Float64Array, width: number, m: Float64Array, columns: number): Float64Array {
  const rows = a.length / width;
  const out = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < width; i++) {
      const value = a[r * width + i]!;
      if (value === 0) continue;
      for (let j = 0; j < columns; j++) out[r * columns + j]! += value * m[i * columns + j]!;
    }
  }
  return out;
}

/** Takes the span of `basis` (orthonormal columns) out of `a`, in place. */
export function takeOut(basis: Float64Array, widthBasis: number, a: Float64Array, widthA: number): void {
  const shares = crossProducts(basis, widthBasis, a, widthA);
  const rows = a.length / widthA;
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < widthBasis; i++) {
      const value = basis[r * widthBasis + i]!;
      if (value === 0) continue;
      const at = i * widthA;
      for (let j = 0; j < widthA; j++) a[r * widthA + j]! -= value * shares[at + j]!;
    }
  }
}

export interface Basis {
  readonly width: number;
  readonly data: Float64Array;
}

/**
 * Orthonormal columns that span those of `a`, from the eigenvectors of AᵀA, twice. Directions whose squared length is not above `negligible`
 * are dropped, so the width may shrink, down to 0.
 */
export function orthonormalised(a: Float64Array, width: number, negligible: number): Basis {
  const once = halfStep(a, width, negligible);
  return once.width === 0 ? once : halfStep(once.data, once.width, 0.25);
}

function halfStep(a: Float64Array, width: number, negligible: number): Basis {
  const { values, vectors } = symmetricEigen(matrix(width, width, crossProducts(a, width, a, width)));
  const kept = values.findIndex((value) => !(value > negligible && value > 1e-14 * values[0]!));
  const columns = kept === -1 ? width : kept;
  const turn = new Float64Array(width * columns);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < width; i++) turn[i * columns + j] = vectors.data[j * width + i]! / Math.sqrt(values[j]!);
  }
  return { width: columns, data: columns === 0 ? new Float64Array(0) : timesSmall(a, width, turn, columns) };
}
