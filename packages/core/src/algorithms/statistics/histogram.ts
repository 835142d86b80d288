import { ParameterError } from "../../errors.js";
import { exp, log } from "../../kernels/math.js";

export interface Histogram {
  /** Float64 [bins + 1], rising. */
  readonly edges: Float64Array;
  /** Float64 [bins]: values in each bin; a bin holds its lower edge, the last one its upper edge, too. */
  readonly counts: Float64Array;
  /** Values outside the range, and those that are not numbers. */
  readonly outside: number;
}

/**
 * Values in bins of equal width between `range`, or between the smallest and the largest finite value. When all are equal the range is half a unit to
 * both sides, as numpy has it. Throws {@link ParameterError} for less than one bin or a range that does not rise.
 */
export function histogram(values: ArrayLike<number>, bins: number, range?: readonly [from: number, to: number]): Histogram {
  const [from, to] = range ?? extent(values);
  if (!Number.isInteger(bins) || bins < 1 || !(from < to) || to - from === Infinity) {
    throw new ParameterError("A histogram needs at least one bin and a range that rises.", {
      field: "bins",
      found: `${bins} bins from ${from} to ${to}`,
    });
  }
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => from + ((to - from) * i) / bins);
  edges[bins] = to;
  return inBins(values, edges, (value) => (value - from) / (to - from));
}

/**
 * Values above 0 in bins of equal width in the logarithm, from the smallest to the largest; all others lie outside. When all are equal the range is half
 * of the value to twice it; without any it is 1 to 10. Throws {@link ParameterError} for less than one bin.
 */
export function logHistogram(values: ArrayLike<number>, bins: number): Histogram {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new ParameterError("A histogram needs at least one bin.", { field: "bins", found: `${bins} bins` });
  }
  const [from, to] = positiveExtent(values);
  const [least, span] = [log(from), log(to) - log(from)];
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => exp(least + (span * i) / bins));
  // Exactly, so that the ends lie inside.
  edges[0] = from;
  edges[bins] = to;
  return inBins(values, edges, (value) => (log(value) - least) / span);
}

/** `shareOf` says about where between the first edge and the last a value lies, 0 to 1. */
function inBins(values: ArrayLike<number>, edges: Float64Array, shareOf: (value: number) => number): Histogram {
  const counts = new Float64Array(edges.length - 1);
  const [from, to] = [edges[0]!, edges.at(-1)!];
  let outside = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= from && value <= to) counts[binOf(value, edges, shareOf(value))]! += 1;
    else outside += 1;
  }
  return { edges, counts, outside };
}

/** By its share, and then by the edges themselves, so that rounding never puts a value beside its bin, even where the range is so small that edges coincide. */
function binOf(value: number, edges: Float64Array, share: number): number {
  const bins = edges.length - 1;
  let bin = Math.min(bins - 1, Math.max(0, Math.floor(share * bins)));
  while (value < edges[bin]!) bin -= 1;
  while (bin < bins - 1 && value >= edges[bin + 1]!) bin += 1;
  return bin;
}

function extent(values: ArrayLike<number>): [number, number] {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  if (from > to) return [0, 1];
  return from === to ? [from - 0.5, to + 0.5] : [from, to];
}

function positiveExtent(values: ArrayLike<number>): [number, number] {
  let from = Infinity;
  let to = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value > 0 && value < Infinity)) continue;
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  if (from > to) return [1, 10];
  return from === to ? [from / 2, from * 2] : [from, to];
}
