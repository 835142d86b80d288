import { describe, expect, it } from "vitest";
import { ParameterError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { parseParameters } from "../parameters.js";
import { bayesianGaussianMixture } from "./bayesian-gaussian-mixture.js";
import golden from "./golden/bayesian-mixture.json" with { type: "json" };
import { covarianceTypes } from "./mixture-model.js";

const defaults = (given: object = {}) => parseParameters(bayesianGaussianMixture, given);

/** Three round clouds of 100, 60 and 40 points, 10 apart. */
function threeClouds() {
  const stream = randomStream(1, "clouds");
  const data = new Float64Array(400);
  const truth = new Int32Array(200);
  for (let i = 0; i < 200; i++) {
    truth[i] = i < 100 ? 0 : i < 160 ? 1 : 2;
    data[2 * i] = 10 * truth[i]! + stream.normal();
    data[2 * i + 1] = (truth[i] === 1 ? 10 : 0) + 0.5 * stream.normal();
  }
  return { points: matrix(200, 2, data), truth };
}

function expectClose(mine: ArrayLike<number>, theirs: readonly number[], within: number) {
  expect(mine.length).toBe(theirs.length);
  theirs.forEach((value, i) => {
    expect(Math.abs(mine[i]! - value)).toBeLessThan(within * Math.max(1, Math.abs(value)));
  });
}

describe("Bayesian Gaussian mixture against scikit-learn", () => {
  it.each(golden.cases)("gives the same fit from the same start: $parameters", async (gold) => {
    const { parameters, dimensions } = gold;
    const points = matrix(gold.points.length / dimensions, dimensions, Float64Array.from(gold.points));
    const startLabels = Int32Array.from(gold.startLabels);
    const found = await bayesianGaussianMixture.run({ points, startLabels }, defaults(parameters), { seed: 0 });
    expect(found.iterations).toBe(gold.iterations);
    expect(Math.abs(found.lowerBound / gold.lowerBound - 1)).toBeLessThan(1e-10);
    expect(Math.abs(found.meanLogLikelihood / gold.meanLogLikelihood - 1)).toBeLessThan(1e-10);
    expect([...found.labels]).toEqual(gold.labels);
    expect(found.clusters).toBe(gold.clusters);
    expectClose(found.model.weights, gold.weights, 1e-8);
    expectClose(found.centres.data, gold.means, 1e-8);
    expectClose(found.model.covariances.subarray(0, gold.covariances.length), gold.covariances, 1e-8);
  });
});

describe("Bayesian Gaussian mixture", () => {
  it.each(covarianceTypes)("leaves empty the components that it does not need (%s)", async (covarianceType) => {
    const { points, truth } = threeClouds();
    const given = defaults({ nComponents: 7, covarianceType, weightConcentrationPrior: 1e-3, maxIter: 500 });
    const found = await bayesianGaussianMixture.run({ points }, given, { seed: 5 });
    expect(found.clusters).toBe(3);
    expect([...found.labels]).toEqual([...truth]);
    expect(found.centres.rows).toBe(3);
    expect(found.model.weights.length).toBe(7);
    expect(found.findings.map(({ code }) => code)).toEqual(["components-left-empty"]);
    for (let i = 0; i < 200; i++) {
      expect(found.membership.subarray(3 * i, 3 * i + 3).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    }
  });

  it("leaves masked points out: label -1, no membership, no influence", async () => {
    const { points, truth } = threeClouds();
    const mask = Uint8Array.from(truth, (cluster) => (cluster === 1 ? 0 : 1));
    const found = await bayesianGaussianMixture.run({ points, mask }, defaults({ nComponents: 2 }), { seed: 5 });
    expect([...found.labels]).toEqual(Array.from(truth, (cluster) => [0, -1, 1][cluster]!));
    expect(found.membership.subarray(2 * 120, 2 * 121)).toEqual(new Float32Array(2));
  });

  it("bears a dimension in which all points are alike", async () => {
    const { points, truth } = threeClouds();
    const flat = matrix(
      200,
      3,
      Float64Array.from({ length: 600 }, (_, i) => (i % 3 === 2 ? 4 : points.data[2 * Math.floor(i / 3) + (i % 3)]!)),
    );
    const found = await bayesianGaussianMixture.run({ points: flat }, defaults({ nComponents: 3 }), { seed: 5 });
    expect([...found.labels]).toEqual([...truth]);
  });

  it.each([
    ["nComponents", { nComponents: 201 }],
    ["meanPrior", { meanPrior: [1] }],
    ["covariancePrior", { covariancePrior: [1, 1] }],
    ["degreesOfFreedomPrior", { degreesOfFreedomPrior: 1 }],
  ])("names %s when it does not fit the points", async (field, given) => {
    const failure = bayesianGaussianMixture.run(threeClouds(), defaults(given), { seed: 0 });
    await expect(failure).rejects.toThrow(ParameterError);
    await expect(failure).rejects.toMatchObject({ facts: { field } });
  });
});
