/** A quick search for points that are not in the tree as a kernel: the answers of `reference-foreign.ts`, sooner. */
import { neighbourGraphProgram } from "../../generated/neighbour-graph.js";
import { kernelModule, startKernel } from "../../kernel.js";
import { kernelMemory } from "../../kernel-memory.js";
import type { ForeignSearch } from "../foreign-search.js";
import type { KdTree } from "../kd-tree.js";
import { inFours } from "../leaf-kernel.js";
import { fillPadded, LEAF_POINTS } from "../leaf-layout.js";
import { GRAPH_WORDS, keptNeighbours, LEAVES_OF_FOREIGN, ROUNDS, scratchPlan, treePlan } from "./graph-plan.js";
import { fillGraph, setWords } from "./kernel-graph.js";

/** Words of a `Graph` with the queries in hand and what is found of them. */
const QUERIES_WORD = 23;
/** In place of a position: no point of a tree has it. */
const FOREIGN = -0x80000000;

/** A search, or undefined where the host runs no kernel. `graph` as for `referenceForeign`. */
export async function kernelForeign(
  tree: KdTree,
  graph: Int32Array,
  k: number,
  mostLeaves = LEAVES_OF_FOREIGN,
): Promise<ForeignSearch | undefined> {
  const { dimensions } = tree;
  const kept = keptNeighbours(k);
  const module = await kernelModule(neighbourGraphProgram, false);
  const placed = module && kernelMemory(foreignPlan(tree, kept), false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  const { words, ids, asked, askedColumns, keys, found, expanded } = arrays;
  fillGraph(arrays, tree);
  ids.set(graph);
  setWords(words, arrays, tree, { kept, member: 0, mostLeaves });
  words.set(
    [askedColumns.byteOffset, asked.byteOffset, keys.byteOffset, FOREIGN, found.byteOffset, expanded.byteOffset],
    QUERIES_WORD,
  );
  const kernel = await startKernel<"searchForeign">(module, memory);
  return (queries, sink) => {
    const count = queries.length / dimensions;
    fillPadded(queries, dimensions, asked, inFours(dimensions));
    for (let i = 0; i < queries.length; i++)
      askedColumns[(i % dimensions) * LEAF_POINTS + Math.floor(i / dimensions)] = queries[i]!;
    kernel.searchForeign(words.byteOffset, count, ROUNDS);
    for (let query = 0; query < count; query++) sink(query, found, keys, query * kept);
  };
}

function foreignPlan(tree: KdTree, kept: number) {
  const { points, dimensions } = tree;
  return {
    words: ["int32", GRAPH_WORDS],
    ...treePlan(tree),
    ids: ["int32", points * kept],
    asked: ["float32", LEAF_POINTS * inFours(dimensions)],
    askedColumns: ["float32", dimensions * LEAF_POINTS],
    /** Distance and position of each neighbour of a query; at last squared distances. */
    keys: ["float64", LEAF_POINTS * kept],
    found: ["int32", LEAF_POINTS * kept],
    expanded: ["int32", kept],
    ...scratchPlan(tree, kept, 1),
  } as const;
}
