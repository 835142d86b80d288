/** A quick search as a kernel: the stages of `reference-graph.ts`, sooner. */
import type { KernelFunctions } from "../../kernel.js";
import type { kernelMemory, MemoryPlan } from "../../kernel-memory.js";
import type { KdTree } from "../kd-tree.js";
import { inFours } from "../leaf-kernel.js";
import { fillColumns, fillPadded } from "../leaf-layout.js";
import {
  BACK_KEPT,
  GRAPH_WORDS,
  type graphPlan,
  keptNeighbours,
  MOST_LEAVES,
  mostOffered,
  REACH,
  ROUNDS,
  SEEN,
  scratchNumbers,
  type treePlan,
} from "./graph-plan.js";
import { type GraphProgram, partStart } from "./graph-stages.js";

export type GraphKernel = "beginLeaf" | "turnBack" | "improveLeaf" | "finishLeaf";

export type GraphArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof graphPlan>>>>["arrays"];

/** Words of a `Graph` with the two addresses of positions; that of the reach, float32. */
const IDS_WORD = 14;
const REACH_WORD = 18;

type PlanArrays<Plan extends MemoryPlan> = NonNullable<ReturnType<typeof kernelMemory<Plan>>>["arrays"];

/** Copies a tree into the memory of the kernel. */
export function fillGraph(arrays: PlanArrays<ReturnType<typeof treePlan>>, tree: KdTree): void {
  const { dimensions } = tree;
  for (const name of ["start", "end", "order"] as const) arrays[name].set(tree[name]);
  for (const name of ["lower", "upper", "coordinates"] as const) {
    fillPadded(tree[name], dimensions, arrays[name], inFours(dimensions));
  }
  fillColumns(tree, arrays.columns);
}

/** Sets up the graph of a member, with scratch memory of its own; returns its address. */
export function memberGraph(arrays: GraphArrays, tree: KdTree, k: number, member: number, mostLeaves = MOST_LEAVES): number {
  const words = arrays.graphs.subarray(member * GRAPH_WORDS, (member + 1) * GRAPH_WORDS);
  setWords(words, arrays, tree, { kept: keptNeighbours(k), member, mostLeaves });
  return words.byteOffset;
}

/** Words of a `Graph`; what has no array in this plan is at 0. */
export function setWords(
  words: Int32Array,
  arrays: { readonly [Name in keyof GraphArrays]?: GraphArrays[Name] },
  { dimensions, points, firstLeaf, nodes }: KdTree,
  { kept, member, mostLeaves }: { readonly kept: number; readonly member: number; readonly mostLeaves: number },
): void {
  const padded = inFours(dimensions);
  const at = (name: keyof GraphArrays): number => arrays[name]?.byteOffset ?? 0;
  const tree = [at("start"), at("end"), at("order"), at("lower"), at("upper"), at("columns"), at("coordinates")];
  const graph = [at("keys"), at("ids"), at("nextIds"), at("back")];
  const own = [
    at("scratch") + 8 * member * scratchNumbers(nodes),
    at("centres") + 4 * member * padded,
    at("seen") + 4 * member * SEEN,
    at("candidates") + 4 * member * mostOffered(kept),
  ];
  words.set([dimensions, padded, points, firstLeaf, ...tree, kept, BACK_KEPT, ...graph, mostLeaves, 0, ...own]);
  new Float32Array(words.buffer, words.byteOffset, GRAPH_WORDS)[REACH_WORD] = REACH;
}

/** Where the indices lie when all stages are done: the two arrays change places in every round. */
export function indicesOf({ ids, nextIds }: GraphArrays): Int32Array {
  return ROUNDS % 2 === 0 ? nextIds : ids;
}

/** What a member does. `tree`: points and first leaf. */
export function kernelGraph(
  kernel: KernelFunctions<GraphKernel>,
  memory: WebAssembly.Memory,
  address: number,
  { points, firstLeaf }: Pick<KdTree, "points" | "firstLeaf">,
): GraphProgram {
  const words = new Int32Array(memory.buffer, address, GRAPH_WORDS);
  return {
    enter(stage) {
      if (stage !== "back") return;
      const ids = words[IDS_WORD]!;
      words[IDS_WORD] = words[IDS_WORD + 1]!;
      words[IDS_WORD + 1] = ids;
    },
    piece(stage, piece) {
      if (stage === "begin") kernel.beginLeaf(address, firstLeaf + piece);
      else if (stage === "back") kernel.turnBack(address, partStart(piece, points), partStart(piece + 1, points));
      else if (stage === "improve") kernel.improveLeaf(address, firstLeaf + piece);
      else kernel.finishLeaf(address, firstLeaf + piece);
    },
  };
}
