/** The search of a leaf as a kernel, for squared distances: the answers of `leaf-search.ts`, sooner. */
import { nearestNeighboursProgram } from "../generated/nearest-neighbours.js";
import { kernelModule, startKernel } from "../kernel.js";
import { kernelMemory, type MemoryPlan } from "../kernel-memory.js";
import type { KdTree } from "./kd-tree.js";
import type { NeighbourTable } from "./leaf-search.js";

/** With fewer columns than this the kernel is no quicker than its reference. */
const FEWEST_COLUMNS = 8;
/** Points of a leaf, at most, as the kernel lays them out. */
const LEAF_POINTS = 32;
/** Words of a `Search` of the kernel. */
const SEARCH_WORDS = 18;

/** A function that answers all queries of one leaf, or undefined where that is no quicker, or there is no kernel for it. */
export async function leafKernel(tree: KdTree, k: number, table: NeighbourTable): Promise<((leaf: number) => void) | undefined> {
  const module = isKernelFor(tree) ? await kernelModule(nearestNeighboursProgram, false) : undefined;
  if (module === undefined) return undefined;
  const placed = kernelMemory(searchPlan(tree, k, LEAF_POINTS), false);
  if (placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fillSearch(arrays, tree, k);
  const kernel = await startKernel<"searchLeaf">(module, memory);
  const at = arrays.search.byteOffset;
  const { start, end, order } = tree;
  return (leaf) => {
    kernel.searchLeaf(at, leaf);
    const first = start[leaf]!;
    for (let query = first; query < end[leaf]!; query++) {
      const [from, to] = [(query - first) * k, (query - first + 1) * k];
      table.indices.set(arrays.foundIndex.subarray(from, to), order[query]! * k);
      table.distances.set(arrays.foundDistance.subarray(from, to), order[query]! * k);
    }
  };
}

/** Whether the kernel can search this tree, and is quicker than its reference. */
export function isKernelFor(tree: KdTree): boolean {
  return tree.dimensions >= FEWEST_COLUMNS && pointsOfLargestLeaf(tree) <= LEAF_POINTS;
}

function pointsOfLargestLeaf({ firstLeaf, nodes, start, end }: KdTree): number {
  let most = 0;
  for (let leaf = firstLeaf; leaf < nodes; leaf++) most = Math.max(most, end[leaf]! - start[leaf]!);
  return most;
}

/** Memory for a tree and the neighbours of `found` points. */
export function searchPlan({ points, dimensions, nodes, firstLeaf }: KdTree, k: number, found: number) {
  return {
    search: ["int32", SEARCH_WORDS],
    start: ["int32", nodes],
    end: ["int32", nodes],
    lower: ["float32", nodes * dimensions],
    upper: ["float32", nodes * dimensions],
    axis: ["int32", firstLeaf],
    lowestIndex: ["int32", nodes],
    order: ["int32", points],
    coordinates: ["float32", points * dimensions],
    columns: ["float32", (nodes - firstLeaf) * dimensions * LEAF_POINTS],
    offset: ["float64", dimensions],
    foundIndex: ["int32", found * k],
    foundDistance: ["float64", found * k],
  } as const satisfies MemoryPlan;
}

export type SearchArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof searchPlan>>>>["arrays"];

/** Copies a tree into the memory of the kernel, and sets up a search. */
export function fillSearch(arrays: SearchArrays, tree: KdTree, k: number): void {
  const { dimensions, firstLeaf, nodes, start, end, coordinates } = tree;
  const trees = ["start", "end", "lower", "upper", "axis", "lowestIndex", "order", "coordinates"] as const;
  for (const name of trees) arrays[name].set(tree[name]);
  for (let leaf = firstLeaf; leaf < nodes; leaf++) {
    const columns = (leaf - firstLeaf) * dimensions * LEAF_POINTS;
    for (let p = start[leaf]!; p < end[leaf]!; p++) {
      for (let d = 0; d < dimensions; d++) {
        arrays.columns[columns + d * LEAF_POINTS + p - start[leaf]!] = coordinates[p * dimensions + d]!;
      }
    }
  }
  const addresses = [...trees, "columns", "offset"].map((name) => arrays[name as keyof SearchArrays].byteOffset);
  const best = [0, 0, 0];
  const found = [arrays.foundIndex.byteOffset, arrays.foundDistance.byteOffset];
  arrays.search.set([dimensions, firstLeaf, ...addresses, k, ...best, ...found]);
}
