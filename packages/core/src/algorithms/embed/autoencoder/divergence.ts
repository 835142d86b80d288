import { exp } from "../../../kernels/math.js";
import type { Span } from "./member.js";

/**
 * How far the clouds of a variational autoencoder are from one standard normal cloud (Kullback and Leibler 1951): sum over the first `count` values of
 * -½ (1 + log σ² - µ² - σ²), in float64 in their order. SIGMA, and so we, take its **mean** over pixels and latent dimensions for the loss,
 * where the evidence lower bound has the sum over dimensions.
 */
export function divergence(mean: Float32Array, logVariance: Float32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += mean[i]! * mean[i]! + exp(logVariance[i]!) - 1 - logVariance[i]!;
  }
  return 0.5 * sum;
}

/** Adds the derivative of `factor` times that sum by each µ and log σ² of a span. */
export function addDivergenceGradient(
  mean: { readonly values: Float32Array; readonly gradient: Float32Array },
  logVariance: { readonly values: Float32Array; readonly gradient: Float32Array },
  { from, to }: Span,
  factor: number,
): void {
  for (let i = from; i < to; i++) {
    mean.gradient[i]! += factor * mean.values[i]!;
    logVariance.gradient[i]! += 0.5 * factor * (exp(logVariance.values[i]!) - 1);
  }
}
