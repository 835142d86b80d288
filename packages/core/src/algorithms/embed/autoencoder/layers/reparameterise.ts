import { exp } from "../../../../kernels/math.js";
import type { Activations, Layer } from "./layer.js";

/**
 * z = µ + exp(½ log σ²) ε: a sample of the latent cloud whose derivative by µ and log σ² is known (Kingma and Welling 2014,
 * doi:10.48550/arXiv.1312.6114). `noise` is ε, float32 [capacity x width], filled by the caller; with zeros z is µ.
 */
export function reparameterise(mean: Activations, logVariance: Activations, noise: Float32Array, output: Activations): Layer {
  const { width } = output;
  return {
    forward(rows) {
      for (let i = rows.from * width; i < rows.to * width; i++) {
        output.values[i] = mean.values[i]! + exp(0.5 * logVariance.values[i]!) * noise[i]!;
      }
    },
    backward(rows) {
      for (let i = rows.from * width; i < rows.to * width; i++) {
        const gradient = output.gradient[i]!;
        mean.gradient[i]! += gradient;
        logVariance.gradient[i]! += gradient * 0.5 * exp(0.5 * logVariance.values[i]!) * noise[i]!;
      }
    },
  };
}
