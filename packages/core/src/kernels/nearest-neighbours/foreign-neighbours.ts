/** Nearest points of a tree for many points that are not in it: those that fall into the same leaf ask together, and threads share them. */
import type { WorkContext } from "../../spectrum-image/context.js";
import type { Matrix } from "../matrix.js";
import { type BlockWork, beginBlocks, type StageWorker } from "../threads/block-work.js";
import { memoryFor } from "../threads/same-memory.js";
import type { SummedMetric } from "./distance.js";
import { foreignKernel } from "./foreign-kernel.js";
import { type ForeignSearch, foreignSearch } from "./foreign-search.js";
import type { KdTree } from "./kd-tree.js";
import { LEAF_POINTS } from "./leaf-layout.js";
import { intoRows, type NeighbourTable } from "./leaf-search.js";
import { kernelForeign } from "./quick/kernel-foreign.js";
import { referenceForeign } from "./quick/reference-foreign.js";

/** Points of a block; whole lots of queries. */
const BLOCK_POINTS = 128 * LEAF_POINTS;

interface ForeignPoints {
  readonly tree: KdTree;
  readonly points: Matrix<Float32Array>;
  /** Int32 [rows of points]: the rows as they ask. */
  readonly asking: Int32Array;
  readonly k: number;
  readonly metric: SummedMetric;
  /** Neighbours of each position of the tree, for a quick search. */
  readonly graph: Int32Array | undefined;
}

/** Answers a block of those that ask; the table is in their order. */
export const foreignWork: BlockWork<ForeignPoints, undefined, NeighbourTable> = {
  name: "foreign-neighbours",
  bytes: ({ points, asking, tree, graph }) =>
    points.data.byteLength + asking.byteLength + tree.coordinates.byteLength + (graph?.byteLength ?? 0),
  begin: foreignWorker,
};

async function foreignWorker(input: ForeignPoints): Promise<StageWorker<undefined, NeighbourTable>> {
  const { points, asking, k } = input;
  const search = await quickestSearch(input);
  const queries = new Float32Array(LEAF_POINTS * points.columns);
  return {
    stage() {},
    block(block) {
      const rows = asking.subarray(block * BLOCK_POINTS, (block + 1) * BLOCK_POINTS);
      const table = emptyTable(rows.length, k);
      for (let first = 0; first < rows.length; first += LEAF_POINTS) {
        const lot = rows.subarray(first, first + LEAF_POINTS);
        lot.forEach((row, i) => {
          queries.set(points.data.subarray(row * points.columns, (row + 1) * points.columns), i * points.columns);
        });
        search(
          queries.subarray(0, lot.length * points.columns),
          intoRows((query) => first + query, k, table),
        );
      }
      return table;
    },
  };
}

async function quickestSearch({ tree, k, metric, graph }: ForeignPoints): Promise<ForeignSearch> {
  if (graph !== undefined) return (await kernelForeign(tree, graph, k)) ?? referenceForeign(tree, graph, k);
  const kernel = metric === "squared" ? await foreignKernel(tree, k) : undefined;
  return kernel ?? foreignSearch(tree, k, metric);
}

/**
 * The k nearest points of a tree for every row of `points`, which has the tree's columns: indices of the tree's points, nearest first, ties by index, and summed
 * distances. The same bits on any number of threads. `k` is at most the points of the tree; the values must be finite.
 *
 * The search is exact, unless a `graph` is given (`neighbourPositions` of quick/quick-neighbours.ts, for the same k; squared differences only): then most of what is found is the nearest, and nothing is guaranteed of
 * a single row. The points that lie in the leaves around those that ask, and then twice the neighbours of the nearest of them, are compared.
 */
export async function foreignNeighbours(
  tree: KdTree,
  points: Matrix<Float32Array>,
  k: number,
  metric: SummedMetric,
  context: WorkContext,
  graph?: Int32Array,
): Promise<NeighbourTable> {
  const { threads } = context;
  const shared = new Float32Array(memoryFor(threads, points.data.byteLength));
  shared.set(points.data);
  const asking = new Int32Array(memoryFor(threads, 4 * points.rows));
  asking.set(rowsByLeaf(tree, points));
  const table = emptyTable(points.rows, k);
  const blocks = await beginBlocks(foreignWork, { tree, points: { ...points, data: shared }, asking, k, metric, graph }, context);
  let done = 0;
  try {
    await blocks.run(undefined, Math.ceil(points.rows / BLOCK_POINTS), (found, block) => {
      const sink = intoRows((query) => asking[block * BLOCK_POINTS + query]!, k, table);
      const rows = found.indices.length / k;
      for (let query = 0; query < rows; query++) sink(query, found.indices, found.distances, query * k);
      done += rows;
      context.onProgress?.(done / points.rows);
    });
  } finally {
    blocks.end();
  }
  return table;
}

function emptyTable(rows: number, k: number): NeighbourTable {
  return { indices: new Int32Array(rows * k), distances: new Float64Array(rows * k) };
}

/** All rows, those first that fall into the first leaf; those of a leaf in their order. */
export function rowsByLeaf(tree: KdTree, { rows, columns, data }: Matrix<Float32Array>): Int32Array {
  const leaf = new Int32Array(rows);
  const next = new Int32Array(tree.nodes - tree.firstLeaf + 1);
  for (let row = 0; row < rows; row++) {
    leaf[row] = leafOf(tree, data, row * columns) - tree.firstLeaf;
    next[leaf[row]! + 1]! += 1;
  }
  for (let i = 1; i < next.length; i++) next[i]! += next[i - 1]!;
  const ordered = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    ordered[next[leaf[row]!]!] = row;
    next[leaf[row]!]! += 1;
  }
  return ordered;
}

/** The leaf into which a point falls, the nearer child at every node. */
function leafOf({ dimensions, firstLeaf, axis, lower, upper }: KdTree, data: Float32Array, at: number): number {
  let node = 0;
  while (node < firstLeaf) {
    const value = data[at + axis[node]!]!;
    const left = 2 * node + 1;
    const toLeft = value - upper[left * dimensions + axis[node]!]!;
    const toRight = lower[(left + 1) * dimensions + axis[node]!]! - value;
    node = toLeft <= toRight ? left : left + 1;
  }
  return node;
}
