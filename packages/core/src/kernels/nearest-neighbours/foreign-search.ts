/** Exact k nearest points of a tree for points that are not in it. */
import type { SummedMetric } from "./distance.js";
import type { KdTree } from "./kd-tree.js";

/** Bounds are sums in another order than distances: rounding must not prune a point that is exactly at the bound. */
const ROUNDING = 1 - 1e-12;

/** Writes the nearest points of the tree and their summed distances, k of each, at `at`; nearest first, ties by index. */
export type ForeignSearch = (query: Float32Array, indices: Int32Array, distances: Float64Array, at: number) => void;

/** A search in a tree of at least k points. */
export function foreignSearch(tree: KdTree, k: number, metric: SummedMetric): ForeignSearch {
  const { dimensions, firstLeaf, start, end, coordinates, order, lower, upper } = tree;
  const distance = new Float64Array(k);
  const index = new Int32Array(k);
  const isSquared = metric === "squared";

  /** Distance to the box of a node; where it is above that of the last candidate, a part of it that is above too. */
  const boundOf = (node: number, query: Float32Array): number => {
    const worst = distance[k - 1]!;
    const base = node * dimensions;
    let sum = 0;
    for (let d = 0; d < dimensions && sum <= worst; d++) {
      const value = query[d]!;
      const below = lower[base + d]! - value;
      const gap = below > 0 ? below : Math.max(value - upper[base + d]!, 0);
      sum += isSquared ? gap * gap : gap;
    }
    return sum;
  };

  const scan = (leaf: number, query: Float32Array): void => {
    let worst = distance[k - 1]!;
    for (let position = start[leaf]!; position < end[leaf]!; position++) {
      const base = position * dimensions;
      let sum = 0;
      for (let d = 0; d < dimensions && sum <= worst; d++) {
        const gap = coordinates[base + d]! - query[d]!;
        sum += isSquared ? gap * gap : Math.abs(gap);
      }
      if (sum > worst) continue;
      insert(distance, index, sum, order[position]!);
      worst = distance[k - 1]!;
    }
  };

  const visit = (node: number, query: Float32Array): void => {
    if (node >= firstLeaf) {
      scan(node, query);
      return;
    }
    const left = boundOf(2 * node + 1, query);
    const right = boundOf(2 * node + 2, query);
    const near = left <= right ? 2 * node + 1 : 2 * node + 2;
    if (Math.min(left, right) * ROUNDING <= distance[k - 1]!) visit(near, query);
    if (Math.max(left, right) * ROUNDING <= distance[k - 1]!) visit(4 * node + 3 - near, query);
  };

  return (query, indices, distances, at) => {
    distance.fill(Number.POSITIVE_INFINITY);
    index.fill(-1);
    visit(0, query);
    indices.set(index, at);
    distances.set(distance, at);
  };
}

/** Puts a candidate no farther than the last into its place; the last one drops out. */
function insert(distance: Float64Array, index: Int32Array, candidate: number, id: number): void {
  let place = distance.length - 1;
  if (candidate === distance[place]! && index[place]! >= 0 && id > index[place]!) return;
  while (place > 0) {
    const before = distance[place - 1]!;
    if (before < candidate || (before === candidate && index[place - 1]! < id)) break;
    distance[place] = before;
    index[place] = index[place - 1]!;
    place -= 1;
  }
  distance[place] = candidate;
  index[place] = id;
}
