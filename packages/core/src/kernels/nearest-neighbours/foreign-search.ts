/** Exact k nearest points of a tree for points that are not in it, one after the other. */
import { type SummedMetric, summedDistance } from "./distance.js";
import type { KdTree } from "./kd-tree.js";
import { insert, type NeighbourSink } from "./leaf-search.js";

/** Bounds are sums in another order than distances: rounding must not prune a point that is exactly at the bound. */
const ROUNDING = 1 - 1e-12;

/**
 * Answers queries, float32 [queries x dimensions]: up to `LEAF_POINTS` of them. The sink is given the number of the query in place of a position, and its k nearest
 * points of the tree with their summed distances; nearest first, ties by index.
 */
export type ForeignSearch = (queries: Float32Array, sink: NeighbourSink) => void;

/** A search in a tree of at least k points: the reference of `foreignKernel`. */
export function foreignSearch(tree: KdTree, k: number, metric: SummedMetric): ForeignSearch {
  const { dimensions, firstLeaf, start, end, coordinates, order, lower, upper } = tree;
  const best = { distance: new Float64Array(k), index: new Int32Array(k) };
  const { distance, index } = best;
  const isSquared = metric === "squared";

  /** Distance to the box of a node; where it is above that of the last candidate, a part of it that is above too. */
  const boundOf = (node: number, queries: Float32Array, query: number): number => {
    const worst = distance[k - 1]!;
    let sum = 0;
    for (let d = 0, box = node * dimensions, own = query * dimensions; d < dimensions && sum <= worst; d++, box++, own++) {
      const value = queries[own]!;
      const below = lower[box]! - value;
      const gap = below > 0 ? below : Math.max(value - upper[box]!, 0);
      sum += isSquared ? gap * gap : gap;
    }
    return sum;
  };

  const scan = (leaf: number, queries: Float32Array, query: number): void => {
    for (let position = start[leaf]!; position < end[leaf]!; position++) {
      const sum = summedDistance(metric, dimensions, coordinates, position, queries, query);
      if (sum <= distance[k - 1]!) insert(best, sum, order[position]!);
    }
  };

  const visit = (node: number, queries: Float32Array, query: number): void => {
    if (node >= firstLeaf) {
      scan(node, queries, query);
      return;
    }
    const left = boundOf(2 * node + 1, queries, query);
    const right = boundOf(2 * node + 2, queries, query);
    const near = left <= right ? 2 * node + 1 : 2 * node + 2;
    if (Math.min(left, right) * ROUNDING <= distance[k - 1]!) visit(near, queries, query);
    if (Math.max(left, right) * ROUNDING <= distance[k - 1]!) visit(4 * node + 3 - near, queries, query);
  };

  return (queries, sink) => {
    for (let query = 0; query < queries.length / dimensions; query++) {
      distance.fill(Number.POSITIVE_INFINITY);
      index.fill(-1);
      visit(0, queries, query);
      sink(query, index, distance, 0);
    }
  };
}
