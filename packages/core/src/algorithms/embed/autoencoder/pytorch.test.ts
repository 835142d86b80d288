import { describe, expect, it } from "vitest";
import golden from "./golden/autoencoder.json" with { type: "json" };
import { plateauSchedule } from "./plateau-schedule.js";
import { largestDifference, ourAnswer } from "./pytorch.test-support.js";

describe.each(golden.cases)("ten steps as in PyTorch: $name", (gold) => {
  it.each([8, 3])("in pieces of %d pixels", (capacity) => {
    const ours = ourAnswer(gold, capacity);
    expect(largestDifference(ours.gradient, gold.gradient)).toBeLessThan(1e-6);
    expect(largestDifference(ours.losses, gold.losses)).toBeLessThan(2e-6);
    expect(largestDifference(ours.finalWeights, gold.finalWeights)).toBeLessThan(1e-5);
    expect(largestDifference(ours.latent, gold.latent)).toBeLessThan(2e-5);
    expect(ours.losses.at(-1)).toBeLessThan(ours.losses[0]!);
  });
});

it("lowers the learning rate where PyTorch does", () => {
  const { losses, rates } = golden.plateau;
  const schedule = plateauSchedule({ learningRate: 1e-4, factor: 0.5, patience: 5, threshold: 1e-2, minLearningRate: 1e-6 });
  const ours = losses.map((loss) => {
    const { learningRate } = schedule;
    schedule.tell(loss);
    return learningRate;
  });
  expect(ours).toEqual(rates);
  expect(new Set(rates).size).toBeGreaterThan(5);
});
