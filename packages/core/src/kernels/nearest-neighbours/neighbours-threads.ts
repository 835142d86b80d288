/** Nearest neighbours on several threads that share the tree: whoever is free takes the next leaf. Leaves do not depend on each other. */
import { ThreadLostError } from "../../errors.js";
import { breather, type WorkContext } from "../../spectrum-image/context.js";
import { nearestNeighboursProgram } from "../generated/nearest-neighbours.js";
import { kernelModule, startKernel } from "../kernel.js";
import { kernelMemory } from "../kernel-memory.js";
import { CREW_WORDS, endWork, helperMeets, isOver, leadMeets, sendHelpers, takePiece } from "../threads/crew.js";
import type { KdTree } from "./kd-tree.js";
import { fillSearch, isKernelFor, type SearchArrays, searchPlan } from "./leaf-kernel.js";
import type { NeighbourSink } from "./leaf-search.js";

/** Fewer points are searched sooner than helpers are woken: with so many columns, and with fewer, where a search takes a tenth of the time. */
const MANY_COLUMNS = 6;
const FEWEST_POINTS = 2048;
const FEWEST_POINTS_OF_FEW_COLUMNS = 65_536;

/** What a helper is given. */
export interface NeighboursTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the int32 words of the crew. */
  readonly crew: number;
  readonly members: number;
  readonly search: MemberSearch;
}

/** The search of one member: memory of its own for the query in hand, and where the answers of all go. */
interface MemberSearch {
  /** Address of the `Search` of this member. */
  readonly address: number;
  readonly foundIndex: number;
  readonly foundDistance: number;
  readonly k: number;
  readonly firstLeaf: number;
  readonly leaves: number;
  /** Address of the first position of every node. */
  readonly start: number;
}

/** Answers all queries with the help of threads; `reach` as `reachOf` gives it. False where that does not pay, cannot be done, or a thread is lost; then the sink has been given nothing. */
export async function searchWithThreads(
  tree: KdTree,
  k: number,
  sink: NeighbourSink,
  context: WorkContext,
  reach: number,
): Promise<boolean> {
  try {
    return await sharedSearch(tree, k, sink, context, reach);
  } catch (error) {
    if (error instanceof ThreadLostError) return false;
    throw error;
  }
}

async function sharedSearch(tree: KdTree, k: number, sink: NeighbourSink, context: WorkContext, reach: number): Promise<boolean> {
  const { threads, signal } = context;
  if (threads === undefined || threads.helpers < 1 || !threads.sharesMemory || !pays(tree) || !isKernelFor(tree)) return false;
  const members = threads.helpers + 1;
  const module = await kernelModule(nearestNeighboursProgram, true);
  const placed = module && kernelMemory(sharedPlan(tree, k, members), true);
  if (module === undefined || placed === undefined) return false;
  const { memory, arrays } = placed;
  fillSearch(arrays, tree, k, reach);
  const searches = Array.from({ length: members }, (_, member) => memberSearch(arrays, tree, k, member));
  const { crew } = arrays;
  const task = (member: number): NeighboursTask => ({
    module,
    memory,
    crew: crew.byteOffset,
    members,
    search: searches[member]!,
  });
  const help = sendHelpers(
    threads,
    "nearest-neighbours",
    searches.slice(1).map((_, i) => task(i + 1)),
  );
  const pause = breather(context);
  const searchNext = await leafSearcher(module, memory, searches[0]!, crew);
  try {
    for (let leaf = searchNext(); leaf < searches[0]!.leaves; leaf = searchNext()) {
      context.onProgress?.((leaf + 1) / searches[0]!.leaves);
      await pause();
    }
    await leadMeets(crew, members, help, signal);
  } finally {
    endWork(crew);
    await help.done();
  }
  help.check();
  for (let place = 0; place < tree.points; place++) sink(place, arrays.foundIndex, arrays.foundDistance, place * k);
  return true;
}

function pays({ points, dimensions }: KdTree): boolean {
  return points >= (dimensions >= MANY_COLUMNS ? FEWEST_POINTS : FEWEST_POINTS_OF_FEW_COLUMNS);
}

/** What a helper does, until no leaf is left or it is let go. */
export async function helpNeighbours({ module, memory, crew: at, members, search }: NeighboursTask): Promise<void> {
  const crew = new Int32Array(memory.buffer, at, CREW_WORDS);
  const searchNext = await leafSearcher(module, memory, search, crew);
  while (searchNext() < search.leaves) if (isOver(crew)) return;
  helperMeets(crew, members);
}

/** Searches the next leaf that nobody has taken, if one is left; returns its number. */
async function leafSearcher(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  { address, foundIndex, foundDistance, k, firstLeaf, leaves, start }: MemberSearch,
  crew: Int32Array,
): Promise<() => number> {
  const kernel = await startKernel<"searchLeaf">(module, memory);
  const words = new Int32Array(memory.buffer, address, FOUND_WORD + 2);
  const starts = new Int32Array(memory.buffer, start, firstLeaf + leaves);
  return () => {
    const leaf = takePiece(crew);
    if (leaf >= leaves) return leaf;
    const first = starts[firstLeaf + leaf]! * k;
    words[FOUND_WORD] = foundIndex + 4 * first;
    words[FOUND_WORD + 1] = foundDistance + 8 * first;
    kernel.searchLeaf(address, firstLeaf + leaf);
    return leaf;
  };
}

/** Of a `Search`: word with the address where answers go; that of the distances follows. Word with that of its scratch memory. */
const FOUND_WORD = 16;
const SCRATCH_WORD = 11;

function sharedPlan(tree: KdTree, k: number, members: number) {
  const plan = searchPlan(tree, k, tree.points);
  return {
    ...plan,
    searches: ["int32", members * plan.search[1]],
    scratches: ["float64", members * plan.scratch[1]],
    crew: ["int32", CREW_WORDS],
  } as const;
}

type SharedArrays = SearchArrays &
  Pick<NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof sharedPlan>>>>["arrays"], "searches" | "scratches">;

function memberSearch(arrays: SharedArrays, { firstLeaf, nodes }: KdTree, k: number, member: number): MemberSearch {
  const words = arrays.search.length;
  const own = arrays.searches.subarray(member * words, (member + 1) * words);
  own.set(arrays.search);
  own[SCRATCH_WORD] = arrays.scratches.byteOffset + 8 * member * arrays.scratch.length;
  return {
    address: own.byteOffset,
    foundIndex: arrays.foundIndex.byteOffset,
    foundDistance: arrays.foundDistance.byteOffset,
    k,
    firstLeaf,
    leaves: nodes - firstLeaf,
    start: arrays.start.byteOffset,
  };
}
