/**
 * Pixels that took no part in a layout, placed among those that did: each at the mean of its nearest neighbours in the layout, weighted by the memberships that UMAP gives them,
 * as umap-learn begins to transform new points (McInnes, Healy and Melville 2018, arXiv:1802.03426). Blocks of pixels are shared by threads.
 */
import { exp } from "../../../kernels/math.js";
import type { Matrix } from "../../../kernels/matrix.js";
import type { NeighbourMetric, SummedMetric } from "../../../kernels/nearest-neighbours/distance.js";
import { foreignSearch } from "../../../kernels/nearest-neighbours/foreign-search.js";
import { type KdTree, kdTree } from "../../../kernels/nearest-neighbours/kd-tree.js";
import { fromSums } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { unitRows } from "../../../kernels/nearest-neighbours/unit-rows.js";
import { type BlockWork, beginBlocks } from "../../../kernels/threads/block-work.js";
import { memoryFor } from "../../../kernels/threads/same-memory.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import { neighbourhoodScales } from "./neighbourhood-scales.js";

const BLOCK_ROWS = 2048;

interface Placing {
  /** Of the rows that were laid out. */
  readonly tree: KdTree;
  readonly all: Matrix<Float32Array>;
  readonly k: number;
  readonly metric: SummedMetric;
}

interface Found {
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** Looks for the neighbours of all rows, a block each. */
export const placingWork: BlockWork<Placing, undefined, Found> = {
  name: "umap-placing",
  bytes: ({ all, tree }) => all.data.byteLength + tree.coordinates.byteLength,
  async begin({ tree, all, k, metric }) {
    const search = foreignSearch(tree, k, metric);
    return {
      stage() {},
      block(block) {
        const from = block * BLOCK_ROWS;
        const rows = Math.min(all.rows, from + BLOCK_ROWS) - from;
        const found = { indices: new Int32Array(rows * k), distances: new Float64Array(rows * k) };
        for (let i = 0; i < rows; i++) {
          const query = all.data.subarray((from + i) * all.columns, (from + i + 1) * all.columns);
          search(query, found.indices, found.distances, i * k);
        }
        return found;
      },
    };
  },
};

export interface LaidOut {
  /** The rows that took part: indices into all, rising. */
  readonly rows: Int32Array;
  /** Float32 [rows x dimensions] */
  readonly positions: Matrix<Float32Array>;
}

/** Positions of all rows; those that were laid out keep theirs. `k`: neighbours by which a row is placed. */
export async function placeOthers(
  features: Matrix<Float32Array>,
  { rows, positions }: LaidOut,
  { k, metric, localConnectivity }: { readonly k: number; readonly metric: NeighbourMetric; readonly localConnectivity: number },
  context: WorkContext,
): Promise<Matrix<Float32Array>> {
  const all = sharedCopy(metric === "cosine" ? unitRows(features) : features, context);
  const tree = await kdTree(rowsOf(all, rows), context);
  const placed = new Float32Array(features.rows * positions.columns);
  const summed: SummedMetric = metric === "manhattan" ? "absolute" : "squared";
  const blocks = await beginBlocks(placingWork, { tree, all, k, metric: summed }, context);
  const found: Found[] = [];
  try {
    await blocks.run(undefined, Math.ceil(all.rows / BLOCK_ROWS), (result, block) => {
      found[block] = result;
      context.onProgress?.((found.length * BLOCK_ROWS) / (all.rows + BLOCK_ROWS), "placing the other pixels");
    });
  } finally {
    blocks.end();
  }
  for (const [block, { indices, distances }] of found.entries()) {
    fromSums(distances, metric);
    const neighbours = { rows: indices.length / k, k, indices, distances };
    const { rho, sigma } = await neighbourhoodScales(neighbours, localConnectivity, context);
    const at = block * BLOCK_ROWS * positions.columns;
    for (let i = 0; i < neighbours.rows; i++) {
      const weight = (j: number): number => exp(-Math.max(0, distances[i * k + j]! - rho[i]!) / sigma[i]!);
      placeRow(placed, at + i * positions.columns, positions, indices.subarray(i * k, (i + 1) * k), weight);
    }
  }
  rows.forEach((row, i) => {
    const own = positions.data.subarray(i * positions.columns, (i + 1) * positions.columns);
    placed.set(own, row * positions.columns);
  });
  return { rows: features.rows, columns: positions.columns, data: placed };
}

function placeRow(
  placed: Float32Array,
  at: number,
  { columns, data }: Matrix<Float32Array>,
  neighbours: Int32Array,
  weight: (j: number) => number,
): void {
  let all = 0;
  const sum = new Float64Array(columns);
  for (let j = 0; j < neighbours.length; j++) {
    const w = weight(j);
    all += w;
    for (let d = 0; d < columns; d++) sum[d]! += w * data[neighbours[j]! * columns + d]!;
  }
  for (let d = 0; d < columns; d++) placed[at + d] = sum[d]! / all;
}

function sharedCopy({ rows, columns, data }: Matrix<Float32Array>, { threads }: WorkContext): Matrix<Float32Array> {
  const copy = new Float32Array(memoryFor(threads, data.byteLength));
  copy.set(data);
  return { rows, columns, data: copy };
}

/** Some rows of a matrix. */
export function rowsOf({ columns, data }: Matrix<Float32Array>, rows: Int32Array): Matrix<Float32Array> {
  const some = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    some.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, data: some };
}
