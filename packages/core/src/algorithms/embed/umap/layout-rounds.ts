/** Whole rounds of the layout, by whoever does them: threads, a kernel, or plain TypeScript. */
import type { WorkContext } from "../../../spectrum-image/context.js";
import { kernelMoves } from "./layout-kernel.js";
import { type LayoutState, referenceMoves } from "./layout-moves.js";
import { threadedRounds } from "./layout-threads.js";

export interface LayoutRounds {
  /** Both halves of a round; calls `pause` every few milliseconds. */
  move(epoch: number, rate: number, round: number, pause: () => Promise<void>): Promise<void>;
  /** Brings the positions of the layout up to date and lets helpers go; to be called however the work ends. */
  finish(): Promise<void>;
}

/** The quickest way that this host has; all give the same bits. */
export async function layoutRounds(
  layout: LayoutState,
  options: { readonly epochs: number; readonly learningRate: number },
  context: WorkContext,
): Promise<LayoutRounds> {
  return (await threadedRounds(layout, options, context)) ?? (await lonelyRounds(layout));
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
    async finish() {
      moves.finish();
    },
  };
}
