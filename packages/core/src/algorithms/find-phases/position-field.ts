/** Does the place along the line between two spectra follow from the place on the map? A wedge or a shadow makes it so, phases do not. */
import { type Component, distance, noiseAlong } from "./components.js";
import { type Explanation, NOBODY } from "./explanation.js";
import type { Frames } from "./frames.js";
import { solvePositive } from "./least-squares.js";
import type { ScaleState } from "./scale-state.js";

export interface PositionField {
  /** Pixels that hold nothing but the two. */
  readonly pixels: number;
  /** Share of the variance, noise taken off, that a quadratic of the position accounts for. */
  readonly explained: number;
  /** Share of the pixels that lie between the two ends, at 0.22 to 0.78 of the way. */
  readonly between: number;
}

const FEWEST_PIXELS = 30;
const BETWEEN = 0.28;
/** Noise and all, the fit must account for this share of the variance before noise is taken off. */
const LEAST_RAW = 0.5;

/** Fits the share of `b` in the pixels that only components `a` and `b` explain; undefined when these are too few. */
export function fieldBetween(
  frames: Frames,
  state: ScaleState,
  explanation: Explanation,
  components: readonly Component[],
  a: number,
  b: number,
): PositionField | undefined {
  const members: number[] = [];
  for (let n = 0; n < explanation.first.length; n++) {
    const first = explanation.first[n]!;
    const second = explanation.second[n]!;
    if ((first === a || first === b) && (second === a || second === b || second === NOBODY)) members.push(n);
  }
  if (members.length < FEWEST_PIXELS) return undefined;
  const from = components[a]!;
  const to = components[b]!;
  const gap = distance(from.score, to.score);
  const along = Math.max(noiseAlong(from.noise, from.score, to.score), noiseAlong(to.noise, from.score, to.score));
  const shares = members.map((n) => shareAt(state, from.score, to.score, gap, n));
  const noise = members.reduce((sum, n) => sum + along / (state.effective[n]! * gap), 0) / members.length;
  const left = residualVariance(frames, members, shares);
  if (left === undefined) return undefined;
  const mean = shares.reduce((sum, f) => sum + f, 0) / shares.length;
  const all = shares.reduce((sum, f) => sum + (f - mean) * (f - mean), 0) / shares.length;
  const between = shares.filter((f) => Math.abs(f - 0.5) < BETWEEN).length / shares.length;
  const isClear = left < (1 - LEAST_RAW) * all && all > noise;
  return { pixels: members.length, explained: isClear ? 1 - Math.max(0, left - noise) / (all - noise) : 0, between };
}

function shareAt(state: ScaleState, from: Float64Array, to: Float64Array, gap: number, n: number): number {
  let dot = 0;
  for (let i = 0; i < from.length; i++) dot += (state.scores[n * from.length + i]! - from[i]!) * (to[i]! - from[i]!);
  return dot / gap;
}

function residualVariance(frames: Frames, members: readonly number[], shares: readonly number[]): number | undefined {
  const terms = termsOf(frames);
  const size = terms(0).length;
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  members.forEach((n, m) => {
    const t = terms(n);
    for (let i = 0; i < size; i++) {
      right[i]! += t[i]! * shares[m]!;
      for (let k = 0; k <= i; k++) normal[i * size + k]! += t[i]! * t[k]!;
    }
  });
  const solution = solvePositive(normal, right, size);
  if (solution === undefined) return undefined;
  let sum = 0;
  members.forEach((n, m) => {
    const rest = shares[m]! - terms(n).reduce((made, t, i) => made + t * solution[i]!, 0);
    sum += rest * rest;
  });
  return sum / members.length;
}

/** Quadratic in x and y, each from -1 to 1, and linear in the frame, as far as the map has these directions. */
function termsOf({ width, height, count }: Frames): (n: number) => number[] {
  return (n) => {
    const row = Math.floor(n / width);
    const x = width > 1 ? (2 * (n % width)) / (width - 1) - 1 : 0;
    const y = height > 1 ? (2 * (row % height)) / (height - 1) - 1 : 0;
    const terms = [1];
    if (width > 2) terms.push(x, x * x);
    if (height > 2) terms.push(y, y * y, x * y);
    if (count > 1) terms.push((2 * Math.floor(row / height)) / (count - 1) - 1);
    return terms;
  };
}
