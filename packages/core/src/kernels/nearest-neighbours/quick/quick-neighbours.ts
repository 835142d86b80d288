import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import { neighbourGraphProgram } from "../../generated/neighbour-graph.js";
import { kernelModule, startKernel } from "../../kernel.js";
import { kernelMemory } from "../../kernel-memory.js";
import type { Matrix } from "../../matrix.js";
import { memoryFor } from "../../threads/same-memory.js";
import type { NeighbourMetric } from "../distance.js";
import { type KdTree, kdTree } from "../kd-tree.js";
import { LEAF_POINTS, pointsOfLargestLeaf } from "../leaf-layout.js";
import { intoTable, type NeighbourSink } from "../leaf-search.js";
import { checkNeighbourCount, fromSums, type Neighbours, nearestNeighbours } from "../nearest-neighbours.js";
import { unitRows } from "../unit-rows.js";
import { graphPlan, keptNeighbours, MOST_LEAVES } from "./graph-plan.js";
import { type GraphProgram, giveAll, piecesOf, stages } from "./graph-stages.js";
import { fillGraph, type GraphKernel, indicesOf, kernelGraph, memberGraph } from "./kernel-graph.js";
import { searchQuicklyWithThreads } from "./quick-threads.js";
import { referenceGraph } from "./reference-graph.js";

/** With fewer columns or points a search that guarantees its error is as quick; and with more neighbours, since these have as many neighbours again. */
const FEWEST_COLUMNS = 6;
const FEWEST_POINTS = 4096;
const MOST_NEIGHBOURS = 64;
/** Differences in between have squares that are float32 numbers, and so have their sums. */
const LEAST_WIDTH = 1e-12;
const MOST_WIDTH = 1e17;
/** How much farther than the true one a neighbour may be where the quick search does not serve. */
const ERROR_ELSE = 0.5;

/**
 * k near other rows of every row, most of them the nearest (docs/methods/umap.md has how many): nothing is guaranteed of a single row, but the time grows little faster than the
 * number of rows.
 *
 * The points of a leaf of a kd-tree look for neighbours in the leaves around it; then each looks twice at the neighbours of its neighbours, along edges in both directions (after
 * Dong, Moses and Li 2011, doi:10.1145/1963405.1963487, who begin at random and compare the neighbours of a point with each other). The same bits on any number of threads.
 *
 * The search is that of `nearestNeighbours` with an error of 0.5 where the metric is manhattan, with fewer than 6 columns or 4,096 rows, more than 64 neighbours, or values so far
 * apart or so near each other that their squares are no float32 numbers.
 *
 * @param k From 1 to rows - 1.
 * @throws ParameterError when k is outside its range; ShapeError for an empty matrix; DataCheckError for values that are not finite.
 */
export async function quickNeighbours(
  points: Matrix<Float32Array>,
  k: number,
  metric: NeighbourMetric = "euclidean",
  context: WorkContext = {},
): Promise<Neighbours> {
  checkNeighbourCount(points.rows, k);
  const { rows, columns } = points;
  const guaranteed = () => nearestNeighbours(points, k, metric, context, ERROR_ELSE);
  if (metric === "manhattan" || !isWorthIt(rows, columns, k)) return guaranteed();
  const tree = await kdTree(metric === "cosine" ? unitRows(points) : points, context);
  if (!hasFittingWidth(tree)) return guaranteed();
  const table = { indices: new Int32Array(rows * k), distances: new Float64Array(rows * k) };
  await searchQuickly(tree, k, intoTable(tree, k, table), context);
  fromSums(table.distances, metric);
  return { rows, k, ...table };
}

function isWorthIt(points: number, columns: number, k: number): boolean {
  return columns >= FEWEST_COLUMNS && points >= FEWEST_POINTS && k <= MOST_NEIGHBOURS;
}

