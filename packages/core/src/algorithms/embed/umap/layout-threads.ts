/**
 * The layout on several threads that share its memory. In the first half of a round whoever is free takes the next block; in the second every thread adds up the
 * pulls on the vertices it owns, in the order of the edges. So the result is the same for any number of threads.
 */
import { umapLayoutProgram } from "../../../kernels/generated/umap-layout.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { CREW_WORDS, endWork, helperMeets, isOver, leadMeets, sendHelpers, takePiece } from "../../../kernels/threads/crew.js";
import type { Threads, WorkContext } from "../../../spectrum-image/context.js";
import { ROUNDS } from "./layout-edges.js";
import { fillLayout, type LayoutArrays, type LayoutKernel, placeLayout } from "./layout-kernel.js";
import type { LayoutState } from "./layout-moves.js";
import type { LayoutRounds, RoundOptions } from "./layout-rounds.js";

/** Fewer vertices make fewer than two blocks in a round, and threads wait for each other 32 times in an epoch: one alone is sooner done. */
const FEWEST_VERTICES = 32_768;

/** What a helper is given. */
export interface LayoutTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the int32 words of the crew. */
  readonly crew: number;
  readonly members: number;
  /** From 1 for the helpers; the lead is 0. */
  readonly member: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly work: MemberWork;
}

/** What a member has to know to do its share. */
interface MemberWork {
  readonly layout: number;
  /** Address of memory for the chains of this member. */
  readonly chains: number;
  readonly groupBlocks: Int32Array;
  /** Of each round: address and number of the vertices of its group that this member owns. */
  readonly ownAddress: Int32Array;
  readonly ownCount: Int32Array;
}

/** Step of an epoch. */
export function rateOf(learningRate: number, epoch: number, epochs: number): number {
  return learningRate * (1 - epoch / epochs);
}

/** Rounds that helpers share, or undefined where that does not pay or cannot be done. */
export async function threadedRounds(
  layout: LayoutState,
  { epochs, learningRate, sharedFrom = FEWEST_VERTICES }: RoundOptions,
  { threads, signal }: WorkContext,
): Promise<LayoutRounds | undefined> {
  const { edges } = layout;
  const members = membersOf(threads);
  if (threads === undefined || members < 2 || layout.dimensions !== 2 || edges.vertices < sharedFrom) return undefined;
  const module = await kernelModule(umapLayoutProgram, true);
  const placed = module && placeLayout(edges, members, CREW_WORDS);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fillLayout(arrays, layout, members);
  const works = Array.from({ length: members }, (_, member) => workOf(arrays, layout, member, members));
  const crew = arrays.crew;
  const shared = { module, memory, crew: crew.byteOffset, members, epochs, learningRate };
  const task = (member: number): LayoutTask => ({ ...shared, member, work: works[member]! });
  const help = sendHelpers(
    threads,
    "umap-layout",
    works.slice(1).map((_, i) => task(i + 1)),
  );
  const kernel = await startKernel<LayoutKernel>(module, memory);
  const own = works[0]!;
  return {
    async move(epoch, rate, round, pause) {
      const first = edges.groupBlocks[round]!;
      const blocks = edges.groupBlocks[round + 1]! - first;
      for (let piece = takePiece(crew); piece < blocks; piece = takePiece(crew)) {
        kernel.moveBlock(own.layout, epoch, rate, first + piece, own.chains);
        await pause();
      }
      await leadMeets(crew, members, help, signal);
      kernel.moveByPulls(own.layout, first, first + blocks, 0, own.ownAddress[round]!, own.ownCount[round]!);
      await leadMeets(crew, members, help, signal);
    },
    look: () => arrays.positions.slice(),
    async finish() {
      endWork(crew);
      await help.done();
      help.check();
      layout.positions.set(arrays.positions);
    },
  };
}

/** A power of two, as the owners of vertices are dealt. */
function membersOf(threads: Threads | undefined): number {
  let members = 1;
  const most = threads?.sharesMemory ? threads.helpers + 1 : 1;
  while (2 * members <= most) members *= 2;
  return members;
}

function workOf(
  arrays: LayoutArrays,
  { edges: { order, groupStart, groupBlocks } }: LayoutState,
  member: number,
  members: number,
): MemberWork {
  const ownAddress = new Int32Array(ROUNDS);
  const ownCount = new Int32Array(ROUNDS);
  let place = 0;
  for (let owner = 0; owner <= member; owner++) {
    for (let round = 0; round < ROUNDS; round++) {
      const group = order.subarray(groupStart[round]!, groupStart[round + 1]!);
      const own = group.filter((vertex) => ownerOf(vertex, members) === owner);
      if (owner === member) {
        arrays.owned.set(own, place);
        ownAddress[round] = arrays.owned.byteOffset + 4 * place;
        ownCount[round] = own.length;
      }
      place += own.length;
    }
  }
  const chains = arrays.chains.byteOffset + (member * arrays.chains.byteLength) / members;
  return { layout: arrays.layout.byteOffset, chains, groupBlocks, ownAddress, ownCount };
}

/** As the kernel deals them: 64 in a row to one owner. */
function ownerOf(vertex: number, members: number): number {
  return (vertex >> 6) & (members - 1);
}

/** What a helper does, from the first round to the last, or until it is let go. */
export async function helpLayout({
  module,
  memory,
  crew: at,
  members,
  member,
  epochs,
  learningRate,
  work,
}: LayoutTask): Promise<void> {
  const kernel = await startKernel<LayoutKernel>(module, memory);
  const crew = new Int32Array(memory.buffer, at, CREW_WORDS);
  const { layout, chains, groupBlocks, ownAddress, ownCount } = work;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = rateOf(learningRate, epoch, epochs);
    for (let round = 0; round < ROUNDS; round++) {
      const first = groupBlocks[round]!;
      const blocks = groupBlocks[round + 1]! - first;
      for (let piece = takePiece(crew); piece < blocks; piece = takePiece(crew)) {
        if (isOver(crew)) return;
        kernel.moveBlock(layout, epoch, rate, first + piece, chains);
      }
      if (!helperMeets(crew, members)) return;
      kernel.moveByPulls(layout, first, first + blocks, member, ownAddress[round]!, ownCount[round]!);
      if (!helperMeets(crew, members)) return;
    }
  }
}
