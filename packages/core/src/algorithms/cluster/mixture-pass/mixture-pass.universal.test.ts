import { describe, expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import type { UsedPoints } from "../clustering.js";
import { covarianceTypes, isDiagonalType, type MixtureModel, maximisation, preparedMixture } from "../mixture-model.js";
import { kernelPass } from "./kernel-pass.js";
import { BLOCK, type MixturePass, sectionMoments } from "./mixture-pass.js";
import { referencePass } from "./reference-pass.js";

function cloud(n: number, dimensions: number): UsedPoints {
  const random = randomStream(4, "mixture-pass");
  const data = Float64Array.from({ length: n * dimensions }, (_, i) => (i % 7 === 0 ? 6 : 0) + random.normal());
  return { n, dimensions, data, rows: undefined };
}

/** A mixture with one component far off, which explains no point. */
function mixtureOf(covarianceType: MixtureModel["covarianceType"], dimensions: number): MixtureModel {
  const random = randomStream(5, "mixture-pass-model");
  const components = 5;
  const start = maximisation(covarianceType, components, dimensions, new Float64Array(components * dimensions));
  const { n, data } = cloud(200, dimensions);
  for (let i = 0; i < n; i++)
    start.add(
      data,
      i * dimensions,
      Float64Array.from({ length: components }, () => random.uniform()),
    );
  const model = start.model(1e-3);
  for (let c = 0; c < dimensions; c++) model.means[c] = 1e4;
  return model;
}

function seen(pass: MixturePass, { n }: UsedPoints, model: MixtureModel) {
  const points = pass(preparedMixture(model));
  const count = Math.min(BLOCK, n);
  const [membership, labels] = [new Float32Array(count * model.components), new Int32Array(count)];
  const sum = sectionMoments(points, 0, n);
  const moments = points.moments.slice();
  const last = points.expect(0, count, 1);
  const entropy = points.entropy(2);
  points.spread(count, membership, labels);
  return { sum, moments, last, entropy, membership, labels };
}

const cases = covarianceTypes.flatMap((type) =>
  [1, 2, 3, 12].flatMap((dimensions) => [1, 127, 301].map((n) => ({ type, dimensions, n }))),
);

describe("mixture pass", () => {
  it.each(cases)("gives as a kernel the bits of plain TypeScript: $type, $n x $dimensions", async ({ type, dimensions, n }) => {
    const points = cloud(n, dimensions);
    const model = mixtureOf(type, dimensions);
    const kernel = await kernelPass(points, model.components, isDiagonalType(type));
    expect(kernel).toBeDefined();
    expect(seen(kernel!, points, model)).toEqual(
      seen(referencePass(points, model.components, isDiagonalType(type)), points, model),
    );
  });

  it.each(covarianceTypes)("finds the densities and the model of the definition: %s", (type) => {
    const points = cloud(301, 2);
    const model = mixtureOf(type, 2);
    const prepared = preparedMixture(model);
    const expected = maximisation(type, 5, 2, model.means);
    let sum = 0;
    for (let i = 0; i < points.n; i++) {
      const logs = logDensities(model, points.data.subarray(2 * i, 2 * i + 2));
      const total = logs.reduce((all, value) => all + Math.exp(value), 0);
      expected.add(
        points.data,
        2 * i,
        Float64Array.from(logs, (value) => Math.exp(value) / total),
      );
      sum += Math.log(total);
    }
    const under = referencePass(points, 5, isDiagonalType(type))(prepared);
    expect(sectionMoments(under, 0, points.n)).toBeCloseTo(sum, 8);
    const found = maximisation(type, 5, 2, model.means);
    found.addMoments(under.moments);
    const [mine, theirs] = [found.model(0), expected.model(0)];
    for (const name of ["weights", "means", "covariances"] as const) {
      mine[name].forEach((value, i) => {
        expect(value).toBeCloseTo(theirs[name][i]!, 9);
      });
    }
  });

  it("gives the entropy of the shares", () => {
    const points = cloud(100, 2);
    const { membership, entropy } = seen(referencePass(points, 5, false), points, mixtureOf("full", 2));
    const expected = membership.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
    expect(entropy - 2).toBeCloseTo(expected, 4);
    expect(expected).toBeGreaterThan(1);
  });

  it("gives probabilities that sum to 1, and 0 to what explains nothing", () => {
    const points = cloud(100, 2);
    const model = mixtureOf("full", 2);
    const { membership, labels } = seen(referencePass(points, 5, false), points, model);
    for (let i = 0; i < points.n; i++) {
      const row = membership.subarray(5 * i, 5 * i + 5);
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
      expect(row[0]).toBe(0);
      expect(row[labels[i]!]).toBe(Math.max(...row));
    }
  });
});

/** By the formula, with the inverse of the 2 x 2 covariance written out. */
function logDensities({ covarianceType, components, weights, means, covariances }: MixtureModel, point: Float64Array): number[] {
  return Array.from({ length: components }, (_, j) => {
    const [a, b, c] = {
      full: [covariances[4 * j]!, covariances[4 * j + 1]!, covariances[4 * j + 3]!],
      tied: [covariances[0]!, covariances[1]!, covariances[3]!],
      diag: [covariances[2 * j]!, 0, covariances[2 * j + 1]!],
      spherical: [covariances[j]!, 0, covariances[j]!],
    }[covarianceType] as [number, number, number];
    const [x, y] = [point[0]! - means[2 * j]!, point[1]! - means[2 * j + 1]!];
    const determinant = a * c - b * b;
    const distance = (c * x * x - 2 * b * x * y + a * y * y) / determinant;
    return Math.log(weights[j]!) - 0.5 * (distance + Math.log(determinant)) - Math.log(2 * Math.PI);
  });
}
