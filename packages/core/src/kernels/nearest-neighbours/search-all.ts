import { breather, type WorkContext } from "../../spectrum-image/context.js";
import { boundedSearch, reachOf } from "./bounded-search.js";
import type { SummedMetric } from "./distance.js";
import type { KdTree } from "./kd-tree.js";
import { leafKernel } from "./leaf-kernel.js";
import { leafSearch, type NeighbourSink } from "./leaf-search.js";
import { searchWithThreads } from "./neighbours-threads.js";

/**
 * Gives `sink` the k nearest neighbours of every point of a tree, found by what is quickest on this host: threads that share memory, the kernel, or plain
 * TypeScript, with the same bits. `k` is at most points - 1. With an `error` above 0, squared distances and many columns, the distance of each is at most 1 + error times that
 * of the true neighbour of its rank; else they are exact.
 */
export async function searchAll(
  tree: KdTree,
  k: number,
  metric: SummedMetric,
  sink: NeighbourSink,
  context: WorkContext,
  error = 0,
): Promise<void> {
  const reach = metric === "squared" ? reachOf(error, tree) : 1;
  if (metric === "squared" && (await searchWithThreads(tree, k, sink, context, reach))) return;
  const pause = breather(context);
  const kernel = metric === "squared" ? await leafKernel(tree, k, sink, reach) : undefined;
  const plain = () => (reach < 1 ? boundedSearch(tree, k, reach, sink) : leafSearch(tree, k, metric, sink));
  const search = kernel ?? plain();
  for (let leaf = tree.firstLeaf; leaf < tree.nodes; leaf++) {
    search(leaf);
    context.onProgress?.((leaf + 1 - tree.firstLeaf) / (tree.nodes - tree.firstLeaf));
    await pause();
  }
}
