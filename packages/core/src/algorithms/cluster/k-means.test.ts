import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParameterError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { parseParameters } from "../parameters.js";
import golden from "./golden/cluster.json" with { type: "json" };
import { kMeans } from "./k-means.js";

const defaults = (given: object = {}) => parseParameters(kMeans, given);

describe("k-means", () => {
  it.each(golden.kMeans)("reaches the smallest inertia that scikit-learn finds: $nClusters clusters", async (gold) => {
    const points = matrix(gold.points.length / gold.dimensions, gold.dimensions, Float64Array.from(gold.points));
    const found = await kMeans.run({ points }, defaults({ nClusters: gold.nClusters, nInit: 50, tol: 0 }), { seed: 3 });
    expect(found.inertia / gold.inertia).toBeCloseTo(1, 9);
    expect(found.converged).toBe(true);
  });

  it("puts every point to its nearest centre, and centres are means; cluster 0 is the largest", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 6, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (values, nClusters) => {
          const points = matrix(values.length, 1, Float64Array.from(values));
          const { labels, centres, inertia } = await kMeans.run({ points }, defaults({ nClusters, nInit: 2 }), { seed: 1 });
          const sizes = new Array<number>(nClusters).fill(0);
          let sum = 0;
          values.forEach((value, i) => {
            const own = Math.abs(value - centres.data[labels[i]!]!);
            for (const centre of centres.data) expect(own).toBeLessThanOrEqual(Math.abs(value - centre) + 1e-9);
            sum += own * own;
            sizes[labels[i]!]! += 1;
          });
          expect(sum).toBeCloseTo(inertia, 8);
          expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes float32 points and copes with fewer distinct points than clusters", async () => {
    const points = matrix(6, 1, Float64Array.of(1, 1, 1, 1, 2, 2));
    const single = { rows: 6, columns: 1, data: Float32Array.from(points.data) };
    const found = await kMeans.run({ points: single }, defaults({ nClusters: 3 }), { seed: 1 });
    expect(found.inertia).toBe(0);
    expect(found.labels[0]).toBe(0);
  });

  it("names the parameter that asks for too much", async () => {
    const points = matrix(2, 1, Float64Array.of(1, 2));
    const failure = await kMeans.run({ points }, defaults({ nClusters: 3 }), { seed: 1 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ParameterError);
    expect((failure as ParameterError).facts.field).toBe("nClusters");
  });
});