/** Whether squares of differences are float32 numbers, but for those of points that lie very near each other. */
function hasFittingWidth({ dimensions, lower, upper }: KdTree): boolean {
  let widest = 0;
  for (let d = 0; d < dimensions; d++) widest = Math.max(widest, upper[d]! - lower[d]!);
  return widest > LEAST_WIDTH && widest < MOST_WIDTH;
}

/**
 * What `foreignNeighbours` needs to search quickly for points that are not in a tree, by squared differences: Int32 [points x kept neighbours], the positions of the nearest points
 * of each position, most of them the true ones; at least k of them. Undefined where the quick search does not serve, as for {@link quickNeighbours}. `others`: the points to search for.
 */
export async function neighbourPositions(
  tree: KdTree,
  others: Matrix<Float32Array>,
  k: number,
  context: WorkContext,
): Promise<Int32Array | undefined> {
  const { points, dimensions, position } = tree;
  if (!isWorthIt(points, dimensions, k) || !hasFittingWidth(tree) || !areNear(others, tree)) return undefined;
  const kept = keptNeighbours(k);
  const positions = new Int32Array(memoryFor(context.threads, 4 * points * kept));
  const sink: NeighbourSink = (place, indices, _, at) => {
    for (let j = 0; j < kept; j++) positions[place * kept + j] = position[indices[at + j]!]!;
  };
  await searchQuickly(tree, kept, sink, context);
  return positions;
}

/** Whether squares of differences from the points of a tree are float32 numbers. */
function areNear({ columns, data }: Matrix<Float32Array>, { lower, upper }: KdTree): boolean {
  for (let i = 0, d = 0; i < data.length; i++, d = d + 1 === columns ? 0 : d + 1) {
    const value = data[i]!;
    if (!(value - lower[d]! < MOST_WIDTH && upper[d]! - value < MOST_WIDTH)) return false;
  }
  return true;
}

/** Gives `sink` the neighbours of every point of a tree by what is quickest on this host: threads that share memory, the kernel, or plain TypeScript, with the same bits. */
async function searchQuickly(tree: KdTree, k: number, sink: NeighbourSink, context: WorkContext): Promise<void> {
  if (await searchQuicklyWithThreads(tree, k, sink, context)) return;
  const kept = keptNeighbours(k);
  const placed = pointsOfLargestLeaf(tree) <= LEAF_POINTS ? await placedGraph(tree, k) : undefined;
  if (placed !== undefined) {
    await doStages(placed.program, tree, context);
    giveAll(sink, tree.points, kept, placed.indices, placed.distances);
    return;
  }
  const reference = referenceGraph(tree, k);
  await doStages(reference, tree, context);
  giveAll(sink, tree.points, kept, reference.indices, reference.distances);
}

interface PlacedGraph {
  readonly program: GraphProgram;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** A graph in the memory of a kernel, or undefined where the host has none. */
export async function placedGraph(tree: KdTree, k: number, mostLeaves = MOST_LEAVES): Promise<PlacedGraph | undefined> {
  const module = await kernelModule(neighbourGraphProgram, false);
  const placed = module && kernelMemory(graphPlan(tree, k, 1), false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fillGraph(arrays, tree);
  const address = memberGraph(arrays, tree, k, 0, mostLeaves);
  const kernel = await startKernel<GraphKernel>(module, memory);
  const indices = indicesOf(arrays);
  return { program: kernelGraph(kernel, memory, address, tree), indices, distances: arrays.keys };
}

/** All stages, piece by piece. */
export async function doStages(program: GraphProgram, tree: KdTree, context: WorkContext): Promise<void> {
  const pause = breather(context);
  let before = 0;
  for (const { stage, share } of stages) {
    program.enter(stage);
    const pieces = piecesOf(stage, tree);
    for (let piece = 0; piece < pieces; piece++) {
      program.piece(stage, piece);
      context.onProgress?.(before + (share * (piece + 1)) / pieces);
      await pause();
    }
    before += share;
  }
}
