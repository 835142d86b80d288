import { describe, expect, it } from "vitest";
import { DataCheckError, ShapeError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { parseParameters } from "../parameters.js";
import golden from "./golden/birch.json" with { type: "json" };
import { silhouette } from "./silhouette.js";

const defaults = (given: object = {}) => parseParameters(silhouette, given);

/** Three clouds that touch. */
function clouds(n: number) {
  const stream = randomStream(4, "silhouette-test");
  const labels = Int32Array.from({ length: n }, (_, i) => i % 3);
  const points = matrix(
    n,
    2,
    Float64Array.from({ length: 2 * n }, (_, i) => stream.normal() + (i % 2 === 0 ? 3 : 1) * labels[i >> 1]!),
  );
  return { points, labels };
}

describe("silhouette", () => {
  it.each(golden.silhouette)("is scikit-learn's, point by point", async (gold) => {
    const points = matrix(gold.labels.length, gold.dimensions, Float64Array.from(gold.points));
    const found = await silhouette.run({ points, labels: Int32Array.from(gold.labels) }, defaults(), { seed: 0 });
    gold.values.forEach((value, i) => {
      expect(found.values[i]).toBeCloseTo(value, 12);
    });
    expect(found.mean).toBeCloseTo(gold.values.reduce((sum, value) => sum + value, 0) / gold.values.length, 12);
    expect(found.standardError).toBe(0);
  });

  it("judges a sample of many points, and the standard error that it states holds", async () => {
    const input = clouds(1200);
    const exact = await silhouette.run(input, defaults(), { seed: 0 });
    let squares = 0;
    let stated = 0;
    for (let seed = 0; seed < 40; seed++) {
      const sampled = await silhouette.run(input, defaults({ sampleSize: 100 }), { seed });
      expect(sampled.values.length).toBe(100);
      squares += (sampled.mean - exact.mean) ** 2 / 40;
      stated += sampled.standardError / 40;
    }
    expect(Math.sqrt(squares) / stated).toBeGreaterThan(0.7);
    expect(Math.sqrt(squares) / stated).toBeLessThan(1.4);
  });

  it("leaves out unassigned and masked points", async () => {
    const { points, labels } = clouds(90);
    const some = labels.map((label, i) => (i < 10 ? -1 : label));
    const mask = Uint8Array.from(labels, (_, i) => (i >= 80 ? 0 : 1));
    const found = await silhouette.run({ points, labels: some, mask }, defaults(), { seed: 0 });
    const alone = await silhouette.run(
      { points: matrix(70, 2, points.data.slice(20, 160)), labels: labels.slice(10, 80) },
      defaults(),
      { seed: 0 },
    );
    expect(found.values).toEqual(alone.values);
    expect([...found.rows]).toEqual(Array.from({ length: 70 }, (_, i) => i + 10));
  });

  it("refuses a single cluster and labels of another length", async () => {
    const { points } = clouds(9);
    await expect(silhouette.run({ points, labels: new Int32Array(9) }, defaults(), { seed: 0 })).rejects.toThrow(DataCheckError);
    await expect(silhouette.run({ points, labels: new Int32Array(8) }, defaults(), { seed: 0 })).rejects.toThrow(ShapeError);
  });
});
