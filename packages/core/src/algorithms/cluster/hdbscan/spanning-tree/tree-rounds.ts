/** What a round of the spanning tree works on, and what it does: in plain TypeScript (`reference-rounds.ts`) or as a kernel (`kernel-rounds.ts`), with the same bits. */
import type { MemoryPlan, plainArrays } from "../../../../kernels/kernel-memory.js";
import type { KdTree } from "../../../../kernels/nearest-neighbours/kd-tree.js";
import type { NeighbourSink } from "../../../../kernels/nearest-neighbours/leaf-search.js";

/** Bounds are sums in another order than distances: rounding must not leave out what is exactly at the bound. */
export const ROUNDING = 1 - 1e-12;

/** The steps of a round, in their order. */
export interface TreeRounds {
  readonly arrays: RoundArrays;
  /** Names the components, and gives each the best edge among the neighbours that are known. */
  beginRound(): void;
  /**
   * Looks for shorter edges out of their components from the points of one leaf, all together. What is found for one leaf shortens the search from the next, so leaves
   * are searched in their order.
   */
  searchLeaf(leaf: number): void;
  /** Adds the best edge of each component, unless equal ones have joined its ends already. Returns how many components are left. */
  addEdges(): number;
}

/** Points that a vector of the kernel may read behind the last. */
const SPARE = 4;

/** The forest that grows into the tree, and the tree that is searched. Points are told by their positions in the tree, not by their indices. */
export function roundsPlan({ points, nodes }: KdTree, k: number) {
  return {
    /** [points]: core distances, to the last of the k nearest; [nodes]: the least in each node. */
    core: ["float64", points],
    leastCore: ["float64", nodes],
    /** [points x k]: the nearest of each point. Their edges are as long as the larger of two core distances: nothing is farther away than the last of them. */
    neighbour: ["int32", points * k],
    /** [points]: how many of the nearest are in the component of the point for sure. */
    joined: ["int32", points],
    /** [points]: parent in the union-find forest; roots are their own. */
    parent: ["int32", points],
    /** [points]: component of each point in this round, named by its root; [nodes]: that of all points of a node, or -1 where there are several. */
    component: ["int32", points + SPARE],
    nodeComponent: ["int32", nodes],
    /** [points]: no edge from the point out of its component is shorter. Components only grow, so that this stays true. */
    known: ["float64", points],
    /** [points]: for each root the shortest edge that leaves its component. */
    bestLength: ["float64", points],
    bestFrom: ["int32", points],
    bestTo: ["int32", points],
    /** [1]: components that are left. */
    left: ["int32", 1],
    /** [points - 1]: the edges of the tree. */
    from: ["int32", points - 1],
    to: ["int32", points - 1],
    length: ["float64", points - 1],
  } as const satisfies MemoryPlan;
}

export type RoundArrays = ReturnType<typeof plainArrays<ReturnType<typeof roundsPlan>>>;

/** Takes the neighbours and the core distance of each point. */
export function intoRounds({ core, neighbour }: RoundArrays, { position }: KdTree, k: number): NeighbourSink {
  return (place, indices, distances, at) => {
    core[place] = distances[at + k - 1]!;
    for (let from = at, to = place * k; from < at + k; from++, to++) neighbour[to] = position[indices[from]!]!;
  };
}

/** Begins, when neighbours and core distances are there, with every point by itself. */
export function separatePoints(arrays: RoundArrays, { points, nodes, firstLeaf, start, end }: KdTree): void {
  const { core, leastCore, known, joined, parent, left } = arrays;
  left[0] = points;
  joined.fill(0);
  known.set(core);
  for (let place = 0; place < parent.length; place++) parent[place] = place;
  for (let node = nodes - 1; node >= 0; node--) {
    if (node < firstLeaf) {
      leastCore[node] = Math.min(leastCore[2 * node + 1]!, leastCore[2 * node + 2]!);
      continue;
    }
    let least = core[start[node]!]!;
    for (let place = start[node]! + 1; place < end[node]!; place++) least = Math.min(least, core[place]!);
    leastCore[node] = least;
  }
}
