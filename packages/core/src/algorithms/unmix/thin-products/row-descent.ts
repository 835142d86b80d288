/**
 * Cyclic coordinate descent on ½ xᵀ G x - hᵀ x with x >= 0, one step for each coordinate, for the rows of a batch: G are the products of the columns of a matrix with each
 * other, h those of a row with the columns. Cichocki and Phan 2009, doi:10.1587/transfun.E92.A.708.
 */
import type { RowBatch } from "./thin-products.js";

export interface RowDescent {
  /** Float64 [width x width]: G. To be filled before a pass. */
  readonly gram: Float64Array;
  /** Float64 [width x stride]: Σ x xᵀ over the rows that were improved since it was last filled with 0; its upper triangle counts. */
  readonly rowGram: Float64Array;
  /**
   * Improves the values x of the rows of a batch that holds their products h, and leaves x in the place of h. `values`: float64 [all rows x width]. Returns `slopes` plus the
   * sizes of the slopes that were met.
   */
  improve(batch: RowBatch, values: Float64Array, slopes: number): number;
}

/** In plain TypeScript. */
export function referenceDescent(width: number, stride: number): RowDescent {
  const gram = new Float64Array(width * width);
  const rowGram = new Float64Array(width * stride);
  return {
    gram,
    rowGram,
    improve({ rows, row, products }, values, slopes) {
      let sum = slopes;
      for (let r = 0; r < rows; r++) {
        const [at, own] = [r * stride, row[r]! * width];
        sum += descend(values, own, width, gram, width, products, at, 0);
        for (let j = 0; j < width; j++) {
          const left = values[own + j]!;
          products[at + j] = left;
          for (let l = j; l < width; l++) rowGram[j * stride + l]! += left * values[own + l]!;
        }
      }
      return sum;
    },
  };
}

/** One coordinate step for each of k values at `at`, from `first` on; `gram` has `gramStride` values from row to row. Returns the sum of the sizes of the slopes. */
export function descend(
  x: Float64Array,
  at: number,
  k: number,
  gram: Float64Array,
  gramStride: number,
  h: Float64Array,
  hAt: number,
  first: number,
): number {
  let slopes = 0;
  for (let j = first; j < k; j++) {
    let slope = -h[hAt + j]!;
    for (let l = 0; l < k; l++) slope += gram[j * gramStride + l]! * x[at + l]!;
    const value = x[at + j]!;
    slopes += Math.abs(value === 0 ? Math.min(0, slope) : slope);
    const curvature = gram[j * gramStride + j]!;
    if (curvature !== 0) x[at + j] = Math.max(value - slope / curvature, 0);
  }
  return slopes;
}

/** Fills the lower triangle of a [k x stride] matrix from its upper one. */
export function mirror(gram: Float64Array, k: number, stride: number): void {
  for (let j = 1; j < k; j++) for (let l = 0; l < j; l++) gram[j * stride + l] = gram[l * stride + j]!;
}

/** Σ over rows of (row)ᵀ(row), k x k. */
export function gramOfRows(data: Float64Array, k: number): Float64Array {
  const gram = new Float64Array(k * k);
  for (let at = 0; at < data.length; at += k) {
    for (let j = 0; j < k; j++) {
      const left = data[at + j]!;
      for (let l = j; l < k; l++) gram[j * k + l]! += left * data[at + l]!;
    }
  }
  mirror(gram, k, k);
  return gram;
}
