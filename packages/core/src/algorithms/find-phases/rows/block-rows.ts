/** How rows are cut into blocks. A block that does not follow the one before has the rows around it spread along x once more, so wide smoothing takes wide blocks. */
import type { Frames } from "../frames.js";

const FEWEST_ROWS = 16;

/** Rows of a block. */
export function blockRows(kernel: Float64Array): number {
  return Math.max(FEWEST_ROWS, 2 * (kernel.length - 1));
}

/** Number of blocks over all frames. */
export function blocksOfRows(frames: Frames, rows: number): number {
  return Math.ceil((frames.count * frames.height) / rows);
}

/** First row of a block and the row behind it. */
export function rowsOf(frames: Frames, rows: number, block: number): readonly [from: number, to: number] {
  return [block * rows, Math.min(frames.count * frames.height, (block + 1) * rows)];
}
