import { describe, expect, test } from "vitest";
import type { Matrix } from "../../matrix.js";
import { randomStream } from "../../random.js";
import type { ForeignSearch } from "../foreign-search.js";
import { kdTree } from "../kd-tree.js";
import { intoRows } from "../leaf-search.js";
import { kernelForeign } from "./kernel-foreign.js";
import { doStages, neighbourPositions, placedGraph } from "./quick-neighbours.js";
import { referenceForeign } from "./reference-foreign.js";
import { referenceGraph } from "./reference-graph.js";

type Points = Matrix<Float32Array>;

const K = 9;

function points(rows: number, columns: number, draw: () => number): Points {
  return { rows, columns, data: Float32Array.from({ length: rows * columns }, draw) };
}

function gaussian(rows: number, columns: number, offset = 0): Points {
  const random = randomStream(3, "quick-graph");
  return points(rows, columns, () => offset + random.normal());
}

function grid(rows: number, columns: number): Points {
  const random = randomStream(8, "quick-grid");
  return points(rows, columns, () => random.integer(3));
}

describe("the stages of a quick search", () => {
  test.each([
    ["spread", gaussian(1500, 12), K, 256],
    ["spread, few leaves looked at", gaussian(2100, 12), 14, 9],
    ["spread, columns that fill no vector, an odd number of neighbours", gaussian(1100, 7), 11, 20],
    ["on a grid, many of them double", grid(1100, 6), K, 20],
    ["all equal", points(600, 6, () => 1), 3, 4],
    ["far from the origin and near each other", gaussian(1100, 8, 1e5), K, 20],
  ])("are the same by the kernel and its reference, bit for bit: points %s", async (_, data, k, mostLeaves) => {
    const tree = await kdTree(data);
    const [kernel, reference] = [await placedGraph(tree, k, mostLeaves), referenceGraph(tree, k, mostLeaves)];
    expect(kernel).toBeDefined();
    await doStages(kernel!.program, tree, {});
    await doStages(reference, tree, {});
    expect(kernel!.indices).toEqual(reference.indices);
    expect(kernel!.distances).toEqual(reference.distances);
  });
});

describe("a quick search for points that are not in the tree", () => {
  test.each([
    ["spread", gaussian(4100, 12), 5, 128],
    ["spread, few leaves looked at", gaussian(4100, 12), 15, 3],
    ["spread, columns that fill no vector", gaussian(4100, 7), 11, 20],
    ["on a grid, many of them double", grid(4100, 6), K, 20],
    ["far from the origin and near each other", gaussian(4100, 8, 1e5), K, 20],
  ])("is the same by the kernel and its reference, bit for bit: points %s", async (_, data, k, mostLeaves) => {
    const tree = await kdTree(data);
    const graph = await neighbourPositions(tree, data, k, {});
    expect(graph).toBeDefined();
    const [kernel, reference] = [await kernelForeign(tree, graph!, k, mostLeaves), referenceForeign(tree, graph!, k, mostLeaves)];
    expect(kernel).toBeDefined();
    for (const count of [32, 1, 7]) {
      const queries = data.data.slice(0, count * data.columns).map((value, i) => value + (i % 3) / 4);
      expect(answers(kernel!, queries, count, k)).toEqual(answers(reference, queries, count, k));
    }
  });
});

/** Indices and squared distances of what is found. */
function answers(search: ForeignSearch, queries: Float32Array, count: number, k: number) {
  const table = { indices: new Int32Array(count * k), distances: new Float64Array(count * k) };
  const sink = intoRows((query) => query, k, table);
  search(queries, sink);
  return table;
}
