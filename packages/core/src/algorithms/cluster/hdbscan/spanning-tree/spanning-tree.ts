/**
 * The minimum spanning tree of the points under mutual reachability, max(core_p, core_q, distance(p, q)), by the method of Boruvka (1926) with
 * a search tree (March, Ram and Gray 2010, doi:10.1145/1835804.1835882; McInnes and Healy 2017, doi:10.1109/ICDMW.2017.12): in each
 * round every component finds its shortest edge to another, and all these edges are added.
 */
import { log } from "../../../../kernels/math.js";
import type { SummedMetric } from "../../../../kernels/nearest-neighbours/distance.js";
import type { KdTree } from "../../../../kernels/nearest-neighbours/kd-tree.js";
import { searchAll } from "../../../../kernels/nearest-neighbours/search-all.js";
import { breather, partOf, type WorkContext } from "../../../../spectrum-image/context.js";
import { kernelRounds } from "./kernel-rounds.js";
import { referenceRounds } from "./reference-rounds.js";
import { intoRounds, separatePoints, type TreeRounds } from "./tree-rounds.js";

/** `points - 1` edges that join all points; lengths in the units of the metric's sums (squared, or absolute). */
export interface SpanningTree {
  /** Int32: index of a point */
  readonly from: Int32Array;
  /** Int32: index of a point */
  readonly to: Int32Array;
  /** Float64 */
  readonly length: Float64Array;
  /** Rounds that it took: about log2 of the number of points, at most. */
  readonly rounds: number;
}

/**
 * The core distance of a point reaches the `minSamples`-th nearest point, itself included. 1 gives the tree of 2: no edge is shorter than the distance of either end to
 * its nearest point. A tree of two points at least; `minSamples` from 1 to as many.
 */
export async function spanningTree(
  tree: KdTree,
  metric: SummedMetric,
  minSamples: number,
  context: WorkContext,
): Promise<SpanningTree> {
  const k = Math.max(minSamples - 1, 1);
  const kernel = metric === "squared" ? await kernelRounds(tree, k) : undefined;
  return treeByRounds(tree, metric, k, kernel ?? referenceRounds(tree, k, metric), context);
}

/** By these rounds: core distances to the k-th nearest, then rounds until all is joined. */
export async function treeByRounds(
  tree: KdTree,
  metric: SummedMetric,
  k: number,
  rounds: TreeRounds,
  context: WorkContext,
): Promise<SpanningTree> {
  const { arrays } = rounds;
  await searchAll(tree, k, metric, intoRounds(arrays, tree, k), partOf(context, 0, 0.6));
  separatePoints(arrays, tree);
  const taken = await joinAll(tree, rounds, partOf(context, 0.6, 1));
  const indexAt = (position: number): number => tree.order[position]!;
  return { from: arrays.from.map(indexAt), to: arrays.to.map(indexAt), length: arrays.length.slice(), rounds: taken };
}

/** Returns how many rounds it took. */
async function joinAll(
  { points, firstLeaf, nodes }: KdTree,
  { beginRound, searchLeaf, addEdges }: TreeRounds,
  context: WorkContext,
): Promise<number> {
  const pause = breather(context);
  let rounds = 0;
  for (let components = points; components > 1; rounds++) {
    beginRound();
    await pause();
    for (let leaf = firstLeaf; leaf < nodes; leaf++) {
      searchLeaf(leaf);
      await pause();
    }
    components = addEdges();
    context.onProgress?.(1 - log(components) / log(points));
  }
  return rounds;
}
