import { describe, expect, it, test } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { addDivergenceGradient, divergence } from "./divergence.js";
import { checkDerivatives, fillAwayFromZero } from "./layers/gradient-check.test-support.js";
import { addReconstructionGradient, lossNames, reconstructionLoss } from "./loss.js";
import { allOf } from "./member.js";

describe.each(lossNames)("loss %s", (name) => {
  const random = randomStream(1, "loss");
  const target = Float32Array.from({ length: 6 }, () => 0.2 + 0.6 * random.uniform());

  it("has the derivative that finite differences give", () => {
    const output = target.map((value, i) => value + (i % 2 === 0 ? 0.1 : -0.15));
    const gradient = new Float32Array(6);
    addReconstructionGradient(name, output, target, allOf(6), 0.5, gradient);
    checkDerivatives(name, output, gradient, () => 0.5 * reconstructionLoss(name, output, target, 6));
  });

  it("is smallest where the output is the target, and finite at 0 and 1", () => {
    const at = (...values: number[]) => reconstructionLoss(name, Float32Array.from(values), Float32Array.of(0, 1, 0.25), 3);
    expect(at(0, 1, 0.25)).toBeLessThan(at(0.01, 0.99, 0.24));
    expect(at(1, 0, 0.25)).toBeGreaterThan(1);
    expect(Number.isFinite(at(1, 0, 1))).toBe(true);
  });
});

test("losses are those of the textbook", () => {
  const [output, target] = [Float32Array.of(0.5, 0.25), Float32Array.of(1, 0.5)];
  expect(reconstructionLoss("mse", output, target, 2)).toBeCloseTo(0.3125, 12);
  expect(reconstructionLoss("mae", output, target, 2)).toBeCloseTo(0.75, 12);
  expect(reconstructionLoss("bce", output, target, 2)).toBeCloseTo(Math.LN2 + 0.5 * Math.log(4) + 0.5 * Math.log(4 / 3), 12);
});

describe("divergence", () => {
  it("is 0 for the standard normal cloud, and that of the textbook elsewhere", () => {
    expect(divergence(new Float32Array(4), new Float32Array(4), 4)).toBe(0);
    const logVariance = Float32Array.of(Math.log(4));
    expect(divergence(Float32Array.of(1), logVariance, 1)).toBeCloseTo((4 + 1 - 1 - Math.log(4)) / 2, 6);
  });

  it("has the derivative that finite differences give", () => {
    const side = (name: string) => ({ values: fillAwayFromZero(new Float32Array(4), name), gradient: new Float32Array(4) });
    const [mean, logVariance] = [side("mean"), side("logVariance")];
    addDivergenceGradient(mean, logVariance, allOf(4), 0.3);
    const loss = () => 0.3 * divergence(mean.values, logVariance.values, 4);
    checkDerivatives("mean", mean.values, mean.gradient, loss);
    checkDerivatives("logVariance", logVariance.values, logVariance.gradient, loss);
  });
});
