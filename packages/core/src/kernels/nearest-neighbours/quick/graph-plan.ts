/** What a quick search works on: a tree, and a graph from every point to those that are thought to be nearest. */
import type { MemoryPlan } from "../../kernel-memory.js";
import type { KdTree } from "../kd-tree.js";
import { inFours } from "../leaf-kernel.js";
import { LEAF_POINTS } from "../leaf-layout.js";

/** Leaves that the points of a leaf look at, at most, nearest first. */
export const MOST_LEAVES = 256;
/** The same, of points that are not in the tree. */
export const LEAVES_OF_FOREIGN = 128;
/** A point looks at a leaf whose box is within this part of the squared distance of its last neighbour so far: half the distance. */
export const REACH = 0.25;
/** Rounds over the neighbours of the neighbours. */
export const ROUNDS = 2;
/** Neighbours that are kept, at least; fewer have too few neighbours of their own. */
const FEWEST_KEPT = 14;
/** Edges that are followed backwards from a point. */
export const BACK_KEPT = 8;
/** Parts of the points for which edges are turned back one after the other. */
export const BACK_PARTS = 8;
/** Words of a `Graph` of the kernel. */
export const GRAPH_WORDS = 29;
/** Bytes of a member's scratch memory before the nodes that follow in buckets. */
const SCRATCH_BYTES = 17_312;

/** Neighbours that are kept of each point, an even number: at least those that are asked for. */
export function keptNeighbours(k: number): number {
  return 2 * Math.ceil(Math.max(k, FEWEST_KEPT) / 2);
}

/** Positions that a member remembers to have offered to a point. */
export const SEEN = 1024;

/** Positions that may be offered to a point in a round, its own and one more counted, for they are written before they count. */
export function mostOffered(kept: number): number {
  return 4 * Math.ceil((BACK_KEPT + (kept + BACK_KEPT) * kept + 1) / 4);
}

/** Memory for `members` threads. Rows are points in the order of the tree. */
export function graphPlan(tree: KdTree, k: number, members: number) {
  const kept = keptNeighbours(k);
  const { points } = tree;
  return {
    graphs: ["int32", members * GRAPH_WORDS],
    ...treePlan(tree),
    /** Distance and position of each neighbour; at last squared distances. */
    keys: ["float64", points * kept],
    /** Positions of the neighbours, by turns those of the last round and of the one in hand; at last indices of points. */
    ids: ["int32", points * kept],
    nextIds: ["int32", points * kept],
    back: ["float64", points * BACK_KEPT],
    ...scratchPlan(tree, kept, members),
  } as const satisfies MemoryPlan;
}

/** A tree as the kernel reads it. */
export function treePlan({ points, dimensions, nodes, firstLeaf }: KdTree) {
  return {
    start: ["int32", nodes],
    end: ["int32", nodes],
    order: ["int32", points],
    lower: ["float32", nodes * inFours(dimensions)],
    upper: ["float32", nodes * inFours(dimensions)],
    columns: ["float32", (nodes - firstLeaf) * dimensions * LEAF_POINTS],
    coordinates: ["float32", points * inFours(dimensions)],
  } as const satisfies MemoryPlan;
}

/** What each member needs for itself. */
export function scratchPlan({ nodes, dimensions }: KdTree, kept: number, members: number) {
  return {
    scratch: ["float64", members * scratchNumbers(nodes)],
    centres: ["float32", members * inFours(dimensions)],
    seen: ["int32", members * SEEN],
    candidates: ["int32", members * mostOffered(kept)],
  } as const satisfies MemoryPlan;
}

/** Float64 numbers of a member's scratch memory; whole vectors. */
export function scratchNumbers(nodes: number): number {
  return 2 * Math.ceil((SCRATCH_BYTES + 4 * nodes) / 16);
}
