import { DataCheckError } from "../../errors.js";
import { symmetricEigen } from "../../kernels/linear-algebra/symmetric-eigen.js";
import { matrix } from "../../kernels/matrix.js";

/** Samples turned and scaled so that their variables have variance 1 and no correlation. */
export interface Whitened {
  readonly k: number;
  readonly samples: number;
  /** Float64 [samples x k], row-major: (x - mean) Kᵀ. */
  readonly data: Float64Array;
  /** K, float64 [k x k], row-major. */
  readonly whitening: Float64Array;
  /** K⁻¹, float64 [k x k], row-major. */
  readonly colouring: Float64Array;
}

/** Smallest variance along an axis, as a share of the largest, that is more than rounding. */
const LEAST_VARIANCE = 1e-13;

/**
 * Whitens `samples` x `k` values (row-major): K = Λ^(-1/2) Eᵀ from the eigenvectors of the covariance (divisor `samples`).
 * Throws {@link DataCheckError} when variables depend on each other.
 */
export function whitened(data: Float64Array, k: number): Whitened {
  const samples = data.length / k;
  const mean = new Float64Array(k);
  for (let i = 0; i < data.length; i++) mean[i % k]! += data[i]!;
  for (let j = 0; j < k; j++) mean[j]! /= samples;
  const covariance = matrix(k, k);
  const own = new Float64Array(k);
  for (let at = 0; at < data.length; at += k) {
    for (let j = 0; j < k; j++) own[j] = data[at + j]! - mean[j]!;
    for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) covariance.data[i * k + j]! += (own[i]! * own[j]!) / samples;
  }
  const { values, vectors } = symmetricEigen(covariance);
  if (!(values[k - 1]! > LEAST_VARIANCE * values[0]!)) {
    throw new DataCheckError("Some components are sums of others, so they cannot be separated.", {
      found: `variances from ${values[0]} down to ${values[k - 1]}`,
      remedy: "Ask for fewer components.",
    });
  }
  const whitening = new Float64Array(k * k);
  const colouring = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      whitening[i * k + j] = vectors.data[i * k + j]! / Math.sqrt(values[i]!);
      colouring[j * k + i] = vectors.data[i * k + j]! * Math.sqrt(values[i]!);
    }
  }
  const out = new Float64Array(data.length);
  for (let at = 0; at < data.length; at += k) {
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += whitening[i * k + j]! * (data[at + j]! - mean[j]!);
      out[at + i] = sum;
    }
  }
  return { k, samples, data: out, whitening, colouring };
}
