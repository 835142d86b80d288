/** The search for points that are not in the tree as a kernel, for squared distances: the answers of `foreign-search.ts`, sooner. */
import { nearestNeighboursProgram } from "../generated/nearest-neighbours.js";
import { kernelModule, startKernel } from "../kernel.js";
import { kernelMemory } from "../kernel-memory.js";
import type { ForeignSearch } from "./foreign-search.js";
import type { KdTree } from "./kd-tree.js";
import { fillSearch, inFours, isKernelFor, searchPlan } from "./leaf-kernel.js";
import { LEAF_POINTS } from "./leaf-layout.js";

/** With fewer columns than this the kernel is slower than its reference. */
const FEWEST_COLUMNS = 6;
/** Words of a `Search`: position of the first query, number of queries, and from there on the addresses of what is known of them. */
const OWN_WORD = 13;
const QUERIES_WORD = 19;
const ADDRESSES_WORD = 20;

/** A search, or undefined where there is no kernel for this tree. */
export async function foreignKernel(tree: KdTree, k: number): Promise<ForeignSearch | undefined> {
  const isQuicker = tree.dimensions >= FEWEST_COLUMNS && isKernelFor(tree);
  const module = isQuicker ? await kernelModule(nearestNeighboursProgram, false) : undefined;
  const placed = module && kernelMemory(foreignPlan(tree, k), false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fillSearch(arrays, tree, k);
  const { search, asked, askedColumns, askedLower, askedUpper, foundIndex, foundDistance } = arrays;
  search[OWN_WORD] = tree.points;
  search.set(
    [asked, askedColumns, askedLower, askedUpper].map(({ byteOffset }) => byteOffset),
    ADDRESSES_WORD,
  );
  const kernel = await startKernel<"searchForeign">(module, memory);
  return (queries, sink) => {
    const count = queries.length / tree.dimensions;
    asked.set(queries);
    search[QUERIES_WORD] = count;
    kernel.searchForeign(search.byteOffset);
    for (let query = 0; query < count; query++) sink(query, foundIndex, foundDistance, query * k);
  };
}

function foreignPlan(tree: KdTree, k: number) {
  const { dimensions } = tree;
  return {
    ...searchPlan(tree, k, LEAF_POINTS),
    asked: ["float32", dimensions * LEAF_POINTS],
    askedColumns: ["float32", dimensions * LEAF_POINTS],
    askedLower: ["float32", inFours(dimensions)],
    askedUpper: ["float32", inFours(dimensions)],
  } as const;
}
