import { expect, test } from "vitest";
import { randomStream } from "../random.js";
import { foreignSearch } from "./foreign-search.js";
import { kdTree } from "./kd-tree.js";

test.each(["squared", "absolute"] as const)("finds the nearest points by %s differences, ties by index", async (metric) => {
  const random = randomStream(9, "foreign-search");
  const [rows, columns, k] = [500, 3, 4];
  // On a grid, so that there are ties and points at the same place.
  const data = Float32Array.from({ length: rows * columns }, () => random.integer(6));
  const search = foreignSearch(await kdTree({ rows, columns, data }), k, metric);
  const [indices, distances] = [new Int32Array(2 * k), new Float64Array(2 * k)];
  for (let trial = 0; trial < 50; trial++) {
    const query = Float32Array.from({ length: columns }, () => random.integer(8) - 1);
    search(query, indices, distances, k);
    const all = Array.from({ length: rows }, (_, row) => {
      const gaps = Array.from(query, (value, d) => data[row * columns + d]! - value);
      return { row, distance: gaps.reduce((sum, gap) => sum + (metric === "squared" ? gap * gap : Math.abs(gap)), 0) };
    });
    const expected = all.sort((a, b) => a.distance - b.distance || a.row - b.row).slice(0, k);
    expect([...indices.subarray(k)]).toEqual(expected.map(({ row }) => row));
    expect([...distances.subarray(k)]).toEqual(expected.map(({ distance }) => distance));
  }
});
