import { type Arithmetic, referenceArithmetic } from "../arithmetic.js";
import { shareOf } from "../member.js";
import type { Activations, Layer, Parameter } from "./layer.js";

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, doi:10.48550/arXiv.1607.06450): each pixel's values to mean 0 and variance 1 (divisor n, plus
 * 1e-5 as in PyTorch), then times `scale` plus `shift`, both [width]. Mean and variance are summed in float64.
 */
export function layerNorm(
  input: Activations,
  output: Activations,
  scale: Parameter,
  shift: Parameter,
  arithmetic: Arithmetic = referenceArithmetic,
): Layer {
  const capacity = input.values.length / input.width;
  const kept = { mean: arithmetic.doubles(capacity), inverseSpread: arithmetic.doubles(capacity) };
  return {
    forward(rows) {
      arithmetic.normForward(input.values, output.values, scale.values, shift.values, kept, rows);
    },
    backward(rows) {
      arithmetic.normBackward(input, output.gradient, scale.values, kept, rows);
    },
    addGradients(rows, member) {
      const own = shareOf(input.width, member);
      arithmetic.addNormSums(input.values, output.gradient, scale.gradient, shift.gradient, kept, rows, own);
    },
  };
}
