import { type Arithmetic, referenceArithmetic } from "../arithmetic.js";
import { rowsOf, turned } from "../matrix-product.js";
import { shareOf } from "../member.js";
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
  const [x, y] = [rowsOf(input.values, inputs), rowsOf(output.gradient, outputs)];
  const [weights, weightsTurned] = [rowsOf(weight.values, inputs), turned(weight.values, inputs)];
  const yTurned = turned(output.gradient, outputs);
  return {
    forward(rows) {
      for (let row = rows.from; row < rows.to; row++) output.values.set(bias.values, row * outputs);
      multiply(output.values, rows, outputs, inputs, x, weightsTurned);
    },
    backward(rows) {
      multiply(input.gradient, rows, inputs, outputs, y, weights);
    },
    addGradients(rows, member) {
      const own = shareOf(outputs, member);
      multiply(weight.gradient, own, inputs, rows, yTurned, x);
      arithmetic.addColumnSums(bias.gradient, output.gradient, rows, own);
    },
  };
}
