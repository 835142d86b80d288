/**
 * The hierarchy of single linkage: which groups of points are joined at which length. Edges of equal length act at once, so that a node
 * may have more than two children. Equal lengths are the rule here (every edge that is ruled by one point's core distance has that
 * length), and only so does the hierarchy not depend on which of many minimum spanning trees was found.
 */
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import { rootOf } from "./spanning-tree/root-of.js";
import type { SpanningTree } from "./spanning-tree/spanning-tree.js";

/** Nodes 0 to points - 1 are the points; the others are groups, children before parents, the root last. */
export interface Hierarchy {
  readonly points: number;
  readonly nodes: number;
  /** Float64 [nodes]: length at which the children of a node are joined; 0 for points. */
  readonly length: Float64Array;
  /** Int32 [nodes]: points below each node. */
  readonly size: Int32Array;
  /** Int32 [nodes + 1]: the children of node i are `child[childStart[i]]` to before `child[childStart[i + 1]]`; points have none. */
  readonly childStart: Int32Array;
  readonly child: Int32Array;
  /** Int32 [points]: all points, those of each node together. */
  readonly order: Int32Array;
  /** Int32 [nodes]: the points of node i are `order[first[i]]` and the `size[i] - 1` that follow. */
  readonly first: Int32Array;
}

const EDGES_PER_BREATH = 32_768;

export async function singleLinkage(edges: SpanningTree, context: WorkContext = {}): Promise<Hierarchy> {
  const pause = breather(context);
  const points = edges.length.length + 1;
  const sorted = await sortedByLength(edges.length, pause);
  const build = newBuild(points);
  for (let begin = 0; begin < sorted.length; ) {
    begin = joinSome(build, edges, sorted, begin, begin + EDGES_PER_BREATH);
    await pause();
  }
  const { nodes, childStart } = build;
  const hierarchy = {
    points,
    nodes,
    length: build.length.slice(0, nodes),
    size: build.size.slice(0, nodes),
    childStart: childStart.slice(0, nodes + 1),
    child: build.child.slice(0, childStart[nodes]),
  };
  return { ...hierarchy, ...pointsInOrder(hierarchy) };
}

/** Joins by the edges from `first` on until at least `behind`, and further where equal ones follow; returns where it stopped. */
function joinSome(build: Build, { from, to, length }: SpanningTree, sorted: Int32Array, first: number, behind: number): number {
  let begin = first;
  while (begin < behind && begin < sorted.length) {
    const shortest = sorted[begin]!;
    const at = length[shortest]!;
    let end = begin + 1;
    while (end < sorted.length && length[sorted[end]!] === at) end += 1;
    if (end === begin + 1) build.nodes += joinTwo(build, from[shortest]!, to[shortest]!, at);
    else build.nodes += joinAtOnce(build, { from, to, sorted, begin, end }, at);
    begin = end;
  }
  return begin;
}

/** Edges of equal length: `sorted[begin]` to before `sorted[end]`. */
interface EqualEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly sorted: Int32Array;
  readonly begin: number;
  readonly end: number;
}

const DIGIT_BITS = 16;
const DIGITS = 64 / DIGIT_BITS;

/**
 * The edges by rising length, equal ones by index. Lengths are not negative, and such numbers have the order of their bits: they are dealt out by 16 bits at a
 * time, the lowest first (radix sort; Knuth 1998, The Art of Computer Programming 3, section 5.2.5).
 */
async function sortedByLength(length: Float64Array, pause: () => Promise<void>): Promise<Int32Array> {
  // Little-endian, as all supported machines are: the lowest digit first.
  const digits = new Uint16Array(length.buffer, length.byteOffset, DIGITS * length.length);
  let sorted = countedUp(length.length);
  let dealt = new Int32Array(sorted.length);
  for (let digit = 0; digit < DIGITS; digit++) {
    dealOut(digits, digit, sorted, dealt);
    [sorted, dealt] = [dealt, sorted];
    await pause();
  }
  return sorted;
}

/** The edges in the order of one digit; equal ones as they were. */
function dealOut(digits: Uint16Array, digit: number, edges: Int32Array, dealt: Int32Array): void {
  const places = placesOf(digits, digit);
  for (let i = 0; i < edges.length; i++) {
    const edge = edges[i]!;
    const value = digits[DIGITS * edge + digit]!;
    dealt[places[value]!] = edge;
    places[value]! += 1;
  }
}

