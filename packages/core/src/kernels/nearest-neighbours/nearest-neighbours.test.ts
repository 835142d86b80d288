import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSigmaError } from "../../errors.js";
import { randomStream } from "../random.js";
import { bruteForceNeighbours } from "./brute-force.js";
import type { NeighbourMetric } from "./distance.js";
import { kdTree } from "./kd-tree.js";
import { nearestNeighbours } from "./nearest-neighbours.js";

const metrics: NeighbourMetric[] = ["euclidean", "manhattan", "cosine"];

function gaussian(rows: number, columns: number, seed: number) {
  const random = randomStream(seed, "test");
  return { rows, columns, data: Float32Array.from({ length: rows * columns }, () => random.normal()) };
}

describe("nearestNeighbours", () => {
  for (const metric of metrics) {
    for (const columns of [1, 2, 3, 5, 7, 12]) {
      it(`equals the exhaustive search bit for bit: ${metric}, ${columns} columns`, async () => {
        const points = gaussian(700, columns, columns);
        const found = await nearestNeighbours(points, 15, metric);
        expect(found).toEqual(bruteForceNeighbours(points, 15, metric));
      });
    }
  }

  it("breaks ties by index, with points on a grid, many of them double", async () => {
    const small = fc.record({
      rows: fc.integer({ min: 2, max: 150 }),
      columns: fc.integer({ min: 1, max: 11 }),
      k: fc.integer({ min: 1, max: 20 }),
      seed: fc.integer(),
      metric: fc.constantFrom(...metrics),
    });
    await fc.assert(
      fc.asyncProperty(small, async ({ rows, columns, k, seed, metric }) => {
        const random = randomStream(seed, "grid");
        const points = { rows, columns, data: Float32Array.from({ length: rows * columns }, () => random.integer(3) - 1) };
        const neighbours = Math.min(k, rows - 1);
        expect(await nearestNeighbours(points, neighbours, metric)).toEqual(bruteForceNeighbours(points, neighbours, metric));
      }),
      { numRuns: 100 },
    );
  });

  it("needs no more time where most rows are equal, as empty pixels are", async () => {
    const rows = 40_000;
    const data = Float32Array.from({ length: 2 * rows }, (_, i) => (i < 1000 ? i : 0));
    const { indices, distances } = await nearestNeighbours({ rows, columns: 2, data }, 3);
    expect([...indices.subarray(3 * 600, 3 * 601)]).toEqual([500, 501, 502]);
    expect([...indices.subarray(3 * 501, 3 * 502)]).toEqual([500, 502, 503]);
    expect(distances[3 * 600]).toBe(0);
  });

  it.each([
    ["so large that their squares overflow float32", 1e25],
    ["so small that their squares underflow it", 1e-25],
  ])("finds the neighbours of points %s", async (_, scale) => {
    const { rows, columns, data } = gaussian(300, 8, 4);
    const points = { rows, columns, data: data.map((value) => value * scale) };
    expect(await nearestNeighbours(points, 9)).toEqual(bruteForceNeighbours(points, 9));
  });

  it("finds the neighbours of points far from the origin and near each other", async () => {
    const { rows, columns, data } = gaussian(300, 8, 4);
    const points = { rows, columns, data: data.map((value) => 1e5 + value) };
    expect(await nearestNeighbours(points, 9)).toEqual(bruteForceNeighbours(points, 9));
  });

  it("needs no more time where most rows of many columns are equal", async () => {
    const rows = 40_000;
    const data = Float32Array.from({ length: 8 * rows }, (_, i) => (i < 4000 ? i : 0));
    const { indices } = await nearestNeighbours({ rows, columns: 8, data }, 3);
    expect([...indices.subarray(3 * 600, 3 * 601)]).toEqual([500, 501, 502]);
  });

  it("keeps a row of zeros at cosine distance 1 from the others", async () => {
    const points = { rows: 4, columns: 2, data: Float32Array.of(0, 0, 3, 0, -1, 0, 0, 0) };
    const { indices, distances } = await nearestNeighbours(points, 3, "cosine");
    expect([...indices]).toEqual([3, 1, 2, 0, 3, 2, 0, 3, 1, 0, 1, 2]);
    expect([...distances]).toEqual([0, 1, 1, 1, 1, 2, 1, 1, 2, 0, 1, 1]);
  });

  it("refuses k outside 1 to rows - 1, no rows, and values that are not finite", async () => {
    const tagOf = async (rows: number, columns: number, data: number[], k: number) =>
      nearestNeighbours({ rows, columns, data: Float32Array.from(data) }, k).then(
        () => "none",
        (error: unknown) => (isSigmaError(error) ? error.tag : "other"),
      );
    expect(await tagOf(2, 1, [1, 2], 0)).toBe("parameter");
    expect(await tagOf(2, 1, [1, 2], 2)).toBe("parameter");
    expect(await tagOf(2, 1, [1, 2], 1.5)).toBe("parameter");
    expect(await tagOf(3, 0, [], 1)).toBe("shape");
    expect(await tagOf(3, 1, [1, Number.NaN, 2], 1)).toBe("data-check");
    await expect(nearestNeighbours({ rows: 2, columns: 2, data: Float32Array.of(0, 1, 2, Infinity) }, 1)).rejects.toThrow(
      "row 1, column 1",
    );
  });

  it("stops when asked, and reports progress up to 1", async () => {
    const points = gaussian(2000, 3, 1);
    const stopper = new AbortController();
    const fractions: number[] = [];
    await nearestNeighbours(points, 5, "euclidean", { onProgress: (fraction) => void fractions.push(fraction) });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    stopper.abort();
    await expect(nearestNeighbours(points, 5, "euclidean", { signal: stopper.signal })).rejects.toThrow("Stopped");
  });
});

describe("kdTree", () => {
  it("holds every point once, in leaves of at most the size asked for, inside boxes that touch it", async () => {
    const points = gaussian(1000, 3, 9);
    const tree = await kdTree(points, {}, 8);
    expect([...tree.order].sort((a, b) => a - b)).toEqual([...Array(1000).keys()]);
    expect([...tree.order].map((row) => tree.position[row])).toEqual([...Array(1000).keys()]);
    for (let node = 0; node < tree.nodes; node++) {
      const size = tree.end[node]! - tree.start[node]!;
      expect(size).toBeGreaterThan(0);
      if (node >= tree.firstLeaf) expect(size).toBeLessThanOrEqual(8);
      for (let d = 0; d < 3; d++) {
        const inside = tree.order.slice(tree.start[node], tree.end[node]).map((row) => row * 3 + d);
        const values = [...inside].map((place) => points.data[place]!);
        expect(tree.lower[node * 3 + d]).toBe(Math.min(...values));
        expect(tree.upper[node * 3 + d]).toBe(Math.max(...values));
      }
    }
  });

  it("needs no more time for sorted or equal coordinates", async () => {
    for (const valueAt of [(i: number) => i, (i: number) => -i, () => 0, (i: number) => i % 2]) {
      const tree = await kdTree({
        rows: 100_000,
        columns: 1,
        data: Float32Array.from({ length: 100_000 }, (_, i) => valueAt(i)),
      });
      expect(tree.end[0]).toBe(100_000);
    }
  });
});
