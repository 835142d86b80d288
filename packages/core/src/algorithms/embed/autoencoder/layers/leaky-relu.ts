import { type Arithmetic, referenceArithmetic } from "../arithmetic.js";
import type { Activations, Layer } from "./layer.js";

/** x where it is positive, 0.02 x elsewhere (Maas, Hannun and Ng 2013). */
export function leakyRelu(input: Activations, output: Activations, arithmetic: Arithmetic = referenceArithmetic): Layer {
  const { width } = input;
  return {
    forward({ from, to }) {
      arithmetic.leakyForward(input.values, output.values, { from: from * width, to: to * width });
    },
    backward({ from, to }) {
      arithmetic.leakyBackward(input, output.gradient, { from: from * width, to: to * width });
    },
  };
}
