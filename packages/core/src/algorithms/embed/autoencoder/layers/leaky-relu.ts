import { type Arithmetic, referenceArithmetic } from "../arithmetic.js";
import type { Activations, Layer } from "./layer.js";

/** x where it is positive, 0.02 x elsewhere (Maas, Hannun and Ng 2013). */
export function leakyRelu(input: Activations, output: Activations, arithmetic: Arithmetic = referenceArithmetic): Layer {
  const { width } = input;
  return {
    forward(rows) {
      arithmetic.leakyForward(input.values, output.values, rows * width);
    },
    backward(rows) {
      arithmetic.leakyBackward(input, output.gradient, rows * width);
    },
  };
}
