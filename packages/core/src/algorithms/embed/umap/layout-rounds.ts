/** Whole rounds of the layout, by whoever does them: threads, a kernel, or plain TypeScript. */
import type { WorkContext } from "../../../spectrum-image/context.js";
import type { Watcher } from "../../../spectrum-image/watcher.js";
import { kernelMoves } from "./layout-kernel.js";
import { type LayoutState, referenceMoves } from "./layout-moves.js";
import { threadedRounds } from "./layout-threads.js";

export interface LayoutRounds {
  /** Both halves of a round; calls `pause` every few milliseconds. */
  move(epoch: number, rate: number, round: number, pause: () => Promise<void>): Promise<void>;
  /** Brings the positions of the layout up to date and lets helpers go; to be called however the work ends. */
  finish(): Promise<void>;
  /** The positions as they are now, a copy; absent where they cannot be seen before the end. */
  look?(): Float32Array;
}

/** What a layout may be given besides: who looks at the positions, float32 [vertices x dimensions], after every epoch. */
export interface LayoutContext extends WorkContext {
  readonly onPositions?: Watcher<Float32Array> | undefined;
}

export interface RoundOptions {
  readonly epochs: number;
  readonly learningRate: number;
  /** Fewest vertices that threads share. Default: 32,768, twice what one of them moves at a time. */
  readonly sharedFrom?: number | undefined;
}

/** The quickest way that this host has; all give the same bits. */
export async function layoutRounds(layout: LayoutState, options: RoundOptions, context: LayoutContext): Promise<LayoutRounds> {
  const rounds = (await threadedRounds(layout, options, context)) ?? (await lonelyRounds(layout));
  return watchedRounds(rounds, context.onPositions);
}

function watchedRounds(rounds: LayoutRounds, watch: Watcher<Float32Array> | undefined): LayoutRounds {
  const look = rounds.look?.bind(rounds);
  if (look === undefined || watch === undefined) return rounds;
  return {
    ...rounds,
    move(epoch, rate, round, pause) {
      if (round === 0 && epoch > 0) watch(look);
      return rounds.move(epoch, rate, round, pause);
    },
  };
}

async function lonelyRounds(layout: LayoutState): Promise<LayoutRounds> {
  const { groupBlocks } = layout.edges;
  const moves = (layout.dimensions === 2 ? await kernelMoves(layout) : undefined) ?? referenceMoves(layout);
  return {
    async move(epoch, rate, round, pause) {
      for (let block = groupBlocks[round]!; block < groupBlocks[round + 1]!; block++) {
        moves.firstEnds(epoch, rate, block);
        await pause();
      }
      moves.byPulls(round);
      await pause();
    },
    look: () => moves.look(),
    async finish() {
      moves.finish();
    },
  };
}
