/**
 * The matrix that is decomposed, Z = diag(row) (X - 1 meanᵀ) diag(column), with X the sparse spectra (rows are pixels). Neither the weights nor
 * the mean are ever written into X: a product with Z is one pass over the sparse rows, in their order, so the same bits come out however the
 * source is cut into blocks.
 */
import type { SpectraRows } from "../unmix/spectra-rows.js";
import { quickestProducts } from "../unmix/thin-products/kernel-products.js";
import { type RowBatch, type ThinProducts, widened } from "../unmix/thin-products/thin-products.js";

export interface Weights {
  /** Float64 [rows], above 0 where a row is used. */
  readonly row: Float64Array;
  /** Float64 [channels], above 0. */
  readonly column: Float64Array;
  /** Float64 [channels], subtracted from every used row before weighting; `undefined` subtracts nothing. */
  readonly mean: Float64Array | undefined;
}

export interface WeightedMatrix {
  readonly spectra: SpectraRows;
  readonly weights: Weights;
  readonly rows: number;
  /** Rows that the mask leaves. */
  readonly usedRows: number;
  readonly columns: number;
  /** Uint8 [columns]: 0 for a channel that holds nothing in any pixel. */
  readonly filled: Uint8Array;
  /** Σ z²: the squared Frobenius norm of Z. */
  readonly squaredNorm: number;
}

type Breath = () => Promise<void>;

/** Z B for B float64 [columns x width], row-major: float64 [rows x width], 0 in rows that the mask leaves out. */
export async function timesRight(
  matrix: WeightedMatrix,
  b: Float64Array,
  width: number,
  breath: Breath,
): Promise<Float64Array<ArrayBuffer>> {
  const { weights, spectra } = matrix;
  const thin = await quickestProducts(matrix.columns, width);
  const ofMean = beginProducts(thin, weights, b, width);
  const out = new Float64Array(matrix.rows * width);
  const between = ({ rows, row, products }: RowBatch): void => {
    for (let r = 0; r < rows; r++) {
      const [from, to, weight] = [r * thin.stride, row[r]! * width, weights.row[row[r]!]!];
      for (let l = 0; l < width; l++) out[to + l] = weight * (products[from + l]! - ofMean[l]!);
    }
  };
  await thin.pass(spectra, { gather: true, between, scatter: false }, breath);
  return out;
}

/** Zᵀ Z B for B float64 [columns x width], row-major, in one pass: float64 [columns x width]. Nothing as long as the rows is kept. */
export async function gramTimes(
  { weights, spectra, columns }: WeightedMatrix,
  b: Float64Array,
  width: number,
  breath: Breath,
): Promise<Float64Array> {
  const thin = await quickestProducts(columns, width);
  const { stride, sums } = thin;
  const ofMean = beginProducts(thin, weights, b, width);
  const sumY = new Float64Array(width);
  const between = ({ rows, row, products: y }: RowBatch): void => {
    for (let r = 0, at = 0; r < rows; r++, at += stride) {
      const square = weights.row[row[r]!]! * weights.row[row[r]!]!;
      for (let l = 0; l < width; l++) {
        y[at + l] = square * (y[at + l]! - ofMean[l]!);
        sumY[l]! += y[at + l]!;
      }
    }
  };
  await thin.pass(spectra, { gather: true, between, scatter: true }, breath);
  const out = new Float64Array(columns * width);
  for (let c = 0; c < columns; c++) {
    const mean = weights.mean?.[c] ?? 0;
    for (let l = 0; l < width; l++) out[c * width + l] = weights.column[c]! * (sums[c * stride + l]! - mean * sumY[l]!);
  }
  return out;
}

/** Puts diag(column) B in place; returns what the mean takes off every product, float64 [width]. */
function beginProducts(
  { matrix, stride }: ThinProducts,
  { column, mean }: Weights,
  b: Float64Array,
  width: number,
): Float64Array {
  const weighted = weightedColumns(column, b, width);
  widened(weighted, width, matrix, stride);
  return productWithMean(mean, weighted, width);
}

/** Z itself, used rows only: float64 [usedRows x columns]. For small matrices and for tests. */
export async function denseMatrix(
  { weights, spectra, usedRows, columns }: WeightedMatrix,
  breath: Breath,
): Promise<Float64Array<ArrayBuffer>> {
  const dense = new Float64Array(usedRows * columns);
  let used = 0;
  await spectra.visit((row, channel, count, from, to) => {
    const own = dense.subarray(used * columns, (used + 1) * columns);
    if (weights.mean !== undefined) for (let c = 0; c < columns; c++) own[c] = -weights.mean[c]!;
    for (let i = from; i < to; i++) own[channel[i]!]! += count[i]!;
    for (let c = 0; c < columns; c++) own[c]! *= weights.row[row]! * weights.column[c]!;
    used += 1;
  }, breath);
  return dense;
}

function weightedColumns(column: Float64Array, b: Float64Array, width: number): Float64Array {
  const weighted = new Float64Array(b.length);
  for (let c = 0; c < column.length; c++) {
    for (let l = 0; l < width; l++) weighted[c * width + l] = column[c]! * b[c * width + l]!;
  }
  return weighted;
}

/** meanᵀ diag(column) B: float64 [width]. */
function productWithMean(mean: Float64Array | undefined, weighted: Float64Array, width: number): Float64Array {
  const product = new Float64Array(width);
  mean?.forEach((value, c) => {
    for (let l = 0; l < width; l++) product[l]! += value * weighted[c * width + l]!;
  });
  return product;
}
