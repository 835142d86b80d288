import { describe, expect, it, test } from "vitest";
import { ParameterError } from "../../../errors.js";
import { randomStream } from "../../../kernels/random.js";
import { type Architecture, tensorShapes, weightCount } from "./architecture.js";
import { referenceArithmetic } from "./arithmetic.js";
import { type Objective, objectiveSum, sendBack } from "./batch-gradients.js";
import { kernelArithmetic } from "./kernel-arithmetic.js";
import { checkDerivatives } from "./layers/gradient-check.test-support.js";
import { rowsOf, turned } from "./matrix-product.js";
import { ALONE, allOf, shareOf } from "./member.js";
import { buildNetwork, type Network } from "./network.js";
import { capacityFor } from "./team.js";
import { allocateWeights, drawWeights } from "./weights.js";

const sigma: Architecture = {
  kind: "autoencoder",
  features: 10,
  hiddenSizes: [512, 256, 128],
  latentDimensions: 2,
  output: "softmax",
};

describe("architecture", () => {
  it("has SIGMA's 343,820 weights for 10 features, and two heads if variational", () => {
    expect(weightCount(tensorShapes(sigma))).toBe(343_820);
    expect(weightCount(tensorShapes({ ...sigma, kind: "variational-autoencoder" }))).toBe(343_820 + 2 * 128 + 2);
  });

  it("refuses a network of more than 20 million weights", () => {
    const large = { ...sigma, hiddenSizes: [4096, 4096] };
    expect(() => tensorShapes(large)).toThrow(ParameterError);
    expect(() => tensorShapes(large)).toThrow(/hiddenSizes.*33\d{6} weights/);
  });

  it("takes fewer pixels at once through larger networks", () => {
    expect(capacityFor(343_820)).toBe(64);
    expect(capacityFor(20_000_000)).toBe(1);
  });
});

describe("weights before training", () => {
  const weights = allocateWeights(tensorShapes(sigma));
  drawWeights(weights, randomStream(1, "autoencoder-weights"));

  it("are uniform within one over the square root of the inputs, biases too", () => {
    const of = (name: string) => Array.from(weights.tensor(name).values);
    const layer = of("encoder.1.weight");
    const bound = 1 / Math.sqrt(512);
    expect(Math.max(...layer.slice(0, 10_000).map(Math.abs))).toBeLessThanOrEqual(bound);
    const variance = layer.reduce((sum, value) => sum + value * value, 0) / layer.length;
    expect(variance / (bound * bound)).toBeCloseTo(1 / 3, 2);
    expect(Math.max(...of("encoder.1.bias").map(Math.abs))).toBeGreaterThan(0.9 * bound);
    expect(Math.max(...of("encoder.1.bias").map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(new Set(of("decoder.2.norm.weight"))).toEqual(new Set([1]));
    expect(new Set(of("decoder.2.norm.bias"))).toEqual(new Set([0]));
  });

  it("are views of one array", () => {
    weights.tensor("output.bias").values[9] = 5;
    expect(weights.values.at(-1)).toBe(5);
  });
});

test.each([
  [4, 4, 4],
  [5, 7, 3],
  [9, 2, 16],
  [1, 1, 1],
  [18, 27, 33],
  [32, 16, 40],
  [35, 33, 10],
])("product of %d x %d x %d, in all turns, is that of the definition", async (m, n, k) => {
  const random = randomStream(1, "product");
  const numbers = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const [a, b, start] = [numbers(m * k), numbers(k * n), numbers(m * n)];
  const flipped = (data: Float32Array, rows: number, columns: number) =>
    Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!);
  const expected = start.map((value, at) => {
    let sum = 0;
    for (let s = 0; s < k; s++) sum = Math.fround(sum + Math.fround(a[Math.floor(at / n) * k + s]! * b[s * n + (at % n)]!));
    return value + sum;
  });
  for (const left of [rowsOf(a, k), turned(flipped(a, m, k), m)]) {
    for (const right of [rowsOf(b, n), turned(flipped(b, k, n), k)]) {
      for (const { floats, addProduct } of [referenceArithmetic, (await kernelArithmetic({ bytes: 100_000, packed: 2000 }))!]) {
        const here = (data: Float32Array): Float32Array => {
          const copy = floats(data.length);
          copy.set(data);
          return copy;
        };
        for (const of of [1, 3]) {
          const target = here(start);
          const factors = [
            { ...left, data: here(left.data) },
            { ...right, data: here(right.data) },
          ] as const;
          for (let number = 0; number < of; number++) addProduct(target, shareOf(m, { number, of }), n, k, ...factors);
          expect(target).toEqual(expected);
        }
      }
    }
  }
});

describe.each([
  ["autoencoder", "linear"],
  ["autoencoder", "softmax"],
  ["variational-autoencoder", "sigmoid"],
] as const)("whole network: %s, %s", (kind, output) => {
  const architecture: Architecture = { kind, features: 3, hiddenSizes: [5, 4], latentDimensions: 2, output };
  const objective: Objective = { loss: "mse", divergenceWeight: 0.2 };
  const [pixels, random] = [5, randomStream(3, "network")];
  const data = Float32Array.from({ length: pixels * 3 }, () => 2 * random.normal());
  const noise = Float32Array.from({ length: pixels * 2 }, () => random.normal());

  /** Loss of all pixels and its gradients, in pieces. */
  function run(network: Network, capacity: number): number {
    network.weights.gradient.fill(0);
    let sum = 0;
    for (let start = 0; start < pixels; start += capacity) {
      const rows = Math.min(capacity, pixels - start);
      const target = data.subarray(3 * start, 3 * (start + rows));
      network.presented.set(target);
      network.target.set(target);
      network.cloud?.noise.set(noise.subarray(2 * start, 2 * (start + rows)));
      network.forward(allOf(rows));
      sum += objectiveSum(network, rows, objective);
      sendBack(network, allOf(rows), pixels, objective);
      network.addGradients(rows, ALONE);
    }
    return sum / pixels;
  }

  function network(capacity: number): Network {
    const weights = allocateWeights(tensorShapes(architecture));
    drawWeights(weights, randomStream(5, "weights"));
    return buildNetwork(architecture, weights, capacity);
  }

  it("has the gradient that finite differences give, and the same in pieces", () => {
    const whole = network(pixels);
    const loss = run(whole, pixels);
    const gradient = whole.weights.gradient.slice();
    const pieces = network(2);
    expect(run(pieces, 2)).toBeCloseTo(loss, 12);
    gradient.forEach((value, i) => {
      expect(Math.abs(pieces.weights.gradient[i]! - value)).toBeLessThan(1e-6);
    });
    checkDerivatives("weights", whole.weights.values, gradient, () => run(whole, pixels), 1 / 1024);
    expect(gradient.some((value) => Math.abs(value) > 0.1)).toBe(true);
  });
});
