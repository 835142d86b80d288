/** Rounds of the spanning tree in plain TypeScript. */
import { plainArrays } from "../../../../kernels/kernel-memory.js";
import { type SummedMetric, summedDistance } from "../../../../kernels/nearest-neighbours/distance.js";
import type { KdTree } from "../../../../kernels/nearest-neighbours/kd-tree.js";
import { rootOf } from "./root-of.js";
import { ROUNDING, type RoundArrays, roundsPlan, type TreeRounds } from "./tree-rounds.js";

export function referenceRounds(tree: KdTree, k: number, metric: SummedMetric): TreeRounds {
  const arrays = plainArrays(roundsPlan(tree, k));
  const leafPoints = Math.ceil(tree.points / (tree.nodes - tree.firstLeaf));
  const search: Search = { tree, metric, arrays, asking: 0, active: new Int32Array(leafPoints), count: 0, limit: 0 };
  return {
    arrays,
    beginRound() {
      nameComponents(tree, arrays);
      arrays.bestLength.fill(Infinity);
      offerNeighbours(arrays);
    },
    searchLeaf: (leaf) => searchLeaf(search, leaf),
    addEdges: () => addBestEdges(arrays),
  };
}

/** The search from the points of one leaf. */
interface Search {
  readonly tree: KdTree;
  readonly metric: SummedMetric;
  readonly arrays: RoundArrays;
  /** The leaf whose points ask, and those that may find something: the first `count` of `active`. */
  asking: number;
  readonly active: Int32Array;
  count: number;
  /** The longest of the best edges of their components: nothing farther away is of use to any of them. */
  limit: number;
}

function nameComponents({ nodes, firstLeaf, start, end }: KdTree, { parent, component, nodeComponent }: RoundArrays): void {
  for (let place = 0; place < parent.length; place++) component[place] = rootOf(parent, place);
  for (let node = nodes - 1; node >= 0; node--) {
    if (node < firstLeaf) {
      const left = nodeComponent[2 * node + 1]!;
      nodeComponent[node] = left === nodeComponent[2 * node + 2] ? left : -1;
      continue;
    }
    let common = component[start[node]!]!;
    for (let place = start[node]! + 1; place < end[node]!; place++) if (component[place] !== common) common = -1;
    nodeComponent[node] = common;
  }
}

/** Keeps an edge if it is shorter than what the components at its ends have. */
function offer({ component, bestLength, bestFrom, bestTo }: RoundArrays, from: number, to: number, length: number): void {
  const [rootFrom, rootTo] = [component[from]!, component[to]!];
  if (length < bestLength[rootFrom]!) {
    bestLength[rootFrom] = length;
    bestFrom[rootFrom] = from;
    bestTo[rootFrom] = to;
  }
  if (length < bestLength[rootTo]!) {
    bestLength[rootTo] = length;
    bestFrom[rootTo] = from;
    bestTo[rootTo] = to;
  }
}

function offerNeighbours(arrays: RoundArrays): void {
  const { component, core, known, bestLength, joined, neighbour } = arrays;
  const points = core.length;
  const k = neighbour.length / points;
  for (let from = 0; from < points; from++) {
    const own = component[from]!;
    if (known[from]! >= bestLength[own]!) continue;
    const behind = (from + 1) * k;
    let first = from * k + joined[from]!;
    while (first < behind && component[neighbour[first]!] === own) first += 1;
    joined[from] = first - from * k;
    for (let j = first; j < behind && known[from]! < bestLength[own]!; j++) {
      const to = neighbour[j]!;
      if (component[to] !== own) offer(arrays, from, to, Math.max(core[from]!, core[to]!));
    }
  }
}

function searchLeaf(search: Search, leaf: number): void {
  listActive(search, leaf);
  if (search.count === 0) return;
  search.asking = leaf;
  visit(search, 0);
  const { component, bestLength, known } = search.arrays;
  for (let i = 0; i < search.count; i++) {
    const place = search.active[i]!;
    known[place] = Math.max(known[place]!, bestLength[component[place]!]!);
  }
}

/** Lists the points of a leaf that may have an edge shorter than the best of their component. */
function listActive(search: Search, leaf: number): void {
  const { start, end } = search.tree;
  const { component, bestLength, known } = search.arrays;
  search.count = 0;
  search.limit = 0;
  for (let place = start[leaf]!; place < end[leaf]!; place++) {
    const best = bestLength[component[place]!]!;
    if (known[place]! >= best) continue;
    search.active[search.count] = place;
    search.count += 1;
    search.limit = Math.max(search.limit, best);
  }
}

