/** A quick search on several threads that share its memory: in each stage whoever is free takes the next piece, and all meet before the next stage. */
import { ThreadLostError } from "../../../errors.js";
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import { neighbourGraphProgram } from "../../generated/neighbour-graph.js";
import { kernelModule, startKernel } from "../../kernel.js";
import { kernelMemory } from "../../kernel-memory.js";
import { CREW_WORDS, endWork, helperMeets, isOver, leadMeets, sendHelpers, takePiece } from "../../threads/crew.js";
import type { KdTree } from "../kd-tree.js";
import type { NeighbourSink } from "../leaf-search.js";
import { graphPlan, keptNeighbours } from "./graph-plan.js";
import { giveAll, piecesOf, stages } from "./graph-stages.js";
import { fillGraph, type GraphKernel, indicesOf, kernelGraph, memberGraph } from "./kernel-graph.js";

/** What a helper is given. */
export interface QuickNeighboursTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the int32 words of the crew. */
  readonly crew: number;
  readonly members: number;
  /** Address of the `Graph` of this member. */
  readonly graph: number;
  readonly tree: Pick<KdTree, "points" | "firstLeaf" | "nodes">;
}

/** Searches with the help of threads. False where that cannot be done, or a thread is lost; then the sink has been given nothing. */
export async function searchQuicklyWithThreads(
  tree: KdTree,
  k: number,
  sink: NeighbourSink,
  context: WorkContext,
): Promise<boolean> {
  try {
    return await sharedSearch(tree, k, sink, context);
  } catch (error) {
    if (error instanceof ThreadLostError) return false;
    throw error;
  }
}

async function sharedSearch(tree: KdTree, k: number, sink: NeighbourSink, context: WorkContext): Promise<boolean> {
  const { threads, signal } = context;
  if (threads === undefined || threads.helpers < 1 || !threads.sharesMemory) return false;
  const members = threads.helpers + 1;
  const module = await kernelModule(neighbourGraphProgram, true);
  const placed = module && kernelMemory({ ...graphPlan(tree, k, members), crew: ["int32", CREW_WORDS] } as const, true);
  if (module === undefined || placed === undefined) return false;
  const { memory, arrays } = placed;
  const { crew } = arrays;
  fillGraph(arrays, tree);
  const { points, firstLeaf, nodes } = tree;
  const shared = { module, memory, crew: crew.byteOffset, members, tree: { points, firstLeaf, nodes } };
  const graphs = Array.from({ length: members }, (_, member) => memberGraph(arrays, tree, k, member));
  const kernel = await startKernel<GraphKernel>(module, memory);
  const program = kernelGraph(kernel, memory, graphs[0]!, tree);
  const tasks = graphs.slice(1).map((graph): QuickNeighboursTask => ({ ...shared, graph }));
  const help = sendHelpers(threads, "quick-neighbours", tasks);
  const pause = breather(context);
  let before = 0;
  try {
    for (const { stage, share } of stages) {
      program.enter(stage);
      const pieces = piecesOf(stage, tree);
      for (let piece = takePiece(crew); piece < pieces; piece = takePiece(crew)) {
        program.piece(stage, piece);
        context.onProgress?.(before + (share * (piece + 1)) / pieces);
        await pause();
      }
      await leadMeets(crew, members, help, signal);
      before += share;
    }
  } finally {
    endWork(crew);
    await help.done();
  }
  help.check();
  context.onProgress?.(1);
  giveAll(sink, points, keptNeighbours(k), indicesOf(arrays), arrays.keys);
  return true;
}

/** What a helper does, until all stages are done or it is let go. */
export async function helpQuickNeighbours({
  module,
  memory,
  crew: at,
  members,
  graph,
  tree,
}: QuickNeighboursTask): Promise<void> {
  const crew = new Int32Array(memory.buffer, at, CREW_WORDS);
  const program = kernelGraph(await startKernel<GraphKernel>(module, memory), memory, graph, tree);
  for (const { stage } of stages) {
    program.enter(stage);
    const pieces = piecesOf(stage, tree);
    for (let piece = takePiece(crew); piece < pieces; piece = takePiece(crew)) {
      if (isOver(crew)) return;
      program.piece(stage, piece);
    }
    if (!helperMeets(crew, members)) return;
  }
}
