import type { Activations, Layer, Parameter } from "./layer.js";

/** Added to the variance, as in PyTorch. */
const EPSILON = 1e-5;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, doi:10.48550/arXiv.1607.06450): each pixel's values to mean 0 and variance 1 (divisor n), then
 * times `scale` plus `shift`, both [width]. Mean and variance are summed in float64.
 */
export function layerNorm(input: Activations, output: Activations, scale: Parameter, shift: Parameter): Layer {
  const { width } = input;
  const capacity = input.values.length / width;
  const mean = new Float64Array(capacity);
  const inverseSpread = new Float64Array(capacity);
  return {
    forward(rows) {
      for (let row = 0; row < rows; row++) {
        const from = row * width;
        const centre = meanOf(input.values, from, width);
        const inverse = 1 / Math.sqrt(varianceOf(input.values, from, width, centre) + EPSILON);
        for (let j = 0; j < width; j++) {
          output.values[from + j] = (input.values[from + j]! - centre) * inverse * scale.values[j]! + shift.values[j]!;
        }
        mean[row] = centre;
        inverseSpread[row] = inverse;
      }
    },
    backward(rows) {
      for (let row = 0; row < rows; row++) {
        const from = row * width;
        const centre = mean[row]!;
        const inverse = inverseSpread[row]!;
        let meanGradient = 0;
        let alongValue = 0;
        for (let j = 0; j < width; j++) {
          const normalised = (input.values[from + j]! - centre) * inverse;
          const gradient = output.gradient[from + j]!;
          scale.gradient[j]! += gradient * normalised;
          shift.gradient[j]! += gradient;
          meanGradient += gradient * scale.values[j]!;
          alongValue += gradient * scale.values[j]! * normalised;
        }
        meanGradient /= width;
        alongValue /= width;
        for (let j = 0; j < width; j++) {
          const normalised = (input.values[from + j]! - centre) * inverse;
          const gradient = output.gradient[from + j]! * scale.values[j]!;
          input.gradient[from + j]! += inverse * (gradient - meanGradient - normalised * alongValue);
        }
      }
    },
  };
}

function meanOf(values: Float32Array, from: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += values[from + j]!;
  return sum / width;
}

function varianceOf(values: Float32Array, from: number, width: number, mean: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) {
    const difference = values[from + j]! - mean;
    sum += difference * difference;
  }
  return sum / width;
}
