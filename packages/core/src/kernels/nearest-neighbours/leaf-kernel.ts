/** The search of a leaf as a kernel, for squared distances: the answers of `leaf-search.ts`, sooner. */
import { nearestNeighboursProgram } from "../generated/nearest-neighbours.js";
import { kernelModule, startKernel } from "../kernel.js";
import { kernelMemory, type MemoryPlan } from "../kernel-memory.js";
import type { KdTree } from "./kd-tree.js";
import { fillColumns, fillPadded, LEAF_POINTS, pointsOfLargestLeaf } from "./leaf-layout.js";
import type { NeighbourSink } from "./leaf-search.js";

/** With fewer columns than this the kernel is no quicker than its reference. */
const FEWEST_COLUMNS = 2;
/** Words of a `Search` of the kernel. */
const SEARCH_WORDS = 26;

/** A function that answers all queries of one leaf, or undefined where that is no quicker, or there is no kernel for it. `reach` as `reachOf` gives it. */
export async function leafKernel(
  tree: KdTree,
  k: number,
  sink: NeighbourSink,
  reach = 1,
): Promise<((leaf: number) => void) | undefined> {
  const module = isKernelFor(tree) ? await kernelModule(nearestNeighboursProgram, false) : undefined;
  if (module === undefined) return undefined;
  const placed = kernelMemory(searchPlan(tree, k, LEAF_POINTS), false);
  if (placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fillSearch(arrays, tree, k, reach);
  const kernel = await startKernel<"searchLeaf">(module, memory);
  const at = arrays.search.byteOffset;
  const { start, end } = tree;
  const { foundIndex, foundDistance } = arrays;
  return (leaf) => {
    kernel.searchLeaf(at, leaf);
    for (let query = start[leaf]!, from = 0; query < end[leaf]!; query++, from += k) sink(query, foundIndex, foundDistance, from);
  };
}

/** Whether the kernel can search this tree, and is quicker than its reference. */
export function isKernelFor(tree: KdTree): boolean {
  return tree.dimensions >= FEWEST_COLUMNS && pointsOfLargestLeaf(tree) <= LEAF_POINTS;
}

/** Memory for a tree and the neighbours of `found` points. */
export function searchPlan({ points, dimensions, nodes, firstLeaf }: KdTree, k: number, found: number) {
  return {
    search: ["int32", SEARCH_WORDS],
    start: ["int32", nodes],
    end: ["int32", nodes],
    lower: ["float32", nodes * inFours(dimensions)],
    upper: ["float32", nodes * inFours(dimensions)],
    lowestIndex: ["int32", nodes],
    order: ["int32", points],
    coordinates: ["float32", points * dimensions],
    columns: ["float32", (nodes - firstLeaf) * dimensions * LEAF_POINTS],
    scratch: ["float64", SCRATCH_NUMBERS + LEAF_POINTS * keyWidth(k)],
    foundIndex: ["int32", found * k],
    foundDistance: ["float64", found * k],
  } as const satisfies MemoryPlan;
}

/** Float64 numbers of scratch memory before the keys: limits, listed queries and eight distances. */
const SCRATCH_NUMBERS = 36;

/** Keys that are kept for a query: one more than are asked for, and an even number. */
function keyWidth(k: number): number {
  return (k + 2) & ~1;
}

/** Boxes are padded to whole vectors. */
export function inFours(dimensions: number): number {
  return (dimensions + 3) & ~3;
}

export type SearchArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof searchPlan>>>>["arrays"];

/** Word of a `Search` with the reach of the search, float32; what follows is set for each lot of queries. */
const REACH_WORD = 18;

/** Copies a tree into the memory of the kernel, and sets up a search; `reach` as `reachOf` gives it. */
export function fillSearch(arrays: SearchArrays, tree: KdTree, k: number, reach = 1): void {
  const { dimensions, firstLeaf } = tree;
  const same = ["start", "end", "lowestIndex", "order", "coordinates"] as const;
  for (const name of same) arrays[name].set(tree[name]);
  for (const name of ["lower", "upper"] as const) fillPadded(tree[name], dimensions, arrays[name], inFours(dimensions));
  fillColumns(tree, arrays.columns);
  const at = (name: keyof SearchArrays): number => arrays[name].byteOffset;
  const boxes = [at("lower"), at("upper"), 0];
  const others = [at("lowestIndex"), at("order"), at("coordinates"), at("columns"), at("scratch")];
  const inHand = [0, 0, 0];
  const found = [at("foundIndex"), at("foundDistance")];
  arrays.search.set([dimensions, firstLeaf, at("start"), at("end"), ...boxes, ...others, k, ...inHand, ...found]);
  new Float32Array(arrays.search.buffer, at("search"), SEARCH_WORDS)[REACH_WORD] = reach;
}
