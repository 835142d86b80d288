/** How sure the phase of a pixel is: the probability that the phase with the largest share has it indeed. */
import { exp } from "../../kernels/math.js";
import type { BinnedCounts } from "./binned-counts.js";

/**
 * Distribution function of the standard normal (Abramowitz and Stegun 1964, 26.2.17; error below 7.5e-8).
 */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    0.3989422804014327 *
    exp(-0.5 * x * x) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}

/**
 * Probability that the share f of the first of two phases is above one half, when counts put it at `share` with standard error
 * `error` and it must lie between 0 and 1: a normal distribution cut at both ends.
 */
export function probabilityOfFirst(share: number, error: number): number {
  if (!(error > 0)) return share > 0.5 ? 1 : share < 0.5 ? 0 : 0.5;
  const at = (f: number) => normalCdf((f - share) / error);
  const all = at(1) - at(0);
  return all > 0 ? (at(1) - at(0.5)) / all : share > 0.5 ? 1 : 0;
}

/**
 * Membership: float32 [pixels x phases], rows sum to 1 or are 0. In each pixel the two phases with the largest shares of area are
 * weighed against each other; the error of the split comes from the Fisher information of the pixel's raw counts plus
 * `neighbourCounts` of the prior. `shares` are spectra per phase (float64 [bins], sum 1), `brightness` their counts per pixel.
 */
export function membershipOf(
  counts: BinnedCounts,
  area: Float32Array,
  shares: readonly Float64Array[],
  brightness: readonly number[],
  neighbourCounts: number,
): Float32Array {
  const phases = shares.length;
  const membership = new Float32Array(area.length);
  const information = pairInformation(shares, brightness);
  for (let n = 0; n < counts.frames.pixels; n++) {
    const base = n * phases;
    let first = 0;
    let second = -1;
    for (let p = 1; p < phases; p++) {
      if (area[base + p]! > area[base + first]!) {
        second = first;
        first = p;
      } else if (second < 0 || area[base + p]! > area[base + second]!) second = p;
    }
    const best = area[base + first]!;
    if (best === 0) continue;
    const next = second < 0 ? 0 : area[base + second]!;
    if (second < 0 || next < 1e-3) {
      membership[base + first] = 1;
      continue;
    }
    const both = best + next;
    const split = best / both;
    const counted = (counts.total[n]! + neighbourCounts) * both;
    const sure = probabilityOfFirst(split, 1 / Math.sqrt(counted * information(first, second, split)));
    membership[base + first] = sure;
    membership[base + second] = 1 - sure;
  }
  return membership;
}

const STEPS = 20;

/** Fisher information per count about the share of the first in a mixture of two, tabled over the share. */
function pairInformation(
  shares: readonly Float64Array[],
  brightness: readonly number[],
): (a: number, b: number, f: number) => number {
  const tables = new Map<number, Float64Array>();
  return (a, b, f) => {
    const key = a * shares.length + b;
    let table = tables.get(key);
    if (table === undefined) {
      table = Float64Array.from({ length: STEPS + 1 }, (_, i) =>
        informationAt(shares[a]!, shares[b]!, brightness[a]!, brightness[b]!, i / STEPS),
      );
      tables.set(key, table);
    }
    return Math.max(1e-6, table[Math.round(f * STEPS)]!);
  };
}

/** Information of one count: sum over bins of (dp/df)^2 / p for p(f) = (f B_a E_a + (1-f) B_b E_b) / (f B_a + (1-f) B_b). */
function informationAt(a: Float64Array, b: Float64Array, brightA: number, brightB: number, f: number): number {
  const all = f * brightA + (1 - f) * brightB;
  const change = (brightA * brightB) / (all * all);
  let sum = 0;
  for (let j = 0; j < a.length; j++) {
    const p = (f * brightA * a[j]! + (1 - f) * brightB * b[j]!) / all;
    const slope = (a[j]! - b[j]!) * change;
    if (p > 1e-9) sum += (slope * slope) / p;
  }
  return sum;
}
