import { expect, test } from "vitest";
import { allOf } from "../member.js";
import { dense } from "./dense.js";
import { checkLayer, fillAwayFromZero } from "./gradient-check.test-support.js";
import { type Activations, activations, type Parameter } from "./layer.js";
import { layerNorm } from "./layer-norm.js";
import { leakyRelu } from "./leaky-relu.js";
import { activationLayers } from "./output-activation.js";
import { reparameterise } from "./reparameterise.js";

const ROWS = 3;

function filled(width: number, name: string): Activations {
  const made = activations(ROWS, width);
  fillAwayFromZero(made.values, name);
  return made;
}

function parameter(size: number, name: string): Parameter {
  return { values: fillAwayFromZero(new Float32Array(size), name), gradient: new Float32Array(size) };
}

test.each([
  [4, 6],
  [5, 3],
  [1, 1],
])("fully connected, %d to %d: values and gradients", (inputs, outputs) => {
  const [input, output] = [filled(inputs, "x"), activations(ROWS, outputs)];
  const [weight, bias] = [parameter(inputs * outputs, "W"), parameter(outputs, "b")];
  const layer = dense(input, output, weight, bias);
  layer.forward(allOf(ROWS));
  for (let row = 0; row < ROWS; row++) {
    for (let o = 0; o < outputs; o++) {
      let sum = bias.values[o]!;
      for (let i = 0; i < inputs; i++) sum += input.values[row * inputs + i]! * weight.values[o * inputs + i]!;
      expect(output.values[row * outputs + o]).toBeCloseTo(sum, 5);
    }
  }
  checkLayer(layer, output, { input, weight, bias }, ROWS);
});

test("layer normalisation: mean 0 and variance 1 before scale and shift; gradients", () => {
  const [input, output] = [filled(7, "x"), activations(ROWS, 7)];
  const [scale, shift] = [parameter(7, "scale"), parameter(7, "shift")];
  const layer = layerNorm(input, output, scale, shift);
  layer.forward(allOf(ROWS));
  const plain = Array.from(output.values.subarray(0, 7), (value, j) => (value - shift.values[j]!) / scale.values[j]!);
  expect(plain.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
  expect(plain.reduce((sum, value) => sum + value * value, 0) / 7).toBeCloseTo(1, 3);
  checkLayer(layer, output, { input, scale, shift }, ROWS);
});

test("leaky ReLU: slope 0.02 below zero; gradients", () => {
  const [input, output] = [filled(5, "x"), activations(ROWS, 5)];
  const layer = leakyRelu(input, output);
  layer.forward(allOf(ROWS));
  const expected = Array.from(input.values, (value) => Math.fround(value > 0 ? value : 0.02 * value));
  expect(Array.from(output.values)).toEqual(expected);
  checkLayer(layer, output, { input }, ROWS);
});

test("softmax: positive shares of 1, safe for large values; gradients", () => {
  const [input, output] = [filled(5, "x"), activations(ROWS, 5)];
  const layer = activationLayers.softmax!(input, output);
  checkLayer(layer, output, { input }, ROWS);
  input.values.fill(800);
  layer.forward(allOf(1));
  expect(Array.from(output.values.subarray(0, 5))).toEqual(Array.from({ length: 5 }, () => Math.fround(0.2)));
});

test("sigmoid: 0 to 1; gradients", () => {
  const [input, output] = [filled(5, "x"), activations(ROWS, 5)];
  const layer = activationLayers.sigmoid!(input, output);
  checkLayer(layer, output, { input }, ROWS);
  input.values.set([-800, 0, 800]);
  layer.forward(allOf(1));
  expect(Array.from(output.values.subarray(0, 3))).toEqual([0, 0.5, 1]);
});

test("a sample of the latent cloud: the mean without noise; gradients", () => {
  const [mean, logVariance, output] = [filled(2, "mean"), filled(2, "logVariance"), activations(ROWS, 2)];
  const noise = new Float32Array(ROWS * 2);
  const layer = reparameterise(mean, logVariance, noise, output);
  layer.forward(allOf(ROWS));
  expect(output.values).toEqual(mean.values);
  fillAwayFromZero(noise, "noise");
  checkLayer(layer, output, { mean, logVariance }, ROWS);
});
