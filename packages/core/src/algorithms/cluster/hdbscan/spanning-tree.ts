/**
 * The minimum spanning tree of the points under mutual reachability, max(core_p, core_q, distance(p, q)), by the method of Boruvka (1926) with
 * a search tree (March, Ram and Gray 2010, doi:10.1145/1835804.1835882; McInnes and Healy 2017, doi:10.1109/ICDMW.2017.12): in each
 * round every component finds its shortest edge to another, and all these edges are added.
 */
import { log } from "../../../kernels/math.js";
import { type SummedMetric, summedDistance } from "../../../kernels/nearest-neighbours/distance.js";
import type { KdTree } from "../../../kernels/nearest-neighbours/kd-tree.js";
import type { NeighbourTable } from "../../../kernels/nearest-neighbours/leaf-search.js";
import { breather, type WorkContext } from "../../../spectrum-image/context.js";

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

/** Bounds are sums in another order than distances: rounding must not prune what is exactly at the bound. */
const ROUNDING = 1 - 1e-12;

/**
 * @param core Float64 [points]: core distance of each point, in the order of the points and the units of the metric's sums.
 * @param neighbours The k nearest of each point: edges to begin with, which make most searches short or needless.
 */
export async function spanningTree(
  tree: KdTree,
  metric: SummedMetric,
  core: Float64Array,
  neighbours: NeighbourTable,
  context: WorkContext,
): Promise<SpanningTree> {
  const pause = breather(context);
  const forest = newForest(tree, core);
  const search = nearestOutside(tree, metric, forest);
  let rounds = 0;
  while (forest.components > 1) {
    beginRound(tree, forest);
    offerNeighbours(tree, neighbours, forest);
    for (let leaf = tree.firstLeaf; leaf < tree.nodes; leaf++) {
      for (let position = tree.start[leaf]!; position < tree.end[leaf]!; position++) search(position);
      await pause();
    }
    addBestEdges(forest);
    rounds += 1;
    context.onProgress?.(1 - log(forest.components) / log(tree.points));
  }
  const pointAt = (position: number) => tree.order[position]!;
  return { from: forest.from.map(pointAt), to: forest.to.map(pointAt), length: forest.length, rounds };
}

/** What is joined so far. Everything is in the order of the tree's positions. */
interface Forest {
  components: number;
  edges: number;
  /** Float64 [points] */
  readonly core: Float64Array;
  /** Float64 [nodes]: the least core distance in each node of the tree. */
  readonly leastCore: Float64Array;
  /** Int32 [points]: parent in the union-find forest; roots are their own. */
  readonly parent: Int32Array;
  /** Int32 [points]: component of each point at the begin of the round, named by its root. */
  readonly component: Int32Array;
  /** Int32 [points]: how many of the nearest neighbours of each point are in its component for sure. */
  readonly joined: Int32Array;
  /** Int32 [nodes]: component of all points of a node, or -1 where there are several. */
  readonly nodeComponent: Int32Array;
  /** Float64, Int32, Int32 [points]: for each root the shortest edge that leaves its component. */
  readonly bestLength: Float64Array;
  readonly bestFrom: Int32Array;
  readonly bestTo: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly length: Float64Array;
}

function newForest(tree: KdTree, coreOfPoints: Float64Array): Forest {
  const { points, nodes } = tree;
  const core = new Float64Array(points);
  const parent = new Int32Array(points);
  for (let position = 0; position < points; position++) {
    core[position] = coreOfPoints[tree.order[position]!]!;
    parent[position] = position;
  }
  const leastCore = new Float64Array(nodes);
  for (let node = nodes - 1; node >= 0; node--) {
    leastCore[node] =
      node >= tree.firstLeaf
        ? leastOf(core, tree.start[node]!, tree.end[node]!)
        : Math.min(leastCore[2 * node + 1]!, leastCore[2 * node + 2]!);
  }
  return {
    components: points,
    edges: 0,
    core,
    leastCore,
    parent,
    component: new Int32Array(points),
    joined: new Int32Array(points),
    nodeComponent: new Int32Array(nodes),
    bestLength: new Float64Array(points),
    bestFrom: new Int32Array(points),
    bestTo: new Int32Array(points),
    from: new Int32Array(points - 1),
    to: new Int32Array(points - 1),
    length: new Float64Array(points - 1),
  };
}

function leastOf(values: Float64Array, from: number, to: number): number {
  let least = values[from]!;
  for (let i = from + 1; i < to; i++) if (values[i]! < least) least = values[i]!;
  return least;
}

