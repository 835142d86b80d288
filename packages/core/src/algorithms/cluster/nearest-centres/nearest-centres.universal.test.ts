import { describe, expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import type { UsedPoints } from "../clustering.js";
import { kernelCentres } from "./kernel-centres.js";
import type { NearestCentres } from "./nearest-centres.js";
import { referenceCentres } from "./reference-centres.js";

/** Points of which many are double, so that distances tie. */
function cloud(n: number, dimensions: number): UsedPoints {
  const random = randomStream(8, "nearest-centres");
  const data = Float64Array.from({ length: n * dimensions }, (_, i) => (i % 3 === 0 ? random.integer(2) : random.normal()));
  return { n, dimensions, data, rows: undefined };
}

function work(nearest: NearestCentres, { n, data, dimensions }: UsedPoints) {
  const potentials = [0, n - 1, n >> 1].map((index) => {
    const potential = nearest.potentialWith(index);
    nearest.choose(index);
    return potential;
  });
  const centres = data.slice(0, 3 * dimensions);
  const changes = [nearest.assign(centres, 0, n), nearest.assign(centres, 0, n)];
  return { potentials, changes, labels: [...nearest.labels], distances: [...nearest.distances], closest: [...nearest.closest] };
}

const sizes = [1, 2, 3, 5, 12].flatMap((dimensions) => [4, 101].map((n) => ({ n, dimensions })));

describe("nearest centres", () => {
  it.each(sizes)("gives as a kernel the bits of plain TypeScript: $n x $dimensions", async ({ n, dimensions }) => {
    const points = cloud(n, dimensions);
    const kernel = await kernelCentres(points, 3);
    expect(kernel).toBeDefined();
    expect(work(kernel!, points)).toEqual(work(referenceCentres(points), points));
  });

  it("finds the nearest of all centres, the first of equals, and says whether that changed", () => {
    const points: UsedPoints = { n: 3, dimensions: 1, data: Float64Array.of(0, 1, 5), rows: undefined };
    const nearest = referenceCentres(points);
    expect(nearest.assign(Float64Array.of(0, 2, 4), 0, 3)).toBe(true);
    expect([...nearest.labels]).toEqual([0, 0, 2]);
    expect([...nearest.distances]).toEqual([0, 1, 1]);
    expect(nearest.assign(Float64Array.of(0, 2, 4), 0, 3)).toBe(false);
    nearest.choose(0);
    expect(nearest.potentialWith(2)).toBe(1);
    expect([...nearest.closest]).toEqual([0, 1, 25]);
  });
});
