/**
 * Nearest neighbours with a bounded error: a box is left out as soon as 1 + error times its distance is that of the last neighbour found so far, so that no neighbour is farther
 * than 1 + error times the true one of its rank (Arya, Mount, Netanyahu, Silverman and Wu 1998, doi:10.1145/293347.293348). Theirs goes box by box with rising distance for
 * each query; here the queries of a leaf go through the tree together, nearer child first.
 *
 * What is found depends on the order in which boxes are looked at and on the last bit of each bound. So this, the reference of the kernel for errors above 0, takes the
 * kernel's steps with its rounding to float32. Without an error both find what `leafSearch` finds, which is quicker here.
 */
import { summedDistance } from "./distance.js";
import type { KdTree } from "./kd-tree.js";
import { type Candidates, insert, type NeighbourSink } from "./leaf-search.js";

/** With fewer columns an exact search costs so little that the error is not made use of. */
const FEWEST_COLUMNS = 6;
/** More than float32 loses in sums of squares, per term; and more than it loses where squares underflow. As in assembly/parts/squared-distance.ts. */
const LOSS = 2.4e-7;
const UNDERFLOW = 1e-36;
const HIGHEST_INDEX = 2_147_483_647;

/** Part of the squared distance of a last neighbour within which boxes are looked at: 1 for an exact search. */
export function reachOf(error: number, { dimensions }: KdTree): number {
  return dimensions < FEWEST_COLUMNS ? 1 : Math.fround(1 / ((1 + error) * (1 + error)));
}

/** A function that answers all queries of one leaf by squared distances. `reach` as `reachOf` gives it; `k` is at most points - 1. */
export function boundedSearch(tree: KdTree, k: number, reach: number, sink: NeighbourSink): (leaf: number) => void {
  return (leaf) => {
    const { start, end } = tree;
    const best = Array.from({ length: end[leaf]! - start[leaf]! }, () => ({
      distance: new Float64Array(k).fill(Infinity),
      index: new Int32Array(k).fill(-1),
    }));
    new LeafAsking(tree, leaf, reach, best).visit(0, 0);
    for (const [query, { index, distance }] of best.entries()) sink(start[leaf]! + query, index, distance, 0);
  };
}

/** The points of one leaf on their way through the tree. */
class LeafAsking {
  readonly #tree: KdTree;
  readonly #leaf: number;
  readonly #reach: number;
  readonly #best: readonly Candidates[];
  /** From so far, squared, a box holds no neighbours of any query; and the highest index among the last neighbours. */
  #worst = Infinity;
  #worstIndex = HIGHEST_INDEX;

  constructor(tree: KdTree, leaf: number, reach: number, best: readonly Candidates[]) {
    this.#tree = tree;
    this.#leaf = leaf;
    this.#reach = reach;
    this.#best = best;
  }

  visit(node: number, distance: number): void {
    const { firstLeaf, lowestIndex } = this.#tree;
    if (distance > this.#worst || (distance === this.#worst && lowestIndex[node]! > this.#worstIndex)) return;
    if (node >= firstLeaf) {
      this.#scan(node);
      return;
    }
    const left = 2 * node + 1;
    const [toLeft, toRight] = [this.#boxDistance(left), this.#boxDistance(left + 1)];
    if (toLeft <= toRight) this.visit(left, toLeft);
    this.visit(left + 1, toRight);
    if (!(toLeft <= toRight)) this.visit(left, toLeft);
  }

  /** Squared distance between the box of a node and that of the leaf; every fourth coordinate is summed apart, as by the kernel. */
  #boxDistance(node: number): number {
    const { dimensions, lower, upper } = this.#tree;
    const sums = new Float32Array(4);
    for (let d = 0, box = node * dimensions, own = this.#leaf * dimensions; d < dimensions; d++, box++, own++) {
      const gap = gapBetween(lower[box]!, upper[box]!, lower[own]!, upper[own]!);
      sums[d & 3]! += Math.fround(gap * gap);
    }
    const sum = Math.fround(Math.fround(sums[0]! + sums[1]!) + Math.fround(sums[2]! + sums[3]!));
    const lost = Math.fround(sum * Math.fround(LOSS * (dimensions + 8)));
    return Math.max(Math.fround(Math.fround(sum - lost) - Math.fround(UNDERFLOW)), 0);
  }

  #scan(leaf: number): void {
    const { start, end, coordinates, dimensions, order } = this.#tree;
    const first = start[this.#leaf]!;
    let isAnyNear = false;
    for (const [query, best] of this.#best.entries()) {
      if (!this.#isNear(leaf, first + query, best)) continue;
      isAnyNear = true;
      for (let position = start[leaf]!; position < end[leaf]!; position++) {
        if (position === first + query) continue;
        const distance = summedDistance("squared", dimensions, coordinates, position, coordinates, first + query);
        if (distance <= best.distance.at(-1)!) insert(best, distance, order[position]!);
      }
    }
    if (isAnyNear) this.#lookAtLast();
  }

  /** Whether a point may have neighbours in a leaf. */
  #isNear(leaf: number, position: number, best: Candidates): boolean {
    const { dimensions, lower, upper, coordinates } = this.#tree;
    let sum = 0;
    for (let d = 0, box = leaf * dimensions, own = position * dimensions; d < dimensions; d++, box++, own++) {
      const gap = gapBetween(lower[box]!, upper[box]!, coordinates[own]!, coordinates[own]!);
      sum = Math.fround(sum + Math.fround(gap * gap));
    }
    const limit = Math.fround(best.distance.at(-1)! * (1 + LOSS * (dimensions + 8)) + UNDERFLOW);
    return sum <= Math.fround(limit * this.#reach);
  }

  #lookAtLast(): void {
    let worst = 0;
    let worstIndex = -1;
    for (const { distance, index } of this.#best) {
      worst = Math.max(worst, distance.at(-1)!);
      worstIndex = Math.max(worstIndex, index.at(-1)!);
    }
    this.#worst = Math.fround(atLeast(worst) * this.#reach);
    this.#worstIndex = worst === Infinity ? HIGHEST_INDEX : worstIndex;
  }
}

/** Gap between two intervals, float32; 0 where they meet. */
function gapBetween(lowerA: number, upperA: number, lowerB: number, upperB: number): number {
  return Math.max(Math.fround(lowerA - upperB), Math.fround(lowerB - upperA), 0);
}

/** The least float32 that is not smaller, or one a little larger; 0 stays 0. */
function atLeast(value: number): number {
  const near = Math.fround(value);
  return near < value ? Math.fround(value * (1 + LOSS) + UNDERFLOW) : near;
}