/** Root of a component; shortens the path by halving (Tarjan and van Leeuwen 1984, doi:10.1145/62.2160). */
export function rootOf(parent: Int32Array, element: number): number {
  let current = element;
  while (parent[current] !== current) {
    parent[current] = parent[parent[current]!]!;
    current = parent[current]!;
  }
  return current;
}

function beginRound({ nodes, firstLeaf, start, end }: KdTree, forest: Forest): void {
  const { component, nodeComponent, parent } = forest;
  for (let position = 0; position < component.length; position++) component[position] = rootOf(parent, position);
  for (let node = nodes - 1; node >= 0; node--) {
    if (node < firstLeaf) {
      const left = nodeComponent[2 * node + 1]!;
      nodeComponent[node] = left === nodeComponent[2 * node + 2] ? left : -1;
      continue;
    }
    let common = component[start[node]!]!;
    for (let position = start[node]! + 1; position < end[node]!; position++) if (component[position] !== common) common = -1;
    nodeComponent[node] = common;
  }
  forest.bestLength.fill(Infinity);
}

/** Keeps an edge if it is shorter than what the components at its ends have. */
function offer({ component, bestLength, bestFrom, bestTo }: Forest, from: number, to: number, length: number): void {
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

function offerNeighbours({ order, position }: KdTree, { indices, distances }: NeighbourTable, forest: Forest): void {
  const { component, core, bestLength, joined } = forest;
  const k = indices.length / order.length;
  for (let from = 0; from < order.length; from++) {
    const row = order[from]! * k;
    let first = row + joined[from]!;
    while (first < row + k && component[position[indices[first]!]!] === component[from]) first += 1;
    joined[from] = first - row;
    for (let j = first; j < row + k; j++) {
      if (Math.max(distances[j]!, core[from]!) >= bestLength[component[from]!]!) break;
      const to = position[indices[j]!]!;
      if (component[to] !== component[from]) offer(forest, from, to, Math.max(distances[j]!, core[from]!, core[to]!));
    }
  }
}

/** A function that looks for an edge from a point out of its component that is shorter than the best known, and keeps it. */
function nearestOutside(tree: KdTree, metric: SummedMetric, forest: Forest): (position: number) => void {
  const offset = new Float64Array(tree.dimensions);
  const visit = (node: number, position: number, root: number, bound: number): void => {
    if (forest.nodeComponent[node] === root) return;
    if (Math.max(bound * ROUNDING, forest.leastCore[node]!) >= forest.bestLength[root]!) return;
    if (node >= tree.firstLeaf) {
      scan(tree, metric, forest, node, position, root);
      return;
    }
    const axis = tree.axis[node]!;
    const left = 2 * node + 1;
    const right = left + 1;
    const value = tree.coordinates[position * tree.dimensions + axis]!;
    const toLeft = value - tree.upper[left * tree.dimensions + axis]!;
    const toRight = tree.lower[right * tree.dimensions + axis]! - value;
    const leftFirst = toLeft <= toRight;
    visit(leftFirst ? left : right, position, root, bound);
    const old = offset[axis]!;
    const gap = Math.max(old, leftFirst ? toRight : toLeft);
    offset[axis] = gap;
    visit(leftFirst ? right : left, position, root, metric === "squared" ? bound - old * old + gap * gap : bound - old + gap);
    offset[axis] = old;
  };
  return (position) => {
    const root = forest.component[position]!;
    if (forest.core[position]! < forest.bestLength[root]!) visit(0, position, root, 0);
  };
}

function scan(
  { coordinates, dimensions, start, end }: KdTree,
  metric: SummedMetric,
  forest: Forest,
  leaf: number,
  position: number,
  root: number,
): void {
  const { component, core, bestLength } = forest;
  for (let other = start[leaf]!; other < end[leaf]!; other++) {
    if (component[other] === root || core[other]! >= bestLength[root]!) continue;
    const distance = summedDistance(metric, dimensions, coordinates, position, coordinates, other);
    const length = Math.max(distance, core[position]!, core[other]!);
    if (length < bestLength[root]!) offer(forest, position, other, length);
  }
}

/** Adds the best edge of each component, in the order of their roots, unless equal ones have joined its ends already. */
function addBestEdges(forest: Forest): void {
  const { component, parent } = forest;
  for (let root = 0; root < parent.length; root++) {
    if (component[root] !== root) continue;
    const a = rootOf(parent, forest.bestFrom[root]!);
    const b = rootOf(parent, forest.bestTo[root]!);
    if (a === b) continue;
    parent[Math.max(a, b)] = Math.min(a, b);
    forest.from[forest.edges] = forest.bestFrom[root]!;
    forest.to[forest.edges] = forest.bestTo[root]!;
    forest.length[forest.edges] = forest.bestLength[root]!;
    forest.edges += 1;
    forest.components -= 1;
  }
}
