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

export async function singleLinkage({ from, to, length }: SpanningTree, context: WorkContext = {}): Promise<Hierarchy> {
  const pause = breather(context);
  const points = length.length + 1;
  const sorted = await sortedByLength(length, pause);
  const build = newBuild(points);
  let breath = 0;
  for (let begin = 0; begin < sorted.length; ) {
    let end = begin;
    while (end < sorted.length && length[sorted[end]!] === length[sorted[begin]!]) end += 1;
    const shortest = sorted[begin]!;
    if (end === begin + 1) joinTwo(build, from[shortest]!, to[shortest]!, length[shortest]!);
    else joinAtOnce(build, from, to, sorted.subarray(begin, end), length[shortest]!);
    begin = end;
    if (begin < breath) continue;
    breath = begin + EDGES_PER_BREATH;
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

const DIGIT_BITS = 16;
const DIGITS = 64 / DIGIT_BITS;

/**
 * The edges by rising length, equal ones by index. Lengths are not negative, and such numbers have the order of their bits: they are dealt out by 16 bits at a
 * time, the lowest first (radix sort; Knuth 1998, The Art of Computer Programming 3, section 5.2.5).
 */
async function sortedByLength(length: Float64Array, pause: () => Promise<void>): Promise<Int32Array> {
  // Little-endian, as all supported machines are: the lowest digit first.
  const digits = new Uint16Array(length.buffer, length.byteOffset, DIGITS * length.length);
  let sorted = Int32Array.from(length, (_, i) => i);
  let dealt = new Int32Array(sorted.length);
  for (let digit = 0; digit < DIGITS; digit++) {
    const places = placesOf(digits, digit);
    for (let i = 0; i < sorted.length; i++) {
      const edge = sorted[i]!;
      const value = digits[DIGITS * edge + digit]!;
      dealt[places[value]!] = edge;
      places[value]! += 1;
    }
    [sorted, dealt] = [dealt, sorted];
    await pause();
  }
  return sorted;
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
}

function newBuild(points: number): Build {
  const most = 2 * points - 1;
  return {
    nodes: points,
    length: new Float64Array(most),
    size: new Int32Array(most).fill(1, 0, points),
    childStart: new Int32Array(most + 1),
    child: new Int32Array(most),
    parent: Int32Array.from({ length: points }, (_, i) => i),
    nodeOfRoot: Int32Array.from({ length: points }, (_, i) => i),
  };
}

/** Joins what an edge joins that no other equals in length. */
function joinTwo(build: Build, from: number, to: number, length: number): void {
  const { parent, nodeOfRoot, nodes: node, childStart, child, size } = build;
  const [a, b] = [rootOf(parent, from), rootOf(parent, to)];
  const [nodeA, nodeB] = [nodeOfRoot[a]!, nodeOfRoot[b]!];
  const root = Math.min(a, b);
  parent[Math.max(a, b)] = root;
  const start = childStart[node]!;
  child[start] = nodeA;
  child[start + 1] = nodeB;
  build.length[node] = length;
  size[node] = size[nodeA]! + size[nodeB]!;
  childStart[node + 1] = start + 2;
  build.nodes += 1;
  nodeOfRoot[root] = node;
}

function joinAtOnce(build: Build, from: Int32Array, to: Int32Array, edges: Int32Array, length: number): void {
  const { parent, nodeOfRoot } = build;
  const nodeBefore = new Map<number, number>();
  for (const edge of edges) {
    for (const point of [from[edge]!, to[edge]!]) {
      const root = rootOf(parent, point);
      nodeBefore.set(root, nodeOfRoot[root]!);
    }
  }
  for (const edge of edges) {
    const [a, b] = [rootOf(parent, from[edge]!), rootOf(parent, to[edge]!)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const childrenOf = new Map<number, number[]>();
  for (const [root, node] of nodeBefore) {
    const joined = rootOf(parent, root);
    const children = childrenOf.get(joined);
    if (children === undefined) childrenOf.set(joined, [node]);
    else children.push(node);
  }
  for (const [root, children] of childrenOf) {
    const node = build.nodes;
    const start = build.childStart[node]!;
    build.child.set(children, start);
    build.length[node] = length;
    build.size[node] = children.reduce((sum, child) => sum + build.size[child]!, 0);
    build.childStart[node + 1] = start + children.length;
    build.nodes += 1;
    nodeOfRoot[root] = node;
  }
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
