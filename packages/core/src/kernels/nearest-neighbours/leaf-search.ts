/**
 * Exact k nearest neighbours within the points of a tree, one leaf of queries after the other, so that what one query reads is in
 * the cache for the next. Leaves are independent of each other: any split of them among threads gives the same result.
 */
import type { SummedMetric } from "./distance.js";
import type { KdTree } from "./kd-tree.js";

/** Takes the answer for the point at a position of the tree: k indices and distances, from `at` on. They hold until it returns. */
export type NeighbourSink = (position: number, indices: Int32Array, distances: Float64Array, at: number) => void;

/** All answers, in the order of the points (not of the positions in the tree). */
export interface NeighbourTable {
  /** Int32 [points x k], nearest first, ties by index; never the point itself. */
  readonly indices: Int32Array;
  /** Float64 [points x k]: squared or summed absolute distances, as the metric says. */
  readonly distances: Float64Array;
}

/** Puts answers into a table. */
export function intoTable({ order }: KdTree, k: number, table: NeighbourTable): NeighbourSink {
  return intoRows((position) => order[position]!, k, table);
}

/** Puts answers into a table whose rows are found by the number of a query. */
export function intoRows(rowOf: (query: number) => number, k: number, { indices, distances }: NeighbourTable): NeighbourSink {
  return (query, foundIndices, foundDistances, at) => {
    for (let from = at, to = rowOf(query) * k; from < at + k; from++, to++) {
      indices[to] = foundIndices[from]!;
      distances[to] = foundDistances[from]!;
    }
  };
}

/** Bounds are sums in another order than distances: rounding must not prune a point that is exactly at the bound. */
const ROUNDING = 1 - 1e-12;

/** A function that answers all queries of one leaf. `k` is at most points - 1. */
export function leafSearch(tree: KdTree, k: number, metric: SummedMetric, sink: NeighbourSink): (leaf: number) => void {
  const best: Candidates = { distance: new Float64Array(k), index: new Int32Array(k) };
  const offset = new Float64Array(tree.dimensions);
  const scan = metric === "squared" ? scanSquared : scanAbsolute;

  const visit = (node: number, query: number, bound: number): void => {
    if (node >= tree.firstLeaf) {
      scan(tree, node, query, best);
      return;
    }
    const axis = tree.axis[node]!;
    const left = 2 * node + 1;
    const right = left + 1;
    const value = tree.coordinates[query * tree.dimensions + axis]!;
    const toLeft = value - tree.upper[left * tree.dimensions + axis]!;
    const toRight = tree.lower[right * tree.dimensions + axis]! - value;
    const leftFirst = toLeft <= toRight;
    visit(leftFirst ? left : right, query, bound);
    const old = offset[axis]!;
    const gap = Math.max(old, leftFirst ? toRight : toLeft);
    const farBound = metric === "squared" ? bound - old * old + gap * gap : bound - old + gap;
    const far = leftFirst ? right : left;
    const worst = best.distance[k - 1]!;
    const surelyAt = farBound * ROUNDING;
    if (surelyAt > worst || (surelyAt === worst && tree.lowestIndex[far]! > best.index[k - 1]!)) return;
    offset[axis] = gap;
    visit(far, query, farBound);
    offset[axis] = old;
  };

  return (leaf) => {
    for (let query = tree.start[leaf]!; query < tree.end[leaf]!; query++) {
      best.distance.fill(Infinity);
      best.index.fill(-1);
      visit(0, query, 0);
      sink(query, best.index, best.distance, 0);
    }
  };
}

/** The k best so far, sorted by (distance, index). */
export interface Candidates {
  readonly distance: Float64Array;
  readonly index: Int32Array;
}

function scanSquared(tree: KdTree, leaf: number, query: number, best: Candidates): void {
  const { coordinates, dimensions, order } = tree;
  const inFours = dimensions & ~3;
  const last = best.distance.length - 1;
  const q = query * dimensions;
  const end = tree.end[leaf]!;
  let worst = best.distance[last]!;
  for (let position = tree.start[leaf]!; position < end; position++) {
    const p = position * dimensions;
    let sum = 0;
    let d = 0;
    for (; d < inFours; d += 4) {
      const t0 = coordinates[p + d]! - coordinates[q + d]!;
      const t1 = coordinates[p + d + 1]! - coordinates[q + d + 1]!;
      const t2 = coordinates[p + d + 2]! - coordinates[q + d + 2]!;
      const t3 = coordinates[p + d + 3]! - coordinates[q + d + 3]!;
      sum += t0 * t0 + t1 * t1 + (t2 * t2 + t3 * t3);
      if (sum > worst) break;
    }
    if (sum > worst) continue;
    for (; d < dimensions; d++) {
      const t = coordinates[p + d]! - coordinates[q + d]!;
      sum += t * t;
    }
    if (sum > worst || position === query) continue;
    insert(best, sum, order[position]!);
    worst = best.distance[last]!;
  }
}

function scanAbsolute(tree: KdTree, leaf: number, query: number, best: Candidates): void {
  const { coordinates, dimensions, order } = tree;
  const inFours = dimensions & ~3;
  const last = best.distance.length - 1;
  const q = query * dimensions;
  const end = tree.end[leaf]!;
  let worst = best.distance[last]!;
  for (let position = tree.start[leaf]!; position < end; position++) {
    const p = position * dimensions;
    let sum = 0;
    let d = 0;
    for (; d < inFours; d += 4) {
      const t0 = Math.abs(coordinates[p + d]! - coordinates[q + d]!);
      const t1 = Math.abs(coordinates[p + d + 1]! - coordinates[q + d + 1]!);
      const t2 = Math.abs(coordinates[p + d + 2]! - coordinates[q + d + 2]!);
      const t3 = Math.abs(coordinates[p + d + 3]! - coordinates[q + d + 3]!);
      sum += t0 + t1 + (t2 + t3);
      if (sum > worst) break;
    }
    if (sum > worst) continue;
    for (; d < dimensions; d++) sum += Math.abs(coordinates[p + d]! - coordinates[q + d]!);
    if (sum > worst || position === query) continue;
    insert(best, sum, order[position]!);
    worst = best.distance[last]!;
  }
}

/** Puts a candidate no farther than the last into its place; the last one drops out. One that ties with the last and has a higher index does nothing. */
export function insert({ distance, index }: Candidates, candidate: number, id: number): void {
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
