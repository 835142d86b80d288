import { describe, expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { adam } from "./adam.js";
import { type Architecture, tensorShapes } from "./architecture.js";
import { type Arithmetic, referenceArithmetic } from "./arithmetic.js";
import { addGradients, objectiveSum } from "./batch-gradients.js";
import { kernelArithmetic, quickestArithmetic } from "./kernel-arithmetic.js";
import { buildNetwork } from "./network.js";
import { allocateWeights, drawWeights } from "./weights.js";

const objective = { loss: "mse", divergenceWeight: 0.1 } as const;

/** Three steps of training; everything that can differ. */
function trained(architecture: Architecture, arithmetic: Arithmetic, rows: number) {
  const weights = allocateWeights(tensorShapes(architecture), arithmetic);
  drawWeights(weights, randomStream(5, "weights"));
  const network = buildNetwork(architecture, weights, 16, arithmetic);
  const optimiser = adam(weights, 0.01, arithmetic);
  const random = randomStream(3, "network");
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) {
    const target = Float32Array.from({ length: 16 * architecture.features }, () => random.normal());
    network.input.values.set(target);
    network.cloud?.noise.set(network.cloud.noise.map(() => random.normal()));
    weights.gradient.fill(0);
    network.forward(rows);
    losses.push(objectiveSum(network, target, rows, objective));
    addGradients(network, target, rows, rows, objective);
    optimiser.step(1e-3);
  }
  return { losses, weights: weights.values.slice(), gradient: weights.gradient.slice(), latent: network.latent.values.slice() };
}

describe("arithmetic of networks", () => {
  it.each([
    { kind: "autoencoder", features: 12, hiddenSizes: [32, 16], latentDimensions: 2, output: "linear" },
    { kind: "autoencoder", features: 5, hiddenSizes: [7, 6, 5, 3, 1], latentDimensions: 3, output: "softmax" },
    { kind: "variational-autoencoder", features: 1, hiddenSizes: [11], latentDimensions: 1, output: "sigmoid" },
  ] as const)("gives by kernels the bits of plain TypeScript: $kind, $hiddenSizes", async (given) => {
    const architecture = { ...given, hiddenSizes: [...given.hiddenSizes] };
    for (const rows of [16, 13, 1]) {
      const quick = await quickestArithmetic(architecture, 16);
      expect(quick).not.toBe(referenceArithmetic);
      expect(trained(architecture, quick, rows)).toEqual(trained(architecture, referenceArithmetic, rows));
    }
  });

  it("has room for a whole network, and where it has not gives the same bits", async () => {
    const architecture: Architecture = {
      kind: "variational-autoencoder",
      features: 3,
      hiddenSizes: [9, 5, 4],
      latentDimensions: 2,
      output: "softmax",
    };
    const roomy = await quickestArithmetic(architecture, 16);
    trained(architecture, roomy, 16);
    const left = roomy.floats(1);
    expect(left.buffer).toBe(roomy.doubles(1).buffer);
    const narrow = (await kernelArithmetic(2000, 100))!;
    expect(trained(architecture, narrow, 16)).toEqual(trained(architecture, referenceArithmetic, 16));
  });
});
