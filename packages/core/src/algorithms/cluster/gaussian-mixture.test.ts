import { describe, expect, it } from "vitest";
import { DataCheckError, ParameterError, ShapeError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { parseParameters } from "../parameters.js";
import { bayesianGaussianMixture } from "./bayesian-gaussian-mixture.js";
import { bicCurve } from "./bic-curve.js";
import { gaussianMixture } from "./gaussian-mixture.js";
import golden from "./golden/cluster.json" with { type: "json" };
import { covarianceTypes } from "./mixture-model.js";

const defaults = (given: object = {}) => parseParameters(gaussianMixture, given);

/** Three round clouds of 100, 60 and 40 points, 10 apart. */
function threeClouds(seed = 1) {
  const stream = randomStream(seed, "clouds");
  const data = new Float64Array(400);
  const truth = new Int32Array(200);
  for (let i = 0; i < 200; i++) {
    truth[i] = i < 100 ? 0 : i < 160 ? 1 : 2;
    data[2 * i] = 10 * truth[i]! + stream.normal();
    data[2 * i + 1] = (truth[i] === 1 ? 10 : 0) + 0.5 * stream.normal();
  }
  return { points: matrix(200, 2, data), truth };
}

describe("Gaussian mixture against scikit-learn", () => {
  it.each(golden.mixtures)("gives the same fit from the same start: $parameters", async (gold) => {
    const { parameters, dimensions } = gold;
    const points = matrix(gold.points.length / dimensions, dimensions, Float64Array.from(gold.points));
    const startLabels = Int32Array.from(gold.startLabels);
    const found = await gaussianMixture.run({ points, startLabels }, defaults(parameters), { seed: 0 });
    expect(found.iterations).toBe(gold.iterations);
    expect(found.meanLogLikelihood / gold.meanLogLikelihood).toBeCloseTo(1, 10);
    expect(found.bic / gold.bic).toBeCloseTo(1, 10);
    expect(found.aic / gold.aic).toBeCloseTo(1, 10);
    expect([...found.labels]).toEqual(gold.labels);
    const close = (mine: Iterable<number>, theirs: number[], digits: number) => {
      const values = [...mine];
      expect(values.length).toBe(theirs.length);
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(theirs[i]!, digits);
      });
    };
    close(found.model.weights, gold.weights, 9);
    close(found.model.means, gold.means, 9);
    close(found.model.covariances, gold.covariances, 9);
    close(found.membership.subarray(0, 3 * found.clusters), gold.firstMembership, 6);
  });
});

describe("Gaussian mixture", () => {
  it.each(covarianceTypes)(
    "finds separated clouds, largest first, with memberships that sum to 1 (%s)",
    async (covarianceType) => {
      const { points, truth } = threeClouds();
      const found = await gaussianMixture.run({ points }, defaults({ nComponents: 3, covarianceType }), { seed: 5 });
      expect([...found.labels]).toEqual([...truth]);
      expect(found.converged).toBe(true);
      for (let i = 0; i < 200; i++) {
        const row = found.membership.subarray(3 * i, 3 * i + 3);
        expect(row[0]! + row[1]! + row[2]!).toBeCloseTo(1, 6);
      }
    },
  );

  it.each(["k-means++", "random"] as const)("starts from %s", async (initParams) => {
    const { points, truth } = threeClouds();
    const found = await gaussianMixture.run({ points }, defaults({ nComponents: 3, initParams, nInit: 8 }), { seed: 2 });
    expect([...found.labels]).toEqual([...truth]);
  });

  it("leaves masked points out: label -1, no membership, no influence", async () => {
    const { points, truth } = threeClouds();
    const mask = Uint8Array.from(truth, (cluster) => (cluster === 1 ? 0 : 1));
    const found = await gaussianMixture.run({ points, mask }, defaults({ nComponents: 2 }), { seed: 5 });
    expect([...found.labels]).toEqual(Array.from(truth, (cluster) => [0, -1, 1][cluster]!));
    expect(found.membership.subarray(2 * 120, 2 * 121)).toEqual(new Float32Array(2));
    expect(found.model.weights[0]).toBeCloseTo(100 / 140, 6);
  });

  it("is smallest in BIC at the true number of clouds", async () => {
    const { points } = threeClouds();
    const curve = await bicCurve.run({ points }, parseParameters(bicCurve, { mostComponents: 5, nInit: 3 }), { seed: 1 });
    expect(curve.best).toBe(3);
    expect(curve.points.map(({ nComponents }) => nComponents)).toEqual([1, 2, 3, 4, 5]);
    const alone = await gaussianMixture.run({ points }, defaults({ nComponents: 2, nInit: 3 }), { seed: 1 });
    expect(curve.points[1]!.bic).toBe(alone.bic);
  });

  it("makes SIGMA's curve of Bayesian mixtures: BIC of their density", async () => {
    const { points } = threeClouds();
    const given = parseParameters(bicCurve, { mostComponents: 4, method: "bayesian-gaussian-mixture" });
    const curve = await bicCurve.run({ points }, given, { seed: 1 });
    expect(curve.best).toBe(3);
    const fit = await bayesianGaussianMixture.run({ points }, parseParameters(bayesianGaussianMixture, { nComponents: 2 }), {
      seed: 1,
    });
    // Full covariances in two dimensions: 3 values each, 2 means each, and one free weight.
    expect(curve.points[1]!.bic).toBeCloseTo(-2 * 200 * fit.meanLogLikelihood + 11 * Math.log(200), 8);
  });

  it("makes the curve no longer than there are points", async () => {
    const points = matrix(3, 1, Float64Array.of(1, 2, 3));
    const curve = await bicCurve.run({ points, mask: Uint8Array.of(1, 0, 1) }, parseParameters(bicCurve, {}), { seed: 1 });
    expect(curve.points.length).toBe(2);
  });

  it("reports when it stops at its limit", async () => {
    const { points } = threeClouds();
    const found = await gaussianMixture.run({ points }, defaults({ nComponents: 5, maxIter: 1 }), { seed: 1 });
    expect(found.converged).toBe(false);
    expect(found.findings.map((finding) => finding.code)).toEqual(["not-converged"]);
  });

  it("refuses more components than points, NaN, start labels and masks of another size, and collapsed components", async () => {
    const { points } = threeClouds();
    const run = (input: Parameters<typeof gaussianMixture.run>[0], given: object = {}) =>
      gaussianMixture.run(input, defaults({ nComponents: 2, ...given }), { seed: 1 });
    await expect(run({ points }, { nComponents: 201 })).rejects.toThrow(ParameterError);
    await expect(run({ points: matrix(3, 1, Float64Array.of(1, Number.NaN, 2)) })).rejects.toThrow(DataCheckError);
    await expect(run({ points, startLabels: new Int32Array(3) })).rejects.toThrow(ShapeError);
    await expect(run({ points, mask: new Uint8Array(3) })).rejects.toThrow(ShapeError);
    await expect(run({ points: matrix(10, 1) }, { regCovar: 0 })).rejects.toThrow(DataCheckError);
  });
});
