/**
 * One phase whose spectrum varies, or two phases? Thickness and absorption fill the middle between two ends with calm pixels; two
 * phases meet at borders, where the spectrum changes within a few pixels.
 */
import { type Component, distance, noiseAlong } from "./components.js";
import { CONSTANTS } from "./constants.js";
import type { Frames } from "./frames.js";
import type { ScaleState } from "./scale-state.js";
import type { Subspace } from "./subspace.js";
import type { Thresholds } from "./unexplained.js";

const REACH = 4;
const HALF_WIDTH = 0.15;
const CLOSE = 4;
const FEWEST_CALM = 25;
const FEWEST_IN_TAIL = 5;

export interface ContinuumCount {
  /** Calm pixels at either end and half way, in equal widths of the share. */
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/**
 * Counts calm pixels near the line from component `a` (share 0) to `b` (share 1). Strictly, the surroundings of a calm pixel lie on
 * the line too: a thin rim between two other phases is not calm then.
 */
export function countAlong(
  frames: Frames,
  state: ScaleState,
  space: Subspace,
  a: Component,
  b: Component,
  limits: Thresholds,
  isStrict: boolean,
): ContinuumCount {
  const { axes } = space;
  const direction = b.score.map((value, i) => value - a.score[i]!);
  const gap = distance(a.score, b.score);
  const along = Math.max(noiseAlong(a.noise, a.score, b.score), noiseAlong(b.noise, a.score, b.score));
  const mean = Math.max(a.noise.mean, b.noise.mean);
  const deviation = Math.max(a.noise.spread, b.noise.spread);
  const count = { low: 0, middle: 0, high: 0 };
  const shareAt = (n: number) => {
    let dot = 0;
    for (let i = 0; i < axes; i++) dot += (state.scores[n * axes + i]! - a.score[i]!) * direction[i]!;
    return dot / gap;
  };
  for (let n = 0; n < frames.pixels; n++) {
    if (state.inside[n] === 0) continue;
    const share = shareAt(n);
    if (share < -HALF_WIDTH || share > 1 + HALF_WIDTH) continue;
    const end = share < HALF_WIDTH ? "low" : share > 1 - HALF_WIDTH ? "high" : undefined;
    if (end === undefined && Math.abs(share - 0.5) > HALF_WIDTH) continue;
    const spread = Math.sqrt(along / (state.effective[n]! * gap));
    if (spread >= 0.3 || !isNear(n, share)) continue;
    if (isCalm(n, share, 0.35 + 2.5 * spread)) count[end ?? "middle"] += 1;
  }
  return count;

  function isNear(n: number, share: number): boolean {
    let squared = 0;
    for (let i = 0; i < axes; i++) {
      const rest = state.scores[n * axes + i]! - a.score[i]! - share * direction[i]!;
      squared += rest * rest;
    }
    return squared - mean / state.effective[n]! < Math.max(limits.detail, (3 * deviation) / state.effective[n]!);
  }

  function isCalm(n: number, share: number, limit: number): boolean {
    const x = n % frames.width;
    const y = Math.floor(n / frames.width) % frames.height;
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [1, -1],
    ] as const) {
      const before = neighbour(n, x, y, -REACH * dx, -REACH * dy);
      const after = neighbour(n, x, y, REACH * dx, REACH * dy);
      const from = before === n ? share : shareAt(before);
      const to = after === n ? share : shareAt(after);
      if (Math.abs(to - from) >= limit) return false;
      if (isStrict && !((before === n || isNear(before, from)) && (after === n || isNear(after, to)))) return false;
    }
    return true;
  }

  function neighbour(n: number, x: number, y: number, dx: number, dy: number): number {
    if (x + dx < 0 || x + dx >= frames.width || y + dy < 0 || y + dy >= frames.height) return n;
    const other = n + dy * frames.width + dx;
    return state.inside[other] === 1 ? other : n;
  }
}

/**
 * The counts, when two components are ends of one gradient: the middle is filled at least 0.7 times as densely as the poorer end. Where
 * the two are not close (further apart than four times the detail), calm pixels are counted strictly and both ends must have enough of
 * them. Component `a` may also be the mere tail of `b`, its nearest (`isNearest`): half way there are calm pixels, at its own end hardly any.
 */
export function continuumBetween(
  frames: Frames,
  state: ScaleState,
  space: Subspace,
  a: Component,
  b: Component,
  limits: Thresholds,
  isNearest: boolean,
): ContinuumCount | undefined {
  const gap = distance(a.score, b.score);
  if (gap >= CONSTANTS.continuumDistance.value) return undefined;
  const loose = countAlong(frames, state, space, a, b, limits, false);
  if (isNearest && loose.middle >= FEWEST_IN_TAIL && loose.low < loose.middle / 2) return loose;
  const isStrict = gap > CLOSE * limits.detail;
  const count = isStrict ? countAlong(frames, state, space, a, b, limits, true) : loose;
  const poorer = Math.min(count.low, count.high);
  if (count.middle === 0 || (isStrict && poorer < FEWEST_CALM)) return undefined;
  return count.middle > CONSTANTS.continuumDensity.value * poorer ? count : undefined;
}
