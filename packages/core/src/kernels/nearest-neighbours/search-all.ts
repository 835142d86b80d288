import { breather, type WorkContext } from "../../spectrum-image/context.js";
import type { SummedMetric } from "./distance.js";
import type { KdTree } from "./kd-tree.js";
import { leafKernel } from "./leaf-kernel.js";
import { leafSearch, type NeighbourSink } from "./leaf-search.js";
import { searchWithThreads } from "./neighbours-threads.js";

/**
 * Gives `sink` the k nearest neighbours of every point of a tree, found by what is quickest on this host: threads that share memory, the kernel, or plain
 * TypeScript, with the same bits. `k` is at most points - 1.
 */
export async function searchAll(
  tree: KdTree,
  k: number,
  metric: SummedMetric,
  sink: NeighbourSink,
  context: WorkContext,
): Promise<void> {
  if (metric === "squared" && (await searchWithThreads(tree, k, sink, context))) return;
  const pause = breather(context);
  const kernel = metric === "squared" ? await leafKernel(tree, k, sink) : undefined;
  const search = kernel ?? leafSearch(tree, k, metric, sink);
  for (let leaf = tree.firstLeaf; leaf < tree.nodes; leaf++) {
    search(leaf);
    context.onProgress?.((leaf + 1 - tree.firstLeaf) / (tree.nodes - tree.firstLeaf));
    await pause();
  }
}
