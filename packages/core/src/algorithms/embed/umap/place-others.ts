/**
 * Pixels that took no part in a layout, placed among those that did: each at the mean of its nearest neighbours in the layout, weighted by the memberships that UMAP gives them,
 * as umap-learn begins to transform new points (McInnes, Healy and Melville 2018, arXiv:1802.03426). Blocks of pixels are shared by threads.
 */
import { exp } from "../../../kernels/math.js";
import type { Matrix } from "../../../kernels/matrix.js";
import type { NeighbourMetric } from "../../../kernels/nearest-neighbours/distance.js";
import { foreignNeighbours } from "../../../kernels/nearest-neighbours/foreign-neighbours.js";
import { kdTree } from "../../../kernels/nearest-neighbours/kd-tree.js";
import { fromSums } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { neighbourPositions } from "../../../kernels/nearest-neighbours/quick/quick-neighbours.js";
import { unitRows } from "../../../kernels/nearest-neighbours/unit-rows.js";
import { breather, partOf, type WorkContext } from "../../../spectrum-image/context.js";
import { neighbourhoodScales } from "./neighbourhood-scales.js";

const ROWS_PER_BREATH = 1024;
/** Of the work, the neighbours of those that were laid out, roughly. */
const GRAPH_PART = 0.1;

export interface LaidOut {
  /** The rows that took part: indices into all, rising. */
  readonly rows: Int32Array;
  /** Float32 [rows x dimensions] */
  readonly positions: Matrix<Float32Array>;
}

export interface Placing {
  /** Neighbours by which a row is placed. */
  readonly k: number;
  readonly metric: NeighbourMetric;
  readonly localConnectivity: number;
  /** Whether it is enough to find nearly all of them. */
  readonly isQuick: boolean;
}

/** Positions of all rows; those that were laid out keep theirs. */
export async function placeOthers(
  features: Matrix<Float32Array>,
  { rows, positions }: LaidOut,
  { k, metric, localConnectivity, isQuick }: Placing,
  context: WorkContext,
): Promise<Matrix<Float32Array>> {
  const all = metric === "cosine" ? unitRows(features) : features;
  const tree = await kdTree(rowsOf(all, rows), context);
  const placed = new Float32Array(features.rows * positions.columns);
  const placing: WorkContext = {
    ...context,
    onProgress: (fraction) => context.onProgress?.(fraction, "placing the other pixels"),
  };
  const mayBeQuick = isQuick && metric !== "manhattan";
  const graph = mayBeQuick ? await neighbourPositions(tree, all, k, partOf(placing, 0, GRAPH_PART)) : undefined;
  const rest = graph ? partOf(placing, GRAPH_PART, 1) : placing;
  const summed = metric === "manhattan" ? "absolute" : "squared";
  const { indices, distances } = await foreignNeighbours(tree, all, k, summed, rest, graph);
  fromSums(distances, metric);
  const { rho, sigma } = await neighbourhoodScales({ rows: all.rows, k, indices, distances }, localConnectivity, context);
  const pause = breather(context);
  for (let i = 0; i < all.rows; i++) {
    const weight = (j: number): number => exp(-Math.max(0, distances[i * k + j]! - rho[i]!) / sigma[i]!);
    placeRow(placed, i * positions.columns, positions, indices.subarray(i * k, (i + 1) * k), weight);
    if (i % ROWS_PER_BREATH === 0) await pause();
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

/** Some rows of a matrix. */
export function rowsOf({ columns, data }: Matrix<Float32Array>, rows: Int32Array): Matrix<Float32Array> {
  const some = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    some.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, data: some };
}
