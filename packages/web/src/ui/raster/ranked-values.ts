/** Values of a map in rising order: where each lies among the others, and how many lie where. */
import { type Bins, binsOver } from "../../worker/value-bins.js";

export interface RankedValues {
  /** Float32, rising; values that are no numbers left out. */
  readonly sorted: Float32Array;
  /** Counts, and what else has no decimals. */
  readonly isWhole: boolean;
}

const known = new WeakMap<Float32Array, RankedValues>();

/** Made once for each map. */
export function rankedValues(data: Float32Array): RankedValues {
  const before = known.get(data);
  if (before !== undefined) return before;
  const sorted = data.filter(Number.isFinite).sort();
  const ranked = { sorted, isWhole: sorted.every(Number.isInteger) };
  known.set(data, ranked);
  return ranked;
}

/**
 * The percentile (0 to 100) that `exactRange` turns into this value again: of equal values the first as the low end of a range, the last as the high end. Values beyond
 * the others have 0 and 100.
 */
export function percentileOf({ sorted }: RankedValues, value: number, end: "low" | "high"): number {
  const last = sorted.length - 1;
  if (last < 1) return end === "low" ? 0 : 100;
  const behind = end === "low" ? firstFrom(sorted, value) : firstAbove(sorted, value);
  const exact = end === "low" ? behind : behind - 1;
  const position = sorted[exact] === value ? exact : between(sorted, behind, value);
  return (100 * Math.min(last, Math.max(0, position))) / last;
}

/** The value at a percentile, linear between neighbours. */
export function valueAtPercentile({ sorted }: RankedValues, percentile: number): number {
  const position = ((sorted.length - 1) * percentile) / 100;
  const index = Math.floor(position);
  const low = sorted[index] ?? 0;
  return low + ((sorted[index + 1] ?? low) - low) * (position - index);
}

/** How many values lie in each of so many bars over a range; those outside are left out. */
export function barsOver({ sorted, isWhole }: RankedValues, range: Bins["range"], most: number): Bins & { counts: number[] } {
  const bins = binsOver(range, isWhole, most);
  const [from, to] = bins.range;
  const edge = (i: number): number =>
    i === bins.count ? firstAbove(sorted, to) : firstFrom(sorted, from + (i * (to - from)) / bins.count);
  const edges = Array.from({ length: bins.count + 1 }, (_, i) => edge(i));
  return { ...bins, counts: edges.slice(1).map((place, i) => place - edges[i]!) };
}

/** Place of a value that is none of them, between the one before and the one at `behind`. */
function between(sorted: Float32Array, behind: number, value: number): number {
  const [low, high] = [sorted[behind - 1], sorted[behind]];
  if (low === undefined || high === undefined) return low === undefined ? 0 : sorted.length - 1;
  return behind - 1 + (value - low) / (high - low);
}

/** The first place whose value is not below. */
function firstFrom(sorted: Float32Array, value: number): number {
  return firstWhere(sorted, (one) => one >= value);
}

function firstAbove(sorted: Float32Array, value: number): number {
  return firstWhere(sorted, (one) => one > value);
}

function firstWhere(sorted: Float32Array, isReached: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
