import { describe, expect, test } from "vitest";
import type { Matrix } from "../matrix.js";
import { randomStream } from "../random.js";
import { boundedSearch, reachOf } from "./bounded-search.js";
import { bruteForceNeighbours } from "./brute-force.js";
import { kdTree } from "./kd-tree.js";
import { leafKernel } from "./leaf-kernel.js";
import { intoTable, type NeighbourSink } from "./leaf-search.js";
import { nearestNeighbours } from "./nearest-neighbours.js";

type Points = Matrix<Float32Array>;
type LeafSearch = (leaf: number) => void;

const K = 9;

function points(rows: number, columns: number, draw: () => number): Points {
  return { rows, columns, data: Float32Array.from({ length: rows * columns }, draw) };
}

function gaussian(rows: number, columns: number, scale = 1, offset = 0): Points {
  const random = randomStream(3, "bounded-search");
  return points(rows, columns, () => offset + scale * random.normal());
}

/** What the kernel and its reference find. */
async function bothFind(data: Points, error: number) {
  const tree = await kdTree(data);
  const reach = reachOf(error, tree);
  const found = async (searchFor: (sink: NeighbourSink) => LeafSearch | Promise<LeafSearch | undefined>) => {
    const table = { indices: new Int32Array(K * data.rows), distances: new Float64Array(K * data.rows) };
    const search = await searchFor(intoTable(tree, K, table));
    expect(search).toBeDefined();
    for (let leaf = tree.firstLeaf; leaf < tree.nodes; leaf++) search!(leaf);
    return table;
  };
  return {
    kernel: await found((sink) => leafKernel(tree, K, sink, reach)),
    reference: await found((sink) => boundedSearch(tree, K, reach, sink)),
  };
}

describe("a search with a bounded error", () => {
  const random = randomStream(8, "bounded-grid");
  const grid = points(800, 7, () => random.integer(3));
  test.each([
    ["spread, error 0.5", gaussian(1200, 12), 0.5],
    ["spread, error 2", gaussian(1200, 12), 2],
    ["spread, no error", gaussian(1200, 12), 0],
    ["on a grid, many of them double", grid, 0.5],
    ["far from the origin and near each other", gaussian(800, 8, 1, 1e5), 0.5],
    ["so large that their squares overflow float32", gaussian(800, 8, 1e25), 0.5],
    ["so small that their squares underflow it", gaussian(800, 8, 1e-25), 0.5],
  ])("finds the same by the kernel and its reference, bit for bit: points %s", async (_, data, error) => {
    const { kernel, reference } = await bothFind(data, error);
    expect(kernel).toEqual(reference);
  });

  test.each([0.25, 1, 3])("finds neighbours at most 1 + %d times as far as the true ones, and misses some", async (error) => {
    const data = gaussian(1200, 12);
    const [exact, found] = [await nearestNeighbours(data, K), await nearestNeighbours(data, K, "euclidean", {}, error)];
    const ratios = found.distances.map((distance, i) => distance / exact.distances[i]!);
    expect(Math.min(...ratios)).toBe(1);
    expect(Math.max(...ratios)).toBeLessThanOrEqual(1 + error);
    expect(Math.max(...ratios)).toBeGreaterThan(1);
  });

  test("is exact without an error, with few columns, and with the metric manhattan", async () => {
    const many = gaussian(400, 12);
    expect((await bothFind(many, 0)).reference.indices).toEqual(bruteForceNeighbours(many, K).indices);
    expect(await nearestNeighbours(many, K, "manhattan", {}, 1)).toEqual(bruteForceNeighbours(many, K, "manhattan"));
    const few = gaussian(400, 5);
    expect(await nearestNeighbours(few, K, "euclidean", {}, 1)).toEqual(bruteForceNeighbours(few, K));
  });
});
