import { type Arithmetic, referenceArithmetic } from "../arithmetic.js";
import { rowsOf, turned } from "../matrix-product.js";
import type { Activations, Layer, Parameter } from "./layer.js";

/** Fully connected: y = x Wᵀ + b, with W [outputs x inputs] and b [outputs], as PyTorch's `Linear`. */
export function dense(
  input: Activations,
  output: Activations,
  weight: Parameter,
  bias: Parameter,
  arithmetic: Arithmetic = referenceArithmetic,
): Layer {
  const { width: inputs } = input;
  const { width: outputs } = output;
  const multiply = arithmetic.addProduct;
  return {
    forward(rows) {
      for (let row = 0; row < rows; row++) output.values.set(bias.values, row * outputs);
      multiply(output.values, rows, outputs, inputs, rowsOf(input.values, inputs), turned(weight.values, inputs));
    },
    backward(rows) {
      multiply(input.gradient, rows, inputs, outputs, rowsOf(output.gradient, outputs), rowsOf(weight.values, inputs));
      multiply(weight.gradient, outputs, inputs, rows, turned(output.gradient, outputs), rowsOf(input.values, inputs));
      arithmetic.addColumnSums(bias.gradient, output.gradient, rows, outputs);
    },
  };
}
