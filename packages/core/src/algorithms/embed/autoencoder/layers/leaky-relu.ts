import type { Activations, Layer } from "./layer.js";

/** SIGMA's slope below zero. */
const SLOPE = 0.02;

/** x where it is positive, 0.02 x elsewhere (Maas, Hannun and Ng 2013). */
export function leakyRelu(input: Activations, output: Activations): Layer {
  const { width } = input;
  return {
    forward(rows) {
      for (let i = 0; i < rows * width; i++) {
        const value = input.values[i]!;
        output.values[i] = value > 0 ? value : SLOPE * value;
      }
    },
    backward(rows) {
      for (let i = 0; i < rows * width; i++) {
        const gradient = output.gradient[i]!;
        input.gradient[i]! += input.values[i]! > 0 ? gradient : SLOPE * gradient;
      }
    },
  };
}
