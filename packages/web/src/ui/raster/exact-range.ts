import type { DisplayRange } from "@sigma-eds/core";

const BINS = 4096;

/**
 * The range between two percentiles (0 to 100) of the finite values, as the core's `percentileRange` gives it, without sorting all of them: a histogram
 * finds the few values among which each percentile lies, and only these are sorted.
 */
export function exactRange(data: ArrayLike<number>, low: number, high: number): DisplayRange {
  const { least, most, count } = extentOf(data);
  if (count === 0) return { from: 0, to: 1, clippedBelow: false, clippedAbove: false };
  if (least === most)
    return { from: Math.min(0, least), to: Math.max(1, most), clippedBelow: least < Math.min(0, least), clippedAbove: false };
  const histogram = histogramOf(data, least, most);
  const at = (percent: number): number => percentile(data, histogram, { least, most, count }, percent);
  let [from, to] = [at(low), at(high)];
  if (from === to) [from, to] = [least, most];
  return { from, to, clippedBelow: least < from, clippedAbove: most > to };
}

interface Extent {
  readonly least: number;
  readonly most: number;
  /** Of finite values. */
  readonly count: number;
}

function extentOf(data: ArrayLike<number>): Extent {
  let [least, most, count] = [Infinity, -Infinity, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) continue;
    count += 1;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most, count };
}

function binOf(value: number, least: number, most: number): number {
  return Math.min(BINS - 1, Math.floor(((value - least) / (most - least)) * BINS));
}

function histogramOf(data: ArrayLike<number>, least: number, most: number): Uint32Array {
  const histogram = new Uint32Array(BINS);
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i]!)) histogram[binOf(data[i]!, least, most)]! += 1;
  }
  return histogram;
}

function percentile(data: ArrayLike<number>, histogram: Uint32Array, extent: Extent, percent: number): number {
  const position = ((extent.count - 1) * percent) / 100;
  const index = Math.floor(position);
  const low = ranked(data, histogram, extent, index);
  const share = position - index;
  return share === 0 ? low : low + (ranked(data, histogram, extent, index + 1) - low) * share;
}

/** The value that has `rank` values below it in rising order. */
function ranked(data: ArrayLike<number>, histogram: Uint32Array, { least, most }: Extent, rank: number): number {
  let bin = 0;
  let before = 0;
  while (before + histogram[bin]! <= rank) before += histogram[bin++]!;
  const values = new Float64Array(histogram[bin]!);
  let found = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (Number.isFinite(value) && binOf(value, least, most) === bin) values[found++] = value;
  }
  return values.sort()[rank - before]!;
}
