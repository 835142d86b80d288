/** Whole rounds of the layout, by whoever does them: threads, a kernel, or plain TypeScript. */
import type { WorkContext } from "../../../spectrum-image/context.js";
import type { Watcher } from "../../../spectrum-image/watcher.js";
import { kernelMoves } from "./layout-kernel.js";
import { type LayoutState, referenceMoves } from "./layout-moves.js";
import { fromPlaces } from "./layout-order.js";
import { threadedRounds } from "./layout-threads.js";

/** A block takes a few hundredths of a millisecond by the kernel, ten times that without. */
export const BLOCKS_PER_BREATH = 16;

export interface LayoutRounds {
  /** Both halves of a round; calls `pause` every few milliseconds. */
  move(epoch: number, rate: number, round: number, pause: () => Promise<void>): Promise<void>;
  /** Brings the positions of the layout up to date and lets helpers go; to be called however the work ends. */
  finish(): Promise<void>;
  /** The positions as they are now, a copy, in the order of their places. */
  look(): Float32Array;
}

/** What a layout may be given besides: who looks at the positions, float32 [vertices x dimensions] in the order of the vertices, after every epoch. */
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
  return context.onPositions === undefined ? rounds : watchedRounds(rounds, layout, context.onPositions);
}

function watchedRounds(
  rounds: LayoutRounds,
  { positions, edges: { order }, dimensions }: LayoutState,
  watch: Watcher<Float32Array>,
): LayoutRounds {
  const look = (): Float32Array => fromPlaces(rounds.look(), order, dimensions, new Float32Array(positions.length));
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
      moves.drawPushers(epoch, round);
      for (let block = groupBlocks[round]!; block < groupBlocks[round + 1]!; block++) {
        moves.firstEnds(epoch, rate, round, block);
        if (block % BLOCKS_PER_BREATH === 0) await pause();
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
