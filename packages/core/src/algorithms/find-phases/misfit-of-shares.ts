/** What the final shares of all phases leave unexplained. */
import { memoryLike } from "../../kernels/threads/same-memory.js";
import type { BinnedCounts } from "./binned-counts.js";
import type { Component } from "./components.js";
import { eachMisfit, errorOfExcess } from "./misfit-sums.js";
import { LEAST_SHARE } from "./rows/misfit-blocks.js";
import type { PhaseBlocks } from "./rows/stages.js";
import type { ScaleState } from "./scale-state.js";
import { smoothMaps } from "./smoothing.js";
import type { Thresholds, Unexplained } from "./unexplained.js";

/**
 * The misfit of the final shares: every pixel's smoothed spectrum against what all phases together make there by their shares of
 * counts (float32 [pixels x components]), in standard errors, with the effect where it is large and significant.
 */
export async function testShares(
  counts: BinnedCounts,
  state: ScaleState,
  components: readonly Component[],
  ofCounts: Float32Array,
  limits: Thresholds,
  blocks: PhaseBlocks,
): Promise<Unexplained> {
  const { pixels } = counts.frames;
  const k = components.length;
  const made = new Float32Array(memoryLike(counts.total, 4 * pixels * k));
  for (let n = 0; n < pixels; n++) for (let c = 0; c < k; c++) made[n * k + c] = ofCounts[n * k + c]! * counts.total[n]!;
  const smoothed = smoothMaps(counts.frames, made, k, state.kernel);
  const effect = new Float32Array(pixels);
  const z = new Float32Array(pixels);
  const { kernel, total, inside } = state;
  const stage = { kernel, total, marks: inside, madeOf: { counts: smoothed } };
  await eachMisfit(counts, stage, components, blocks, (n, chi, ratios, squares, spreads) => {
    const v = 1 / state.effective[n]! + variance(smoothed, n, components);
    const left = chi - v * ratios;
    z[n] = left / errorOfExcess(v, squares, spreads, state.effective[n]!);
    if (z[n]! > limits.significance && left > limits.detail) effect[n] = left;
  });
  return { effect, z };
}

/** Variance factor of what the components make together: that of each by the square of its share. */
function variance(smoothed: Float32Array, n: number, components: readonly Component[]): number {
  const k = components.length;
  let all = 0;
  for (let c = 0; c < k; c++) all += smoothed[n * k + c]!;
  let sum = 0;
  for (let c = 0; c < k; c++) {
    const share = smoothed[n * k + c]! / all;
    if (share >= LEAST_SHARE) sum += (share * share) / components[c]!.counts;
  }
  return sum;
}
