/** What the components known so far cannot make, pixel by pixel: an effect size and its significance, in all bins and in the space. */
import { memoryLike } from "../../kernels/threads/same-memory.js";
import type { BinnedCounts } from "./binned-counts.js";
import { type Component, distance } from "./components.js";
import { type Explanation, NOBODY } from "./explanation.js";
import { eachMisfit, errorOfExcess, type MisfitTaker, tellMisfit } from "./misfit-sums.js";
import type { ScaleState } from "./scale-state.js";
import type { Search } from "./search.js";
import { smoothedSpectrum } from "./smoothing.js";

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

/** A test at one scale, in the space of its scores. */
export function runningTest(
  counts: BinnedCounts,
  state: ScaleState,
  limits: Thresholds,
  { blocks, breathe }: Pick<Search, "blocks" | "breathe">,
): RunningTest {
  const { pixels } = counts.frames;
  const effect = new Float32Array(pixels);
  const z = new Float32Array(pixels);
  const tested: Tested = {
    first: new Uint8Array(pixels).fill(NOBODY),
    second: new Uint8Array(pixels).fill(NOBODY),
    fraction: new Float32Array(pixels),
    scores: [],
  };

  async function update(components: readonly Component[], explanation: Explanation, all = false): Promise<Unexplained> {
    const stale = stalePixels(tested, components, explanation, limits.detail, all);
    const judge = judgeOf(state, components, explanation, limits, effect, z);
    const test: MisfitTaker = (n, chi, ratios, squares, spreads) => {
      judge(n, chi, ratios, squares, spreads);
      remember(tested, explanation, n);
    };
    if (isSweepCheaper(counts, state, stale.count)) {
      const { kernel, total } = state;
      const { first, second, fraction } = explanation;
      const stage = { kernel, total, marks: stale.marks, madeOf: { first, second, fraction } };
      await eachMisfit(counts, stage, components, blocks, test);
    } else await testPixels(counts, state, components, explanation, stale.marks, breathe, test);
    return { effect, z };
  }
  return { update };
}

async function testPixels(
  counts: BinnedCounts,
  { kernel, total }: ScaleState,
  components: readonly Component[],
  { first, second, fraction }: Explanation,
  marks: Uint8Array,
  breathe: () => Promise<void>,
  tell: MisfitTaker,
): Promise<void> {
  const spectrum = new Float64Array(counts.bins);
  for (let n = 0; n < marks.length; n++) {
    if (marks[n] === 0) continue;
    const a = components[first[n]!]!.shares;
    const b = second[n] === NOBODY ? a : components[second[n]!]!.shares;
    smoothedSpectrum(counts, kernel, n, spectrum);
    tellMisfit(n, spectrum, 1 / total[n]!, fraction[n]!, a, b, tell);
    if ((n & 63) === 0) await breathe();
  }
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
  const marks = new Uint8Array(memoryLike(explanation.first, explanation.first.length));
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

/** Adding an entry to a single spectrum, at a place of its own, costs about this many times as much as one of four values side by side. */
const SCATTER_COST = 12;

/** Smoothing all rows costs about (width of the kernel) x (entries + bins) per pixel, four values at a time; one pixel (width of the kernel)^2 x its entries. */
function isSweepCheaper(counts: BinnedCounts, state: ScaleState, stale: number): boolean {
  const length = state.kernel.length;
  const rows = counts.frames.height === 1 ? 1 : length;
  const entries = counts.bin.length / counts.frames.pixels;
  const sweep = counts.frames.pixels * (length * entries + rows * counts.bins);
  return stale * (SCATTER_COST * length * rows * entries + counts.bins) > sweep;
}

/**
 * Writes the effect and significance of pixels. With prediction p and variance factor v = 1/n_eff + f^2/n_a + (1-f)^2/n_b, Poisson noise alone makes
 * sum (y-p)^2/(p+e) = v sum p/(p+e) on average, with variance v^2 (2 sum (p/(p+e))^2 + sum p/(p+e)^2 / n_eff).
 */
function judgeOf(
  state: ScaleState,
  components: readonly Component[],
  explanation: Explanation,
  { detail, significance }: Thresholds,
  effect: Float32Array,
  z: Float32Array,
): MisfitTaker {
  const behind = Float64Array.from(components, ({ counts }) => counts);
  const mean = Float64Array.from(components, ({ noise }) => noise.mean);
  const spread = Float64Array.from(components, ({ noise }) => noise.spread);
  return (n, chi, ratios, squares, spreads) => {
    const f = explanation.fraction[n]!;
    const rest = 1 - f;
    const a = explanation.first[n]!;
    const b = explanation.second[n] === NOBODY ? a : explanation.second[n]!;
    const v = 1 / state.effective[n]! + (f * f) / behind[a]! + (rest * rest) / behind[b]!;
    const binsEffect = chi - v * ratios;
    const binsZ = binsEffect / errorOfExcess(v, squares, spreads, state.effective[n]!);
    const spaceEffect = explanation.misfit[n]! - v * (f * mean[a]! + rest * mean[b]!);
    const spaceZ = spaceEffect / (v * (f * spread[a]! + rest * spread[b]!));
    z[n] = Math.max(binsZ, spaceZ);
    let most = 0;
    if (binsZ > significance && binsEffect > detail) most = binsEffect;
    if (spaceZ > significance && spaceEffect > Math.max(detail, most)) most = spaceEffect;
    effect[n] = most;
  };
}
