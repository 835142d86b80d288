/** Derivatives by finite differences: the truth that every layer's `backward` is held against. */
import { expect } from "vitest";
import { randomStream } from "../../../../kernels/random.js";
import { ALONE, allOf } from "../member.js";
import type { Activations, Layer } from "./layer.js";

/** Small enough for the curvature, large enough for float32. */
const STEP = 1 / 128;

/** Fills with normal numbers that keep away from 0, where some derivatives jump. */
export function fillAwayFromZero(values: Float32Array, name: string): Float32Array {
  const random = randomStream(7, name);
  for (let i = 0; i < values.length; i++) {
    const value = random.normal();
    values[i] = value + (value < 0 ? -0.1 : 0.1);
  }
  return values;
}

/**
 * Compares the gradients that `layer` gives to its inputs and parameters with central differences of Σ weight x output, for random weights.
 * Gradients are filled with 1 before, as both `backward` and `addGradients` must add.
 */
export function checkLayer(
  layer: Layer,
  output: Activations,
  inputs: Readonly<Record<string, { readonly values: Float32Array; readonly gradient: Float32Array }>>,
  rows: number,
): void {
  const weights = fillAwayFromZero(new Float32Array(output.values.length), "weights");
  const sum = (): number => {
    layer.forward(allOf(rows));
    let total = 0;
    for (let i = 0; i < rows * output.width; i++) total += weights[i]! * output.values[i]!;
    return total;
  };
  sum();
  output.gradient.set(weights);
  for (const { gradient } of Object.values(inputs)) gradient.fill(1);
  layer.backward(allOf(rows));
  layer.addGradients?.(rows, ALONE);
  for (const [name, { values, gradient }] of Object.entries(inputs)) {
    checkDerivatives(
      name,
      values,
      gradient.map((value) => value - 1),
      sum,
    );
  }
}

/** Compares `gradient` with central differences of `of` by each of `values`, taken `step` to either side. */
export function checkDerivatives(
  name: string,
  values: Float32Array,
  gradient: Float32Array,
  of: () => number,
  step: number = STEP,
): void {
  for (let i = 0; i < values.length; i++) {
    const kept = values[i]!;
    values[i] = kept + step;
    const above = of();
    values[i] = kept - step;
    const below = of();
    values[i] = kept;
    const expected = (above - below) / (2 * step);
    const allowed = 2e-3 * Math.max(1, Math.abs(expected));
    expect(Math.abs(gradient[i]! - expected), `${name}[${i}]: ${gradient[i]} for ${expected}`).toBeLessThan(allowed);
  }
}
