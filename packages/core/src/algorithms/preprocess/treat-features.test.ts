import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ShapeError } from "../../errors.js";
import { parseParameters } from "../parameters.js";
import { type Features, treatFeatures } from "./treat-features.js";

const run = (features: Features, steps?: string[]) =>
  treatFeatures.run(features, parseParameters(treatFeatures, steps === undefined ? {} : { steps }), { seed: 0 });

const features = (navigationShape: number[], values: number[], lines = ["A"]): Features => ({
  data: Float32Array.from(values),
  lines,
  navigationShape,
});

const shapes = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));

/** True for a pixel and those beside it in the same slice. */
function touch(width: number, height: number, a: number, b: number): boolean {
  const x = (pixel: number) => pixel % width;
  const y = (pixel: number) => Math.floor(pixel / width) % height;
  const z = (pixel: number) => Math.floor(pixel / width / height);
  return Math.abs(x(a) - x(b)) <= 1 && Math.abs(y(a) - y(b)) <= 1 && z(a) === z(b);
}

describe("neighbour average", () => {
  it("is the mean of the 3 x 3 block, clipped at borders, per slice of a stack", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.infiniteStream(fc.integer({ min: 0, max: 99 })), async ([depth, height, width], numbers) => {
        const n = depth * height * width;
        const values = Array.from({ length: 2 * n }, () => numbers.next().value);
        const { data } = await run(features([depth, height, width], values, ["A", "B"]), ["neighbour-average"]);
        for (let pixel = 0; pixel < n; pixel++) {
          const near = values.filter((_, i) => i % 2 === 1 && touch(width, height, (i - 1) / 2, pixel));
          const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
          expect(data[2 * pixel + 1]).toBeCloseTo(mean, 4);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("leaves masked pixels out", async () => {
    const { data } = await run({ ...features([3], [1, 50, 3]), mask: Uint8Array.of(1, 0, 1) }, ["neighbour-average"]);
    expect([...data]).toEqual([1, 0, 3]);
  });
});

describe("z-score", () => {
  it("gives mean 0 and population standard deviation 1", async () => {
    // Mean 5, population variance (9 + 1 + 1 + 9) / 4 = 5.
    const { data } = await run(features([4], [2, 4, 6, 8]), ["z-score"]);
    [-3, -1, 1, 3].forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value / Math.sqrt(5), 6);
    });
  });

  it("makes a constant line 0 with a warning, never NaN", async () => {
    const { data, findings } = await run(features([2], [0.1, 1, 0.1, 3], ["Fe_Ka", "O_Ka"]), ["z-score"]);
    expect([...data]).toEqual([0, -1, 0, 1]);
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining("Fe_Ka")]);
  });

  it("takes mean and spread from unmasked pixels", async () => {
    const { data } = await run({ ...features([3], [1, 1e6, 3]), mask: Uint8Array.of(1, 0, 1) }, ["z-score"]);
    expect([...data]).toEqual([-1, 0, 1]);
  });
});

describe("softmax", () => {
  it("gives shares of 1 for values of any size", async () => {
    const { data } = await run(features([2], [0, 0, 800, -800], ["A", "B"]), ["softmax"]);
    expect([...data]).toEqual([0.5, 0.5, 1, 0]);
  });

  it("keeps odds: the logarithm of a ratio is the difference", async () => {
    const { data } = await run(features([1], [0.3, -1.2], ["A", "B"]), ["softmax"]);
    expect(Math.log(data[0]! / data[1]!)).toBeCloseTo(1.5, 5);
    expect(data[0]! + data[1]!).toBeCloseTo(1, 6);
  });
});

describe("treatment", () => {
  it("goes in the order given, and leaves the input alone", async () => {
    const input = features([1, 2], [1, 5, 3, 2], ["A", "B"]);
    const one = await run(input, ["z-score", "softmax"]);
    const other = await run(input, ["softmax", "z-score"]);
    expect([...one.data]).not.toEqual([...other.data]);
    expect(one.treatment).toEqual(["z-score", "softmax"]);
    expect([...input.data]).toEqual([1, 5, 3, 2]);
  });

  it("is neighbour average and z-score unless told otherwise, and nothing when the list is empty", async () => {
    const input = features([1, 3], [1, 5, 3]);
    expect((await run(input)).treatment).toEqual(["neighbour-average", "z-score"]);
    expect([...(await run(input, [])).data]).toEqual([1, 5, 3]);
  });

  it("refuses arrays that do not fit", async () => {
    await expect(run(features([3], [1, 2]))).rejects.toThrow(ShapeError);
    await expect(run({ ...features([2], [1, 2]), mask: new Uint8Array(1) })).rejects.toThrow(ShapeError);
  });
});
