import { exp } from "../../../../kernels/math.js";
import type { Activations, Layer } from "./layer.js";

export const outputActivations = ["linear", "softmax", "sigmoid"] as const;
/** What the last layer ends in: any number, positive shares of 1, or numbers from 0 to 1. */
export type OutputActivation = (typeof outputActivations)[number];

/** The end of the decoder. Linear takes no layer: its output is its input. */
export const activationLayers: Record<OutputActivation, ((input: Activations, output: Activations) => Layer) | undefined> = {
  linear: undefined,
  softmax,
  sigmoid,
};

/** exp(x) over the sum of exp(x) of the pixel; safe for values of any size. */
function softmax(input: Activations, output: Activations): Layer {
  const { width } = input;
  const powers = new Float64Array(width);
  return {
    forward(rows) {
      for (let from = rows.from * width; from < rows.to * width; from += width) {
        let largest = -Infinity;
        for (let j = 0; j < width; j++) largest = Math.max(largest, input.values[from + j]!);
        let sum = 0;
        for (let j = 0; j < width; j++) {
          powers[j] = exp(input.values[from + j]! - largest);
          sum += powers[j]!;
        }
        for (let j = 0; j < width; j++) output.values[from + j] = powers[j]! / sum;
      }
    },
    backward(rows) {
      for (let from = rows.from * width; from < rows.to * width; from += width) {
        let along = 0;
        for (let j = 0; j < width; j++) along += output.gradient[from + j]! * output.values[from + j]!;
        for (let j = 0; j < width; j++) {
          input.gradient[from + j]! += output.values[from + j]! * (output.gradient[from + j]! - along);
        }
      }
    },
  };
}

/** 1 / (1 + exp(-x)). */
function sigmoid(input: Activations, output: Activations): Layer {
  const { width } = input;
  return {
    forward(rows) {
      for (let i = rows.from * width; i < rows.to * width; i++) output.values[i] = 1 / (1 + exp(-input.values[i]!));
    },
    backward(rows) {
      for (let i = rows.from * width; i < rows.to * width; i++) {
        const value = output.values[i]!;
        input.gradient[i]! += output.gradient[i]! * value * (1 - value);
      }
    },
  };
}
