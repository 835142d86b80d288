/** What the final shares of all phases leave unexplained. */
import type { BinnedCounts } from "./binned-counts.js";
import type { Component } from "./components.js";
import { CONSTANTS } from "./constants.js";
import type { ScaleState } from "./scale-state.js";
import { smoothMaps, sweepRows } from "./smoothing.js";
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
  breathe: () => Promise<void>,
): Promise<Unexplained> {
  const { width, pixels } = counts.frames;
  const { bins } = counts;
  const k = components.length;
  const made = new Float32Array(pixels * k);
  for (let n = 0; n < pixels; n++) for (let c = 0; c < k; c++) made[n * k + c] = ofCounts[n * k + c]! * counts.total[n]!;
  const smoothed = smoothMaps(counts.frames, made, k, state.kernel);
  const effect = new Float32Array(pixels);
  const z = new Float32Array(pixels);
  const p = new Float64Array(bins);
  const floor = CONSTANTS.weightFloor.value;
  const visit = (row: number, spectra: Float32Array) => {
    for (let x = 0; x < width; x++) {
      const n = row * width + x;
      if (state.inside[n] === 0) continue;
      p.fill(0);
      let all = 0;
      for (let c = 0; c < k; c++) all += smoothed[n * k + c]!;
      let v = 1 / state.effective[n]!;
      for (let c = 0; c < k; c++) {
        const share = smoothed[n * k + c]! / all;
        if (share < 1e-6) continue;
        const { shares, counts: behind } = components[c]!;
        v += (share * share) / behind;
        for (let j = 0; j < bins; j++) p[j]! += share * shares[j]!;
      }
      let chi = 0;
      let ratio = 0;
      let ratioSquared = 0;
      let spread = 0;
      for (let j = 0; j < bins; j++) {
        const inverse = 1 / (p[j]! + floor);
        const difference = spectra[x * bins + j]! / state.total[n]! - p[j]!;
        const r = p[j]! * inverse;
        chi += difference * difference * inverse;
        ratio += r;
        ratioSquared += r * r;
        spread += r * inverse;
      }
      const left = chi - v * ratio;
      z[n] = left / (v * Math.sqrt(2 * ratioSquared + spread / state.effective[n]!));
      if (z[n]! > limits.significance && left > limits.detail) effect[n] = left;
    }
  };
  await sweepRows(counts, state.kernel, visit, breathe);
  return { effect, z };
}
