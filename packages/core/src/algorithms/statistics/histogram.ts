import { ParameterError } from "../../errors.js";

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
  const counts = new Float64Array(bins);
  let outside = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= from && value <= to) counts[binOf(value, edges, from, to)]! += 1;
    else outside += 1;
  }
  return { edges, counts, outside };
}

/** By division, and then by the edges themselves, so that rounding never puts a value beside its bin, even where the range is so small that edges coincide. */
function binOf(value: number, edges: Float64Array, from: number, to: number): number {
  const bins = edges.length - 1;
  let bin = Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins));
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
