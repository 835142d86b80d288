import type { Matrix } from "../../../kernels/matrix.js";

/** What the features were like in training. */
export interface FeatureStatistics {
  /** Float64 [features] */
  readonly mean: Float64Array;
  /** Float64 [features]: standard deviation, divisor n. */
  readonly spread: Float64Array;
}

export function featureStatistics({ rows, columns, data }: Matrix<Float32Array>): FeatureStatistics {
  const mean = new Float64Array(columns);
  const spread = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) mean[i % columns]! += data[i]!;
  for (let c = 0; c < columns; c++) mean[c]! /= rows;
  for (let i = 0; i < data.length; i++) {
    const difference = data[i]! - mean[i % columns]!;
    spread[i % columns]! += difference * difference;
  }
  return { mean, spread: spread.map((square) => Math.sqrt(square / rows)) };
}
