import type { RandomStream } from "../../../kernels/random.js";

/** Which pixels train and which tell how well; rising indices. */
export interface Split {
  readonly train: Int32Array;
  /** Undefined when all pixels train. */
  readonly evaluation: Int32Array | undefined;
}

/** Keeps a random share of the pixels out of training: at least one and never all; none where there is only one pixel. */
export function splitPixels(pixels: number, evalFraction: number, random: RandomStream): Split {
  const order = random.shuffle(allPixels(pixels));
  const kept = Math.min(pixels - 1, Math.max(1, Math.round(pixels * evalFraction)));
  if (kept < 1) return { train: order, evaluation: undefined };
  return { train: order.slice(kept).sort(), evaluation: order.slice(0, kept).sort() };
}

export function allPixels(pixels: number): Int32Array {
  return Int32Array.from({ length: pixels }, (_, i) => i);
}
