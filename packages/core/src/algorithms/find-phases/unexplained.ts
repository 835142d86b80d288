/** What the components known so far cannot make, pixel by pixel: an effect size and its significance, in all bins and in the space. */
import type { BinnedCounts } from "./binned-counts.js";
import type { Component } from "./components.js";
import { CONSTANTS } from "./constants.js";
import { type Explanation, NOBODY } from "./explain.js";
import type { ScaleState } from "./scale-state.js";
import { smoothMaps, sweepRows } from "./smoothing.js";
import type { Subspace } from "./subspace.js";

export interface Unexplained {
  /** Chi-square distance left where it is both large and significant, 0 elsewhere: float32 [pixels]. */
  readonly effect: Float32Array;
  /** The misfit in standard errors, everywhere: float32 [pixels]; the larger of the two tests. */
  readonly z: Float32Array;
}

export interface Thresholds {
  /** Least effect, chi-square distance. */
  readonly detail: number;
  /** Least significance, standard errors. */
  readonly significance: number;
}

/** Tests every pixel inside, sweeping the smoothed spectra once. */
export async function testUnexplained(
  counts: BinnedCounts,
  state: ScaleState,
  space: Subspace,
  components: readonly Component[],
  explanation: Explanation,
  limits: Thresholds,
  breathe: () => Promise<void>,
): Promise<Unexplained> {
  const { pixels, width } = counts.frames;
  const effect = new Float32Array(pixels);
  const z = new Float32Array(pixels);
  const tester = pixelTester(space, components);
  const visit = (row: number, spectra: Float32Array) => {
    for (let x = 0; x < width; x++) {
      const n = row * width + x;
      if (state.inside[n] === 0) continue;
      const test = tester(spectra, x * space.bins, state, explanation, n);
      z[n] = Math.max(test.binsZ, test.spaceZ);
      if (test.binsZ > limits.significance && test.binsEffect > limits.detail) effect[n] = test.binsEffect;
      if (test.spaceZ > limits.significance && test.spaceEffect > Math.max(limits.detail, effect[n]!))
        effect[n] = test.spaceEffect;
    }
  };
  await sweepRows(counts, state.kernel, visit, breathe);
  return { effect, z };
}

interface PixelTest {
  binsEffect: number;
  binsZ: number;
  spaceEffect: number;
  spaceZ: number;
}

type PixelTester = (
  spectra: Float32Array | Float64Array,
  base: number,
  state: ScaleState,
  explanation: Explanation,
  n: number,
) => PixelTest;

/**
 * With prediction p and variance factor v = 1/n_eff + f^2/n_a + (1-f)^2/n_b, Poisson noise alone makes
 * sum (y-p)^2/(p+e) = v sum p/(p+e) on average, with variance v^2 (2 sum (p/(p+e))^2 + sum p/(p+e)^2 / n_eff).
 */
function pixelTester(space: Subspace, components: readonly Component[]): PixelTester {
  const { bins } = space;
  const floor = CONSTANTS.weightFloor.value;
  const result: PixelTest = { binsEffect: 0, binsZ: 0, spaceEffect: 0, spaceZ: 0 };
  return (spectra, base, state, explanation, n) => {
    const f = explanation.fraction[n]!;
    const rest = 1 - f;
    const first = explanation.first[n]!;
    const second = explanation.second[n] === NOBODY ? first : explanation.second[n]!;
    const a = components[first]!;
    const b = components[second]!;
    const scale = 1 / state.total[n]!;
    const effective = state.effective[n]!;
    let chi = 0;
    let ratio = 0;
    let ratioSquared = 0;
    let spread = 0;
    for (let j = 0; j < bins; j++) {
      const p = f * a.shares[j]! + rest * b.shares[j]!;
      const inverse = 1 / (p + floor);
      const difference = spectra[base + j]! * scale - p;
      const r = p * inverse;
      chi += difference * difference * inverse;
      ratio += r;
      ratioSquared += r * r;
      spread += r * inverse;
    }
    const v = 1 / effective + (f * f) / a.counts + (rest * rest) / b.counts;
    result.binsEffect = chi - v * ratio;
    result.binsZ = result.binsEffect / (v * Math.sqrt(2 * ratioSquared + spread / effective));
    result.spaceEffect = explanation.misfit[n]! - v * (f * a.noise.mean + rest * b.noise.mean);
    result.spaceZ = result.spaceEffect / (v * (f * a.noise.spread + rest * b.noise.spread));
    return result;
  };
}

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
