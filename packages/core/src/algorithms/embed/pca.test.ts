import { describe, expect, it } from "vitest";
import { DataCheckError } from "../../errors.js";
import { parseParameters } from "../parameters.js";
import golden from "./golden/embed.json" with { type: "json" };
import { pca } from "./pca.js";

const gold = golden.pca;
const features = {
  rows: gold.points.length / gold.dimensions,
  columns: gold.dimensions,
  data: Float32Array.from(gold.points),
};
const defaults = (given: object = {}) => parseParameters(pca, given);

describe("principal components", () => {
  it("are scikit-learn's: components, variances, coordinates, signs", async () => {
    const found = await pca.run({ features }, defaults({ nComponents: gold.dimensions }), { seed: 0 });
    const close = (mine: Iterable<number>, theirs: number[], digits: number) => {
      [...mine].forEach((value, i) => {
        expect(value).toBeCloseTo(theirs[i]!, digits);
      });
    };
    close(found.mean, gold.mean, 9);
    close(found.explainedVariance, gold.explainedVariance, 9);
    close(found.explainedVarianceRatio, gold.explainedVarianceRatio, 9);
    close(found.components.data, gold.components, 8);
    close(found.latent.data.subarray(0, gold.firstScores.length), gold.firstScores, 5);
    expect(found.findings).toEqual([]);
  });

  it("have variance 1 each when whitened", async () => {
    const { latent } = await pca.run({ features }, defaults({ nComponents: 3, whiten: true }), { seed: 0 });
    for (let c = 0; c < 3; c++) {
      const column = latent.data.filter((_, i) => i % 3 === c);
      const sum = column.reduce((total, value) => total + value * value, 0);
      expect(sum / (latent.rows - 1)).toBeCloseTo(1, 5);
    }
  });

  it("are no more than the features, and say so", async () => {
    const two = { rows: 4, columns: 2, data: Float32Array.of(0, 0, 1, 0, 2, 0, 3, 0) };
    const { latent, findings, explainedVarianceRatio } = await pca.run({ features: two }, defaults({ nComponents: 5 }), {
      seed: 0,
    });
    expect(latent.columns).toBe(2);
    expect(findings.map(({ code }) => code)).toEqual(["fewer-components"]);
    expect([...explainedVarianceRatio]).toEqual([1, 0]);
    expect([...latent.data.filter((_, i) => i % 2 === 0)]).toEqual([-1.5, -0.5, 0.5, 1.5]);
  });

  it("put equal pixels at one point, and masked ones nowhere", async () => {
    const same = { rows: 3, columns: 2, data: Float32Array.of(7, 7, 7, 7, Number.NaN, 7) };
    const { latent, findings } = await pca.run({ features: same, mask: Uint8Array.of(1, 1, 0) }, defaults({ whiten: true }), {
      seed: 0,
    });
    expect([...latent.data]).toEqual([0, 0, 0, 0, Number.NaN, Number.NaN]);
    expect(findings.map(({ code }) => code)).toEqual(["no-variance"]);
    await expect(pca.run({ features: same }, defaults(), { seed: 0 })).rejects.toThrow(DataCheckError);
    await expect(pca.run({ features: same }, defaults(), { seed: 0 })).rejects.toThrow("pixel 2, feature 0");
  });
});
