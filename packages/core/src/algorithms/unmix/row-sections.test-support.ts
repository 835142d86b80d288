/** Rows in three sections, the last one short, and enough entries for threads to be asked. */
import type { Threads } from "../../spectrum-image/context.js";
import { type CountBlock, type StoredCounts, storedCounts } from "../../spectrum-image/counts.js";
import { SECTION_ROWS } from "./row-sections.js";

export const CHANNELS = 60;
export const ROWS = 2 * SECTION_ROWS + 2500;
const FILLED = 40;
export const mask = Uint8Array.from({ length: ROWS }, (_, row) => (row % 11 === 3 ? 0 : 1));

/** The same rows in blocks of so many. */
export function rowsIn(blockRows: number): StoredCounts {
  const blocks: CountBlock[] = [];
  for (let firstPixel = 0; firstPixel < ROWS; firstPixel += blockRows) {
    const pixels = Math.min(blockRows, ROWS - firstPixel);
    const rowStart = Uint32Array.from({ length: pixels + 1 }, (_, p) => p * FILLED);
    const channel = Uint16Array.from({ length: pixels * FILLED }, (_, i) => 1 + (i % FILLED));
    const count = channel.map((c, i) => 1 + ((firstPixel * FILLED + i) % 7) * (c % 3));
    blocks.push({ firstPixel, pixels, rowStart, channel, count });
  }
  return storedCounts([ROWS], CHANNELS, blocks);
}

/** The same threads, and how often they were asked to take sections. */
export function watched(threads: Threads): { readonly threads: Threads; deals(): number } {
  let deals = 0;
  const run: Threads["run"] = (helper, task, order) => {
    if ("deal" in (order as object)) deals += 1;
    return threads.run(helper, task, order);
  };
  return { threads: { helpers: threads.helpers, sharesMemory: threads.sharesMemory, run, dismiss() {} }, deals: () => deals };
}
