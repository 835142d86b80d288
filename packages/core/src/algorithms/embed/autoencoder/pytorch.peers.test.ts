import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { tensorShapes } from "./architecture.js";
import {
  architectureOf,
  largestDifference,
  ourAnswer,
  STEPS,
  type TrainingAnswer,
  type TrainingCase,
} from "./pytorch.test-support.js";
import { allocateWeights, drawWeights } from "./weights.js";

const python = process.env["SIGMA_PEERS_TORCH_PYTHON"];
const note = python === undefined ? " (skipped: set SIGMA_PEERS_TORCH_PYTHON to a Python with torch)" : "";

/** SIGMA's network on a batch of 64 pixels, with weights of ours. */
function sigmaCase(options: Partial<TrainingCase>): TrainingCase {
  const random = randomStream(11, "peers");
  const numbers = (count: number) => Array.from({ length: count }, () => Math.fround(random.normal()));
  const given = {
    kind: "autoencoder",
    features: 12,
    hiddenSizes: [512, 256, 128],
    latentDimensions: 2,
    output: "linear",
    loss: "mse",
    learningRate: 1e-4,
    weightDecay: 0,
    kldWeight: 0,
    weights: [],
    data: numbers(64 * 12),
    noise: numbers((STEPS + 1) * 64 * 2),
    ...options,
  };
  const weights = allocateWeights(tensorShapes(architectureOf(given)));
  drawWeights(weights, randomStream(12, "autoencoder-weights"));
  return { ...given, weights: Array.from(weights.values) };
}

test.skipIf(python === undefined).each([
  ["autoencoder", {}],
  ["softmax as in SIGMA", { output: "softmax" }],
  ["variational", { kind: "variational-autoencoder", kldWeight: 1e-4 }],
])(`SIGMA's network takes ten steps as in PyTorch: %s${note}`, (_, options) => {
  const given = sigmaCase(options);
  const theirs = JSON.parse(
    execFileSync(python!, ["scripts/golden/autoencoder.py", "--answer"], {
      input: JSON.stringify(given),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }),
  ) as TrainingAnswer;
  const ours = ourAnswer(given, 64);
  expect(largestDifference(ours.gradient, theirs.gradient)).toBeLessThan(1e-6);
  expect(largestDifference(ours.losses, theirs.losses)).toBeLessThan(1e-5);
  expect(ours.losses.at(-1)).toBeLessThan(ours.losses[0]!);
});
