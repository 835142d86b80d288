import { symmetricEigen } from "../../kernels/linear-algebra/symmetric-eigen.js";
import { type Matrix, matrix } from "../../kernels/matrix.js";
import { breather, type WorkContext } from "../../spectrum-image/context.js";

/** The directions in which rows of features differ most, from the covariance matrix about their mean. */
export interface PrincipalAxes {
  /** Float64 [features] */
  readonly mean: Float64Array;
  /** features x features: row i is the unit vector of the i-th axis, its entry of largest size positive. */
  readonly axes: Matrix;
  /** Float64 [features]: variance (divisor n - 1) along each axis, falling, never below 0. */
  readonly variance: Float64Array;
}

const ROWS_PER_BREATH = 4096;

/**
 * Principal axes (Pearson 1901, doi:10.1080/14786440109462720) of n rows of m features: n m² / 2 steps for the covariance and about
 * 10 m³ for its eigenvectors, so meant for up to a few hundred features. Sums run over the rows in order.
 */
export async function principalAxes(features: Matrix<Float32Array> | Matrix, context: WorkContext = {}): Promise<PrincipalAxes> {
  const mean = meanOf(features);
  const covariance = await covarianceAbout(mean, features, context);
  const { values, vectors } = symmetricEigen(covariance);
  return { mean, axes: vectors, variance: values.map((value) => Math.max(value, 0)) };
}

function meanOf({ rows, columns, data }: Matrix<Float32Array> | Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let row = 0; row < rows; row++) for (let c = 0; c < columns; c++) mean[c]! += data[row * columns + c]!;
  return mean.map((sum) => sum / rows);
}

/** Coordinates of each row along the first `count` axes: float64 [rows x count]. */
export function scoresAlong({ mean, axes }: PrincipalAxes, features: Matrix<Float32Array> | Matrix, count: number): Matrix {
  const { rows, columns, data } = features;
  const scores = matrix(rows, count);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += (data[row * columns + c]! - mean[c]!) * axes.data[i * columns + c]!;
      scores.data[row * count + i] = sum;
    }
  }
  return scores;
}

async function covarianceAbout(
  mean: Float64Array,
  { rows, columns, data }: Matrix<Float32Array> | Matrix,
  context: WorkContext,
): Promise<Matrix> {
  const pause = breather(context);
  const sums = matrix(columns, columns);
  for (let from = 0; from < rows; from += ROWS_PER_BREATH) {
    addProducts(sums.data, mean, data, columns, from, Math.min(from + ROWS_PER_BREATH, rows));
    context.onProgress?.(from / rows);
    await pause();
  }
  context.onProgress?.(1);
  const divisor = Math.max(rows - 1, 1);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      sums.data[i * columns + j]! /= divisor;
      sums.data[j * columns + i] = sums.data[i * columns + j]!;
    }
  }
  return sums;
}

/** Adds the products of the centred features of the rows `from` to `to` to the lower triangle of `sums`. */
function addProducts(
  sums: Float64Array,
  mean: Float64Array,
  data: Float32Array | Float64Array,
  columns: number,
  from: number,
  to: number,
): void {
  const centred = new Float64Array(columns);
  for (let row = from; row < to; row++) {
    for (let c = 0; c < columns; c++) centred[c] = data[row * columns + c]! - mean[c]!;
    for (let i = 0; i < columns; i++) {
      const value = centred[i]!;
      for (let j = 0; j <= i; j++) sums[i * columns + j]! += value * centred[j]!;
    }
  }
}
