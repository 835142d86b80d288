/**
 * Each pixel as one known spectrum or as a mixture of two. More than two would be wrong: a glass, or a common silicate, lies
 * inside the hull of the others and would be taken for a mixture everywhere.
 */
import { type Component, distance, noiseAlong } from "./components.js";
import { CONSTANTS } from "./constants.js";
import type { ScaleState } from "./scale-state.js";
import type { Subspace } from "./subspace.js";

/** Stands for "no component". */
export const NOBODY = 255;

export interface Explanation {
  /** Component with the larger share: uint8 [pixels], {@link NOBODY} outside. */
  readonly first: Uint8Array;
  /** The other, {@link NOBODY} when one is enough. */
  readonly second: Uint8Array;
  /** Share of `first`, 0.5 to 1: float32 [pixels]. */
  readonly fraction: Float32Array;
  /** Squared distance in the space that is left: float32 [pixels]. */
  readonly misfit: Float32Array;
  /** 2 where noise does not tell the pixel from its first component, 1 where that has a share of at least 0.9, else 0: uint8 [pixels]. */
  readonly pure: Uint8Array;
}

const CHUNK = 4096;

/**
 * Explains all pixels. For a pixel at squared distances d_k, d_l from two components that are g apart, the share of k is
 * f = (d_l + g - d_k) / 2g and what is left d_l - f^2 g. Two are taken only where that lowers the misfit by a likelihood ratio.
 */
export async function explainPixels(
  state: ScaleState,
  components: readonly Component[],
  space: Subspace,
  detail: number,
  breathe: () => Promise<void>,
): Promise<Explanation> {
  const pixels = state.total.length;
  const result: Explanation = {
    first: new Uint8Array(pixels).fill(NOBODY),
    second: new Uint8Array(pixels).fill(NOBODY),
    fraction: new Float32Array(pixels),
    misfit: new Float32Array(pixels),
    pure: new Uint8Array(pixels),
  };
  const table = pairTable(components, space.axes, detail);
  for (let from = 0; from < pixels; from += CHUNK) {
    explainRange(state, table, result, from, Math.min(pixels, from + CHUNK));
    await breathe();
  }
  return result;
}

interface PairTable {
  readonly k: number;
  readonly axes: number;
  /** [k x axes] */
  readonly scores: Float64Array;
  /** [k x k] squared distances. */
  readonly gap: Float64Array;
  /** [k x k] noise variance along the line between two, for a single count. */
  readonly along: Float64Array;
  /** Mean and standard deviation of the squared distance that noise makes, for a single count: [k]. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** Squared distance, beyond the noise of a single count, that still counts as none. */
  readonly detail: number;
}

function pairTable(components: readonly Component[], axes: number, detail: number): PairTable {
  const k = components.length;
  const scores = new Float64Array(k * axes);
  const gap = new Float64Array(k * k);
  const along = new Float64Array(k * k);
  components.forEach((a, i) => {
    scores.set(a.score, i * axes);
    components.forEach((b, j) => {
      gap[i * k + j] = distance(a.score, b.score);
      along[i * k + j] = Math.max(noiseAlong(a.noise, a.score, b.score), noiseAlong(b.noise, a.score, b.score));
    });
  });
  const mean = Float64Array.from(components, (c) => c.noise.mean);
  const spread = Float64Array.from(components, (c) => c.noise.spread);
  return { k, axes, scores, gap, along, mean, spread, detail };
}

function explainRange(state: ScaleState, table: PairTable, result: Explanation, from: number, to: number): void {
  const { k, axes, scores, gap, along, mean, spread, detail } = table;
  const width = CONSTANTS.ballWidth.value;
  const gain = CONSTANTS.pairGain.value;
  const margin = CONSTANTS.pairMargin.value;
  const d = new Float64Array(k);
  for (let n = from; n < to; n++) {
    if (state.inside[n] === 0) continue;
    let best = 0;
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let i = 0; i < axes; i++) {
        const difference = state.scores[n * axes + i]! - scores[c * axes + i]!;
        sum += difference * difference;
      }
      d[c] = sum;
      if (sum < d[best]!) best = c;
    }
    const cost = gain / state.effective[n]!;
    let least = d[best]!;
    let a = best;
    let b = NOBODY;
    let share = 1;
    let left = d[best]!;
    for (let p = 0; p < k; p++) {
      for (let q = p + 1; q < k; q++) {
        const g = gap[p * k + q]!;
        const f = (d[q]! + g - d[p]!) / (2 * g);
        if (!(f > margin && f < 1 - margin)) continue;
        const r = d[q]! - f * f * g;
        if (r + cost * along[p * k + q]! < least) {
          least = r + cost * along[p * k + q]!;
          left = Math.max(0, r);
          a = p;
          b = q;
          share = f;
        }
      }
    }
    result.first[n] = share >= 0.5 ? a : b;
    result.second[n] = share >= 0.5 ? b : a;
    result.fraction[n] = share >= 0.5 ? share : 1 - share;
    result.misfit[n] = left;
    const first = result.first[n]!;
    if (d[first]! < Math.max(detail / 2, (width * spread[first]!) / state.effective[n]!) + mean[first]! / state.effective[n]!)
      result.pure[n] = 2;
    else if (result.fraction[n]! >= CONSTANTS.pureShare.value) result.pure[n] = 1;
  }
}