/** 0, 1, 2 ... */
function countedUp(count: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/** Int32 [65,536]: where the first number goes that has a value in this digit. */
function placesOf(digits: Uint16Array, digit: number): Int32Array {
  const places = new Int32Array(1 << DIGIT_BITS);
  for (let at = digit; at < digits.length; at += DIGITS) places[digits[at]!]! += 1;
  let before = 0;
  for (let value = 0; value < places.length; value++) {
    const count = places[value]!;
    places[value] = before;
    before += count;
  }
  return places;
}

interface Build {
  nodes: number;
  readonly length: Float64Array;
  readonly size: Int32Array;
  readonly childStart: Int32Array;
  readonly child: Int32Array;
  /** Union-find over the points, and the node that each root stands for. */
  readonly parent: Int32Array;
  readonly nodeOfRoot: Int32Array;
  /** What edges that act at once have met: roots, or roots that are left of them, each once; and by root, how often it was met, 0 between groups of edges. */
  readonly roots: Int32Array;
  readonly rootsLeft: Int32Array;
  readonly times: Int32Array;
}

function newBuild(points: number): Build {
  const most = 2 * points - 1;
  return {
    nodes: points,
    length: new Float64Array(most),
    size: new Int32Array(most).fill(1, 0, points),
    childStart: new Int32Array(most + 1),
    child: new Int32Array(most),
    parent: countedUp(points),
    nodeOfRoot: countedUp(points),
    roots: new Int32Array(points),
    rootsLeft: new Int32Array(points),
    times: new Int32Array(points),
  };
}

/** Joins what an edge joins that no other equals in length; makes one node. */
function joinTwo(build: Build, from: number, to: number, at: number): 1 {
  const { parent, nodeOfRoot, childStart, child, length, size, nodes } = build;
  const a = rootOf(parent, from);
  const b = rootOf(parent, to);
  const nodeA = nodeOfRoot[a]!;
  const nodeB = nodeOfRoot[b]!;
  const root = Math.min(a, b);
  parent[Math.max(a, b)] = root;
  const start = childStart[nodes]!;
  child[start] = nodeA;
  child[start + 1] = nodeB;
  length[nodes] = at;
  size[nodes] = size[nodeA]! + size[nodeB]!;
  childStart[nodes + 1] = start + 2;
  nodeOfRoot[root] = nodes;
  return 1;
}

/** Joins what equal edges join; returns how many nodes that makes. Nodes, and the children of each, are in the order in which the edges meet them. */
function joinAtOnce(build: Build, equal: EqualEdges, at: number): number {
  const { parent, nodeOfRoot, roots, rootsLeft, times, childStart, child, length, nodes } = build;
  const met = unite(build, equal);
  let left = 0;
  for (let i = 0; i < met; i++) left = meet(rootOf(parent, roots[i]!), rootsLeft, times, left);
  for (let i = 0; i < left; i++) {
    const node = nodes + i;
    const root = rootsLeft[i]!;
    length[node] = at;
    childStart[node + 1] = childStart[node]! + times[root]!;
    times[root] = childStart[node]!;
  }
  for (let i = 0; i < met; i++) {
    const root = rootOf(parent, roots[i]!);
    child[times[root]!] = nodeOfRoot[roots[i]!]!;
    times[root]! += 1;
  }
  for (let i = 0; i < left; i++) {
    times[rootsLeft[i]!] = 0;
    nodeOfRoot[rootsLeft[i]!] = nodes + i;
    countPoints(build, nodes + i);
  }
  return left;
}

/** Lists the roots that equal edges meet, each once, and unites them. Returns how many they were. */
function unite({ parent, roots, times }: Build, { from, to, sorted, begin, end }: EqualEdges): number {
  let met = 0;
  for (let i = begin; i < end; i++) {
    met = meet(rootOf(parent, from[sorted[i]!]!), roots, times, met);
    met = meet(rootOf(parent, to[sorted[i]!]!), roots, times, met);
  }
  for (let i = 0; i < met; i++) times[roots[i]!] = 0;
  for (let i = begin; i < end; i++) {
    const a = rootOf(parent, from[sorted[i]!]!);
    const b = rootOf(parent, to[sorted[i]!]!);
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  return met;
}

function countPoints({ size, child, childStart }: Build, node: number): void {
  let points = 0;
  for (let c = childStart[node]!; c < childStart[node + 1]!; c++) points += size[child[c]!]!;
  size[node] = points;
}

/** Counts a root, and lists it the first time. */
function meet(root: number, list: Int32Array, times: Int32Array, listed: number): number {
  times[root]! += 1;
  if (times[root]! > 1) return listed;
  list[listed] = root;
  return listed + 1;
}

/** Puts the points of each node together, from the root down. */
function pointsInOrder({
  points,
  nodes,
  size,
  childStart,
  child,
}: Pick<Hierarchy, "points" | "nodes" | "size" | "childStart" | "child">): Pick<Hierarchy, "order" | "first"> {
  const first = new Int32Array(nodes);
  const order = new Int32Array(points);
  for (let node = nodes - 1; node >= 0; node--) {
    if (node < points) order[first[node]!] = node;
    let next = first[node]!;
    for (let c = childStart[node]!; c < childStart[node + 1]!; c++) {
      first[child[c]!] = next;
      next += size[child[c]!]!;
    }
  }
  return { order, first };
}
