import type { DisplayRange } from "@sigma-eds/core";
import { exactRange } from "./exact-range.js";

const known = new WeakMap<Float32Array, Map<string, DisplayRange>>();

/** Ends of the colours of a field: fixed ones, or percentiles of its values, computed once. */
export function fieldRange(
  { data, fixed }: { readonly data: Float32Array; readonly fixed: readonly [from: number, to: number] | undefined },
  [low, high]: readonly [low: number, high: number],
): DisplayRange {
  if (fixed !== undefined) return { from: fixed[0], to: fixed[1], clippedBelow: false, clippedAbove: false };
  const ranges = known.get(data) ?? new Map<string, DisplayRange>();
  known.set(data, ranges);
  const key = `${low} ${high}`;
  const range = ranges.get(key) ?? exactRange(data, low, high);
  ranges.set(key, range);
  return range;
}
