import { describe, expect, it } from "vitest";
import { ParameterError, ShapeError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { parseParameters } from "../parameters.js";
import { chooseClasses } from "./choose-classes.js";
import { type ClassNumber, recommendClasses } from "./recommend-classes.js";
import { clusterStability } from "./stability.js";

/** Clouds of unit width whose centres lie `apart` from each other on a line. */
function clouds(n: number, k: number, apart: number) {
  const stream = randomStream(9, "choose-classes-test");
  return matrix(
    n,
    2,
    Float64Array.from({ length: 2 * n }, (_, i) => stream.normal() + (i % 2 === 0 ? apart * ((i >> 1) % k) : 0)),
  );
}

const steady = (given: object) => parseParameters(clusterStability, { runs: 4, ...given });

describe("stability", () => {
  it("is 1 at the number of clouds that lie apart, and less at others", async () => {
    const points = clouds(240, 3, 12);
    const at = async (nClusters: number) =>
      (await clusterStability.run({ points }, steady({ nClusters, method: "k-means" }), { seed: 1 })).score;
    expect(await at(3)).toBe(1);
    expect(await at(5)).toBeLessThan(0.95);
  });

  it("compares every pair of runs on the points that both saw", async () => {
    const { agreement, score, lowest } = await clusterStability.run(
      { points: clouds(120, 1, 0) },
      steady({ nClusters: 3, share: 0.5 }),
      { seed: 2 },
    );
    const pairs = [1, 2, 3].flatMap((a) => Array.from({ length: a }, (_, b) => agreement.data[4 * a + b]!));
    expect(score).toBeCloseTo(pairs.reduce((sum, index) => sum + index, 0) / 6, 12);
    expect(lowest).toBe(Math.min(...pairs));
    expect(agreement.data[1]).toBe(agreement.data[4]);
    expect(lowest).toBeLessThan(0.9);
  });

  it("suffers where measuring again moves the points", async () => {
    const points = clouds(150, 3, 12);
    const remeasured = async (seed: number) => {
      const stream = randomStream(seed, "noise");
      return matrix(
        150,
        2,
        points.data.map((value) => value + 6 * stream.normal()),
      );
    };
    const given = steady({ nClusters: 3, method: "k-means" });
    const noisy = await clusterStability.run({ points, remeasured }, given, { seed: 1 });
    expect(noisy.score).toBeLessThan(0.7);
    const failure = clusterStability.run({ points, remeasured: async () => clouds(149, 3, 1) }, given, { seed: 1 });
    await expect(failure).rejects.toThrow(ShapeError);
  });
});

describe("choose classes", () => {
  it.each(["gaussian-mixture", "k-means"] as const)(
    "recommends the number of clouds, with curves and a reason (%s)",
    async (method) => {
      const given = parseParameters(chooseClasses, { most: 6, runs: 3, method, silhouetteSample: 100 });
      const choice = await chooseClasses.run({ points: clouds(400, 4, 10) }, given, { seed: 3 });
      expect(choice.nClasses).toBe(4);
      expect(choice.clear).toBe(true);
      expect(choice.reason).toMatch(/^4 classes: .*silhouette 0\.\d\d ± 0\.\d\d, stability 1\.00\./);
      expect(choice.numbers.map(({ nClasses }) => nClasses)).toEqual([2, 3, 4, 5, 6]);
      expect(choice.numbers.every(({ bic }) => (bic === undefined) === (method === "k-means"))).toBe(true);
    },
  );

  it("recommends one class for one cloud, where one was among those tried", async () => {
    const given = parseParameters(chooseClasses, { fewest: 1, most: 4, runs: 3, covarianceType: "spherical" });
    const choice = await chooseClasses.run({ points: clouds(300, 1, 0) }, given, { seed: 3 });
    expect(choice.numbers[0]!.silhouette).toBeUndefined();
    expect(choice.numbers[0]!.stability).toBe(1);
    expect(choice.clear && choice.nClasses > 1).toBe(false);
  });

  it("clusters no more points than asked for, none of them masked", async () => {
    const given = parseParameters(chooseClasses, { most: 2, runs: 2, mostPoints: 50 });
    const mask = Uint8Array.from({ length: 300 }, (_, i) => (i < 200 ? 1 : 0));
    const choice = await chooseClasses.run({ points: clouds(300, 2, 10), mask }, given, { seed: 3 });
    expect(choice.points).toBe(50);
  });

  it("names the parameter when the range is empty", async () => {
    const given = parseParameters(chooseClasses, { fewest: 5, most: 3 });
    await expect(chooseClasses.run({ points: clouds(30, 2, 5) }, given, { seed: 0 })).rejects.toThrow(ParameterError);
  });
});

describe("recommendation", () => {
  const number = (nClasses: number, silhouette: number, stability: number, bic?: number): ClassNumber => ({
    nClasses,
    silhouette,
    silhouetteError: 0.01,
    stability,
    lowestStability: stability,
    bic,
  });

  it("takes the smallest BIC among the numbers at which runs agree and classes lie apart", () => {
    const tried = [
      number(2, 0.7, 0.95, 30),
      number(3, 0.7, 0.5, 20),
      number(4, 0.6, 0.9, 10),
      number(5, 0.2, 0.9, 7),
      number(6, 0.5, 0.7, 5),
    ];
    expect(recommendClasses(tried)).toEqual({
      nClasses: 4,
      clear: true,
      reason:
        "4 classes: of the numbers at which repeated runs agree and classes lie apart, this one describes the pixels best for its size (BIC); silhouette 0.60 ± 0.01, stability 0.90. BIC alone would take 6, which do not hold from run to run or hardly lie apart.",
    });
  });

  it("takes the largest silhouette where there is no BIC; within a standard error the more stable", () => {
    expect(
      recommendClasses([number(2, 0.5, 0.9), number(3, 0.605, 0.85), number(4, 0.61, 0.84), number(5, 0.8, 0.6)]).nClasses,
    ).toBe(3);
  });

  it("admits when runs agree at no number, and when classes hardly lie apart", () => {
    expect(recommendClasses([number(2, 0.6, 0.4), number(3, 0.5, 0.7)])).toMatchObject({
      nClasses: 3,
      clear: false,
      reason: "3 classes, with doubt: repeated runs agree at no number; silhouette 0.50 ± 0.01, stability 0.70.",
    });
    expect(recommendClasses([number(2, 0.1, 0.9, 8), number(3, 0.1, 0.9, 9)])).toMatchObject({ nClasses: 2, clear: false });
  });

  it("takes one class where nothing holds and BIC wants one", () => {
    const one: ClassNumber = { ...number(1, 0, 1, 5), silhouette: undefined, silhouetteError: undefined };
    expect(recommendClasses([one, number(2, 0.1, 0.9, 8)])).toMatchObject({ nClasses: 1, clear: true });
    expect(recommendClasses([one, number(2, 0.5, 0.9, 3)]).nClasses).toBe(2);
    expect(recommendClasses([{ ...one, bic: undefined }])).toMatchObject({ nClasses: 1, clear: false });
  });
});
