/** Which values of a picture are shown darkest and brightest. */
import { ParameterError } from "../../errors.js";

export interface DisplayRange {
  readonly from: number;
  readonly to: number;
  /** True where values lie outside and are shown as the end of the range. */
  readonly clippedBelow: boolean;
  readonly clippedAbove: boolean;
}

/**
 * The range between two percentiles (0 to 100) of the finite values, linear interpolation as in NumPy. Falls back to the whole range where
 * the percentiles coincide, and to 0..1 where there is but one value.
 */
export function percentileRange(data: ArrayLike<number>, low: number, high: number): DisplayRange {
  if (!(low >= 0 && low <= high && high <= 100)) {
    throw new ParameterError("Percentiles must rise from 0 to 100.", { found: `${low} to ${high}` });
  }
  const sorted = Float64Array.from(data).filter(Number.isFinite).sort();
  if (sorted.length === 0) return { from: 0, to: 1, clippedBelow: false, clippedAbove: false };
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  let [from, to] = [percentile(sorted, low), percentile(sorted, high)];
  if (from === to) [from, to] = [least, most];
  if (from === to) [from, to] = [Math.min(0, least), Math.max(1, most)];
  return { from, to, clippedBelow: least < from, clippedAbove: most > to };
}

/** A fixed range, with what lies outside it said. */
export function fixedRange(data: ArrayLike<number>, from: number, to: number): DisplayRange {
  let [clippedBelow, clippedAbove] = [false, false];
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < from) clippedBelow = true;
    if (data[i]! > to) clippedAbove = true;
  }
  return { from, to, clippedBelow, clippedAbove };
}

function percentile(sorted: Float64Array, percent: number): number {
  const position = ((sorted.length - 1) * percent) / 100;
  const index = Math.floor(position);
  const low = sorted[index]!;
  return low + ((sorted[index + 1] ?? low) - low) * (position - index);
}