function visit(search: Search, node: number): void {
  if (node >= search.tree.firstLeaf) {
    scan(search, node);
    return;
  }
  const left = 2 * node + 1;
  const right = left + 1;
  const toLeft = boxDistance(search, left);
  const toRight = boxDistance(search, right);
  const [near, far] = toLeft <= toRight ? [left, right] : [right, left];
  if (mayShorten(search, near, Math.min(toLeft, toRight))) visit(search, near);
  if (mayShorten(search, far, Math.max(toLeft, toRight))) visit(search, far);
}

/** Whether a node at this distance from the leaf that asks may hold the end of a shorter edge. */
function mayShorten({ arrays: { leastCore, nodeComponent }, limit, asking }: Search, node: number, distance: number): boolean {
  if (distance * ROUNDING >= limit || leastCore[node]! >= limit) return false;
  return nodeComponent[node]! < 0 || nodeComponent[node] !== nodeComponent[asking];
}

/** Distance between the box of a node and that of the leaf that asks; even and odd coordinates are summed apart. */
function boxDistance({ tree: { dimensions, lower, upper }, metric, asking }: Search, node: number): number {
  const [own, other] = [asking * dimensions, node * dimensions];
  let even = 0;
  let odd = 0;
  for (let d = 0; d < dimensions; d++) {
    const gap = Math.max(lower[other + d]! - upper[own + d]!, lower[own + d]! - upper[other + d]!, 0);
    const term = metric === "squared" ? gap * gap : gap;
    if ((d & 1) === 0) even += term;
    else odd += term;
  }
  return even + odd;
}

function scan(search: Search, leaf: number): void {
  const { active, arrays, count } = search;
  const { component, bestLength, nodeComponent, leastCore, known } = arrays;
  let limit = 0;
  for (let i = 0; i < count; i++) {
    const place = active[i]!;
    const root = component[place]!;
    if (known[place]! >= bestLength[root]!) continue;
    const isOpen = nodeComponent[leaf] !== root && leastCore[leaf]! < bestLength[root]!;
    if (isOpen && pointDistance(search, place, leaf) * ROUNDING < bestLength[root]!) measure(search, place, root, leaf);
    if (known[place]! < bestLength[root]!) limit = Math.max(limit, bestLength[root]!);
  }
  search.limit = limit;
}

/** Distance between a point and the box of a node. */
function pointDistance({ tree: { dimensions, lower, upper, coordinates }, metric }: Search, place: number, node: number): number {
  const [own, other] = [place * dimensions, node * dimensions];
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const value = coordinates[own + d]!;
    const gap = Math.max(lower[other + d]! - value, value - upper[other + d]!, 0);
    sum += metric === "squared" ? gap * gap : gap;
  }
  return sum;
}

/** Offers the edges from a point to those of a leaf that are outside its component. */
function measure({ tree, metric, arrays }: Search, place: number, root: number, leaf: number): void {
  const { component, core, bestLength } = arrays;
  const { coordinates, dimensions, start, end } = tree;
  for (let other = start[leaf]!; other < end[leaf]!; other++) {
    if (component[other] === root || core[other]! >= bestLength[root]!) continue;
    const distance = summedDistance(metric, dimensions, coordinates, place, coordinates, other);
    const length = Math.max(distance, core[place]!, core[other]!);
    if (length < bestLength[root]!) offer(arrays, place, other, length);
  }
}

/** In the order of the roots. Returns how many components are left. */
function addBestEdges({ component, parent, bestFrom, bestTo, bestLength, left, from, to, length }: RoundArrays): number {
  for (let root = 0; root < parent.length; root++) {
    if (component[root] !== root) continue;
    const a = rootOf(parent, bestFrom[root]!);
    const b = rootOf(parent, bestTo[root]!);
    if (a === b) continue;
    parent[Math.max(a, b)] = Math.min(a, b);
    const edge = parent.length - left[0]!;
    from[edge] = bestFrom[root]!;
    to[edge] = bestTo[root]!;
    length[edge] = bestLength[root]!;
    left[0]! -= 1;
  }
  return left[0]!;
}
