/** Errors of a composition from errors of the intensities, through the whole matrix correction. */
import type { MassFractions } from "../../../xray/attenuation.js";
import { compositionFrom, type MeasuredFamily, type Sample } from "./matrix-correction.js";

/** Relative step for the derivatives, and the smallest one in counts. */
const STEP = 0.01;

/**
 * d C_i / d ln I_j for every element of the composition and every measured family, by a step of 1 % to either side: float64 [elements x families].
 * The elements are in the order of `Object.keys(composition)`.
 */
export function logDerivatives(measured: readonly MeasuredFamily[], sample: Sample, composition: MassFractions): Float64Array {
  const elements = Object.keys(composition);
  const n = measured.length;
  const derivatives = new Float64Array(elements.length * n);
  for (let j = 0; j < n; j++) {
    const [low, high] = [1 - STEP, 1 + STEP].map((factor) =>
      compositionFrom(
        measured.map((one, k) => (k === j ? { ...one, counts: one.counts * factor } : one)),
        sample,
      ),
    );
    elements.forEach((element, i) => {
      derivatives[i * n + j] = (high![element]! - low![element]!) / (2 * STEP);
    });
  }
  return derivatives;
}

/** J V Jt: float64 [rows x rows] from J [rows x columns] and V [columns x columns]. */
export function propagated(jacobian: Float64Array, rows: number, covariance: Float64Array, columns: number): Float64Array {
  const half = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += jacobian[i * columns + j]! * covariance[j * columns + k]!;
      half[i * columns + k] = sum;
    }
  }
  const result = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < rows; k++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += half[i * columns + j]! * jacobian[k * columns + j]!;
      result[i * rows + k] = sum;
    }
  }
  return result;
}
