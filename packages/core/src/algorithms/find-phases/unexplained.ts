/** What the components known so far cannot make, pixel by pixel: an effect size and its significance, in all bins and in the space. */
import type { BinnedCounts } from "./binned-counts.js";
import { type Component, distance } from "./components.js";
import { CONSTANTS } from "./constants.js";
import { type Explanation, NOBODY } from "./explain.js";
import type { ScaleState } from "./scale-state.js";
import { smoothedSpectrum, sweepRows } from "./smoothing.js";
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

/** Tests pixels again and again while components are added. */
export interface RunningTest {
  /** Tests the pixels whose explanation changed since they were tested last; every pixel with `all`. */
  update(components: readonly Component[], explanation: Explanation, all?: boolean): Promise<Unexplained>;
}

/** A share that moved by less is the same explanation; a spectrum that moved by less than this part of the detail the same spectrum. */
const SAME_SHARE = 0.01;
const SAME_SPECTRUM = 0.05;

/** A test at one scale in one space. */
export function runningTest(
  counts: BinnedCounts,
  state: ScaleState,
  space: Subspace,
  limits: Thresholds,
  breathe: () => Promise<void>,
): RunningTest {
  const { pixels, width } = counts.frames;
  const effect = new Float32Array(pixels);
  const z = new Float32Array(pixels);
  const tested: Tested = {
    first: new Uint8Array(pixels).fill(NOBODY),
    second: new Uint8Array(pixels).fill(NOBODY),
    fraction: new Float32Array(pixels),
    scores: [],
  };
  const spectrum = new Float64Array(space.bins);

  async function update(components: readonly Component[], explanation: Explanation, all = false): Promise<Unexplained> {
    const stale = stalePixels(tested, components, explanation, limits.detail, all);
    const tester = pixelTester(space, components);
    const test = (n: number, spectra: Float32Array | Float64Array, base: number) => {
      const result = tester(spectra, base, state, explanation, n);
      z[n] = Math.max(result.binsZ, result.spaceZ);
      let most = 0;
      if (result.binsZ > limits.significance && result.binsEffect > limits.detail) most = result.binsEffect;
      if (result.spaceZ > limits.significance && result.spaceEffect > Math.max(limits.detail, most)) most = result.spaceEffect;
      effect[n] = most;
      remember(tested, explanation, n);
    };
    if (isSweepCheaper(counts, state, stale.count)) {
      const visit = (row: number, spectra: Float32Array) => {
        for (let x = 0; x < width; x++) if (stale.marks[row * width + x] === 1) test(row * width + x, spectra, x * space.bins);
      };
      await sweepRows(counts, state.kernel, visit, breathe);
    } else {
      for (let n = 0; n < pixels; n++) {
        if (stale.marks[n] === 0) continue;
        test(n, smoothedSpectrum(counts, state.kernel, n, spectrum), 0);
        await breathe();
      }
    }
    return { effect, z };
  }
  return { update };
}

interface Tested {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly fraction: Float32Array;
  /** Scores of the components when their pixels were tested. */
  readonly scores: Float64Array[];
}

function remember(tested: Tested, explanation: Explanation, n: number): void {
  tested.first[n] = explanation.first[n]!;
  tested.second[n] = explanation.second[n]!;
  tested.fraction[n] = explanation.fraction[n]!;
}

function stalePixels(
  tested: Tested,
  components: readonly Component[],
  explanation: Explanation,
  detail: number,
  all: boolean,
): { marks: Uint8Array; count: number } {
  const moved = components.map((component, k) => {
    const before = tested.scores[k];
    const isSame = before !== undefined && distance(before, component.score) < SAME_SPECTRUM * detail;
    if (!isSame || all) tested.scores[k] = component.score;
    return !isSame;
  });
  const marks = new Uint8Array(explanation.first.length);
  let count = 0;
  for (let n = 0; n < marks.length; n++) {
    const first = explanation.first[n]!;
    if (first === NOBODY) continue;
    const second = explanation.second[n]!;
    const isSame =
      first === tested.first[n] &&
      second === tested.second[n] &&
      Math.abs(explanation.fraction[n]! - tested.fraction[n]!) < SAME_SHARE &&
      !moved[first] &&
      !(second !== NOBODY && moved[second]);
    if (isSame && !all) continue;
    marks[n] = 1;
    count += 1;
  }
  return { marks, count };
}

/** Adding scattered entries costs about this many times as much as adding rows. */
const SCATTER_COST = 2.5;

/** Smoothing all rows costs about (width of the kernel) x bins per pixel, smoothing one pixel (width of the kernel)^2 x its entries. */
function isSweepCheaper(counts: BinnedCounts, state: ScaleState, stale: number): boolean {
  const length = state.kernel.length;
  const rows = counts.frames.height === 1 ? 1 : length;
  const entries = counts.bin.length / counts.frames.pixels;
  const sweep = counts.frames.pixels * (length * entries + rows * counts.bins);
  return stale * (SCATTER_COST * length * rows * entries + counts.bins) > sweep;
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
