import { describe, expect, test } from "vitest";
import type { Matrix } from "../matrix.js";
import { randomStream } from "../random.js";
import { foreignKernel } from "./foreign-kernel.js";
import { foreignNeighbours } from "./foreign-neighbours.js";
import { foreignSearch } from "./foreign-search.js";
import { kdTree } from "./kd-tree.js";
import { LEAF_POINTS } from "./leaf-layout.js";
import { intoRows } from "./leaf-search.js";

type Points = Matrix<Float32Array>;

/** By comparing with all points, in float64 and plain order of terms: exact on a grid. */
function nearestByComparing(points: Points, query: Float32Array, k: number, metric: "squared" | "absolute") {
  const all = Array.from({ length: points.rows }, (_, row) => {
    const gaps = Array.from(query, (value, d) => points.data[row * points.columns + d]! - value);
    return { row, distance: gaps.reduce((sum, gap) => sum + (metric === "squared" ? gap * gap : Math.abs(gap)), 0) };
  });
  return all.sort((a, b) => a.distance - b.distance || a.row - b.row).slice(0, k);
}

function points(rows: number, columns: number, draw: () => number): Points {
  return { rows, columns, data: Float32Array.from({ length: rows * columns }, draw) };
}

async function searchesOf(tree: Points, k: number) {
  const built = await kdTree(tree);
  const kernel = await foreignKernel(built, k);
  expect(kernel).toBeDefined();
  return { reference: foreignSearch(built, k, "squared"), kernel: kernel! };
}

describe("a search for points that are not in the tree", () => {
  test.each([
    ["squared", 3],
    ["squared", 7],
    ["squared", 12],
    ["absolute", 3],
  ] as const)("finds the nearest by %s differences in %i columns, ties by index", async (metric, columns) => {
    const random = randomStream(9, "foreign-search");
    const k = 4;
    // On a grid, so that there are ties and points at the same place.
    const fixed = points(500, columns, () => random.integer(6));
    const asked = points(150, columns, () => random.integer(8) - 1);
    const { indices, distances } = await foreignNeighbours(await kdTree(fixed), asked, k, metric, {});
    for (let row = 0; row < asked.rows; row++) {
      const query = asked.data.subarray(row * columns, (row + 1) * columns);
      const expected = nearestByComparing(fixed, query, k, metric);
      expect([...indices.subarray(row * k, (row + 1) * k)]).toEqual(expected.map((one) => one.row));
      expect([...distances.subarray(row * k, (row + 1) * k)]).toEqual(expected.map((one) => one.distance));
    }
  });

  test.each([
    ["spread", 1, 0],
    ["far from the origin and near each other", 1, 1e5],
    ["so large that their squares overflow float32", 1e25, 0],
    ["so small that their squares underflow it", 1e-25, 0],
  ])("is the same by the kernel and its reference, bit for bit: points %s", async (_, scale, offset) => {
    const random = randomStream(4, "foreign-kernel");
    const draw = () => offset + scale * random.normal();
    const k = 5;
    const { reference, kernel } = await searchesOf(points(3000, 12, draw), k);
    for (const count of [LEAF_POINTS, 1, 7]) {
      const queries = points(count, 12, draw).data;
      const [expected, found] = [emptyTable(count, k), emptyTable(count, k)];
      reference(
        queries,
        intoRows((query) => query, k, expected),
      );
      kernel(
        queries,
        intoRows((query) => query, k, found),
      );
      expect(found).toEqual(expected);
    }
  });

  test("finds a point of the tree that is asked for as its own nearest", async () => {
    const random = randomStream(5, "foreign-self");
    const fixed = points(2000, 12, () => random.normal());
    const { indices, distances } = await foreignNeighbours(await kdTree(fixed), fixed, 1, "squared", {});
    expect([...indices]).toEqual([...Array(2000).keys()]);
    expect(distances.every((distance) => distance === 0)).toBe(true);
  });
});

function emptyTable(rows: number, k: number) {
  return { indices: new Int32Array(rows * k), distances: new Float64Array(rows * k) };
}
