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

/**
 * Fits the share of `b` in the pixels that only components `a` and `b` explain; undefined when these are too few, or when less than `leastBetween` of them lie between
 * the ends.
 */
export function fieldBetween(
  frames: Frames,
  state: ScaleState,
  explanation: Explanation,
  components: readonly Component[],
  a: number,
  b: number,
  leastBetween: number,
): PositionField | undefined {
  const members = membersOf(explanation, a, b);
  if (members.length < FEWEST_PIXELS) return undefined;
  const from = components[a]!;
  const to = components[b]!;
  const gap = distance(from.score, to.score);
  const shares = new Float64Array(members.length);
  let middle = 0;
  let sum = 0;
  for (let m = 0; m < shares.length; m++) {
    const share = shareAt(state, from.score, to.score, gap, members[m]!);
    shares[m] = share;
    sum += share;
    if (Math.abs(share - 0.5) < BETWEEN) middle += 1;
  }
  const between = middle / shares.length;
  if (between < leastBetween) return undefined;
  const along = Math.max(noiseAlong(from.noise, from.score, to.score), noiseAlong(to.noise, from.score, to.score));
  const noise = members.reduce((all, n) => all + along / (state.effective[n]! * gap), 0) / members.length;
  const mean = sum / shares.length;
  const all = shares.reduce((squares, f) => squares + (f - mean) * (f - mean), 0) / shares.length;
  const left = all > noise ? residualVariance(frames, members, shares) : undefined;
  if (left === undefined) return undefined;
  const isClear = left < (1 - LEAST_RAW) * all;
  return { pixels: members.length, explained: isClear ? 1 - Math.max(0, left - noise) / (all - noise) : 0, between };
}

function membersOf({ first, second }: Explanation, a: number, b: number): Int32Array {
  const isMember = (n: number) =>
    (first[n] === a || first[n] === b) && (second[n] === a || second[n] === b || second[n] === NOBODY);
  let size = 0;
  for (let n = 0; n < first.length; n++) if (isMember(n)) size += 1;
  const members = new Int32Array(size);
  for (let n = 0, m = 0; m < size; n++) if (isMember(n)) members[m++] = n;
  return members;
}

function shareAt(state: ScaleState, from: Float64Array, to: Float64Array, gap: number, n: number): number {
  let dot = 0;
  for (let i = 0; i < from.length; i++) dot += (state.scores[n * from.length + i]! - from[i]!) * (to[i]! - from[i]!);
  return dot / gap;
}

function residualVariance(frames: Frames, members: Int32Array, shares: Float64Array): number | undefined {
  const setTerms = termsOf(frames);
  const t = new Float64Array(MOST_TERMS);
  const size = setTerms(0, t);
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let m = 0; m < members.length; m++) {
    setTerms(members[m]!, t);
    for (let i = 0; i < size; i++) {
      right[i]! += t[i]! * shares[m]!;
      for (let k = 0; k <= i; k++) normal[i * size + k]! += t[i]! * t[k]!;
    }
  }
  const solution = solvePositive(normal, right, size);
  if (solution === undefined) return undefined;
  let sum = 0;
  for (let m = 0; m < members.length; m++) {
    setTerms(members[m]!, t);
    let made = 0;
    for (let i = 0; i < size; i++) made += t[i]! * solution[i]!;
    sum += (shares[m]! - made) * (shares[m]! - made);
  }
  return sum / members.length;
}

const MOST_TERMS = 7;

/** Writes the terms of a pixel, and says how many: quadratic in x and y, each from -1 to 1, and linear in the frame, as far as the map has these directions. */
function termsOf({ width, height, count }: Frames): (n: number, terms: Float64Array) => number {
  return (n, terms) => {
    const row = Math.floor(n / width);
    const x = width > 1 ? (2 * (n % width)) / (width - 1) - 1 : 0;
    const y = height > 1 ? (2 * (row % height)) / (height - 1) - 1 : 0;
    let size = 0;
    terms[size++] = 1;
    if (width > 2) {
      terms[size++] = x;
      terms[size++] = x * x;
    }
    if (height > 2) {
      terms[size++] = y;
      terms[size++] = y * y;
      terms[size++] = x * y;
    }
    if (count > 1) terms[size++] = (2 * Math.floor(row / height)) / (count - 1) - 1;
    return size;
  };
}
