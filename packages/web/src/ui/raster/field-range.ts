import type { DisplayRange } from "@sigma-eds/core";
import { exactRange } from "./exact-range.js";

const known = new WeakMap<Float32Array, Map<string, DisplayRange>>();

interface Field {
  readonly data: Float32Array;
  readonly fixed: readonly [from: number, to: number] | undefined;
  readonly signed?: boolean;
}

/** Ends of the colours of a field: fixed ones, or percentiles of its values, computed once; of a signed one the farther of the two on both sides of 0. */
export function fieldRange(
  { data, fixed, signed = false }: Field,
  [low, high]: readonly [low: number, high: number],
): DisplayRange {
  if (fixed !== undefined) return { from: fixed[0], to: fixed[1], clippedBelow: false, clippedAbove: false };
  const ranges = known.get(data) ?? new Map<string, DisplayRange>();
  known.set(data, ranges);
  const key = `${low} ${high} ${signed}`;
  const range = ranges.get(key) ?? (signed ? aboutZero(exactRange(data, low, high)) : exactRange(data, low, high));
  ranges.set(key, range);
  return range;
}

function aboutZero({ from, to, clippedBelow, clippedAbove }: DisplayRange): DisplayRange {
  const end = Math.max(Math.abs(from), Math.abs(to));
  return { from: -end, to: end, clippedBelow: clippedBelow && end === -from, clippedAbove: clippedAbove && end === to };
}
