/**
 * The layout on several threads that share its memory. In the first half of a round whoever is free takes the next block; in the second every thread adds up the
 * pulls on the vertices it owns, in the order of the edges. So the result is the same for any number of threads.
 */
import { umapLayoutProgram } from "../../../kernels/generated/umap-layout.js";
import { type KernelFunctions, kernelModule, startKernel } from "../../../kernels/kernel.js";
import { CREW_WORDS, endWork, helperMeets, isOver, leadMeets, sendHelpers, takePiece } from "../../../kernels/threads/crew.js";
import type { Threads, WorkContext } from "../../../spectrum-image/context.js";
import { fillLayout, type LayoutArrays, type LayoutKernel, placeLayout } from "./layout-kernel.js";
import type { LayoutState } from "./layout-moves.js";
import { ROUNDS } from "./layout-order.js";
import { BLOCKS_PER_BREATH, type LayoutRounds, type RoundOptions } from "./layout-rounds.js";

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
  /** Address of memory for the pushers of this member. */
  readonly pushers: number;
  readonly groupStart: Int32Array;
  readonly groupBlocks: Int32Array;
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
  const placed = module && placeLayout(layout, members, CREW_WORDS);
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
  const { draw, moveNext, addUp } = memberRounds(kernel, crew, 0, works[0]!);
  return {
    async move(epoch, rate, round, pause) {
      draw(epoch, round);
      for (let blocks = 1; moveNext(epoch, rate, round); blocks++) if (blocks % BLOCKS_PER_BREATH === 0) await pause();
      await leadMeets(crew, members, help, signal);
      addUp(round);
      await leadMeets(crew, members, help, signal);
      await pause();
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

function workOf(arrays: LayoutArrays, { edges }: LayoutState, member: number, members: number): MemberWork {
  const { groupStart, groupBlocks } = edges;
  const ownPart = ({ byteOffset, byteLength }: Int32Array | Float32Array): number => byteOffset + (member * byteLength) / members;
  const [chains, pushers] = [ownPart(arrays.chains), ownPart(arrays.pushers)];
  return { layout: arrays.layout.byteOffset, chains, pushers, groupStart, groupBlocks };
}

/** The two halves of a round as a member does them. */
function memberRounds(kernel: KernelFunctions<LayoutKernel>, crew: Int32Array, member: number, work: MemberWork) {
  const { layout, chains, pushers, groupStart, groupBlocks } = work;
  return {
    draw(epoch: number, round: number): void {
      kernel.drawPushers(layout, epoch, round, groupStart[round]!, groupStart[round + 1]!, pushers);
    },
    /** Moves the vertices of the next block that nobody has taken; false where none is left. */
    moveNext(epoch: number, rate: number, round: number): boolean {
      const block = groupBlocks[round]! + takePiece(crew);
      if (block >= groupBlocks[round + 1]!) return false;
      kernel.moveBlock(layout, epoch, rate, groupStart[round]!, block, pushers, chains);
      return true;
    },
    addUp(round: number): void {
      kernel.moveByPulls(layout, groupBlocks[round]!, groupBlocks[round + 1]!, member);
    },
  };
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
  const { draw, moveNext, addUp } = memberRounds(kernel, crew, member, work);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = rateOf(learningRate, epoch, epochs);
    for (let round = 0; round < ROUNDS; round++) {
      draw(epoch, round);
      while (moveNext(epoch, rate, round)) if (isOver(crew)) return;
      if (!helperMeets(crew, members)) return;
      addUp(round);
      if (!helperMeets(crew, members)) return;
    }
  }
}
