/** Ten steps of training on one batch, as `scripts/golden/autoencoder.py` takes them with PyTorch. */
import { expect } from "vitest";
import { adam } from "./adam.js";
import { type Architecture, architectureSchema, tensorShapes } from "./architecture.js";
import { objectiveSum, sendBack } from "./batch-gradients.js";
import { type LossName, lossNames } from "./loss.js";
import { ALONE, allOf } from "./member.js";
import { buildNetwork } from "./network.js";
import { allocateWeights } from "./weights.js";

export const STEPS = 10;

export interface TrainingCase {
  readonly kind: string;
  readonly features: number;
  readonly hiddenSizes: readonly number[];
  readonly latentDimensions: number;
  readonly output: string;
  readonly loss: string;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly kldWeight: number;
  readonly weights: readonly number[];
  /** [pixels x features] */
  readonly data: readonly number[];
  /** [steps + 1, pixels, latent dimensions] */
  readonly noise: readonly number[];
}

export interface TrainingAnswer {
  /** Before each step and after the last. */
  readonly losses: readonly number[];
  /** Of the first step. */
  readonly gradient: readonly number[];
  readonly finalWeights: readonly number[];
  readonly latent: readonly number[];
}

export function architectureOf({ kind, features, hiddenSizes, latentDimensions, output }: TrainingCase): Architecture {
  return architectureSchema.parse({ kind, features, hiddenSizes, latentDimensions, output });
}

/** The same with our layers; the batch goes through the network in pieces of `capacity` pixels. */
export function ourAnswer(given: TrainingCase, capacity: number): TrainingAnswer {
  const weights = allocateWeights(tensorShapes(architectureOf(given)));
  weights.values.set(given.weights);
  const network = buildNetwork(architectureOf(given), weights, capacity);
  const optimiser = adam(weights, given.weightDecay);
  const objective = { loss: lossNamed(given.loss), divergenceWeight: given.kldWeight };
  const data = Float32Array.from(given.data);
  const pixels = data.length / given.features;
  const losses: number[] = [];
  const latent: number[] = [];
  let gradient: number[] = [];
  for (let step = 0; step <= STEPS; step++) {
    weights.gradient.fill(0);
    let sum = 0;
    for (let start = 0; start < pixels; start += capacity) {
      const rows = Math.min(capacity, pixels - start);
      const target = data.subarray(start * given.features, (start + rows) * given.features);
      const from = (step * pixels + start) * given.latentDimensions;
      network.presented.set(target);
      network.target.set(target);
      network.cloud?.noise.set(given.noise.slice(from, from + rows * given.latentDimensions));
      network.forward(allOf(rows));
      sum += objectiveSum(network, rows, objective);
      sendBack(network, allOf(rows), pixels, objective);
      network.addGradients(rows, ALONE);
      if (step === STEPS) latent.push(...network.latent.values.subarray(0, rows * given.latentDimensions));
    }
    losses.push(sum / pixels);
    if (step === 0) gradient = Array.from(weights.gradient);
    if (step < STEPS) optimiser.step(given.learningRate);
  }
  return { losses, gradient, finalWeights: Array.from(weights.values), latent };
}

function lossNamed(name: string): LossName {
  return lossNames.find((known) => known === name)!;
}

/** Largest difference between two lists of the same length. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
