/** Rounds of the spanning tree as a kernel: the bits of `reference-rounds.ts`, sooner. */
import { spanningTreeProgram } from "../../../../kernels/generated/spanning-tree.js";
import { kernelModule, startKernel } from "../../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan } from "../../../../kernels/kernel-memory.js";
import type { KdTree } from "../../../../kernels/nearest-neighbours/kd-tree.js";
import { fillColumns, fillPadded, LEAF_POINTS, pointsOfLargestLeaf } from "../../../../kernels/nearest-neighbours/leaf-layout.js";
import { roundsPlan, type TreeRounds } from "./tree-rounds.js";

/** Words of a `Rounds` of the kernel. */
const ROUNDS_WORDS = 31;

/** By squared distances. Undefined where the host has no kernels or not so much memory in one piece, or leaves hold more points than the kernel takes. */
export async function kernelRounds(tree: KdTree, k: number): Promise<TreeRounds | undefined> {
  const module = pointsOfLargestLeaf(tree) <= LEAF_POINTS ? await kernelModule(spanningTreeProgram, false) : undefined;
  const placed = module && kernelMemory(memoryPlan(tree, k), false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  const { rounds, start, end, lower, upper, coordinates, columns, active, ...forest } = arrays;
  const { dimensions, firstLeaf, nodes, points } = tree;
  start.set(tree.start);
  end.set(tree.end);
  fillPadded(tree.lower, dimensions, lower, inTwos(dimensions));
  fillPadded(tree.upper, dimensions, upper, inTwos(dimensions));
  coordinates.set(tree.coordinates);
  fillColumns(tree, columns);
  const addresses = [start, end, lower, upper, coordinates, columns, active, ...Object.values(forest)];
  rounds.set([0, 0, dimensions, firstLeaf, nodes, points, k, 0, 0, ...addresses.map(({ byteOffset }) => byteOffset)]);
  const at = rounds.byteOffset;
  const kernel = await startKernel<"beginRound" | "searchLeaf" | "addEdges">(module, memory);
  return {
    arrays: forest,
    beginRound() {
      kernel.beginRound(at);
    },
    searchLeaf(leaf) {
      kernel.searchLeaf(at, leaf);
    },
    addEdges: () => kernel.addEdges(at),
  };
}

/** In the order of the words of a `Rounds`. */
function memoryPlan(tree: KdTree, k: number) {
  const { points, dimensions, nodes, firstLeaf } = tree;
  return {
    rounds: ["int32", ROUNDS_WORDS],
    start: ["int32", nodes],
    end: ["int32", nodes],
    lower: ["float32", nodes * inTwos(dimensions)],
    upper: ["float32", nodes * inTwos(dimensions)],
    coordinates: ["float32", points * dimensions],
    columns: ["float32", (nodes - firstLeaf) * dimensions * LEAF_POINTS],
    active: ["int32", LEAF_POINTS],
    ...roundsPlan(tree, k),
  } as const satisfies MemoryPlan;
}

/** Boxes are padded to whole vectors. */
function inTwos(dimensions: number): number {
  return (dimensions + 1) & ~1;
}
