/** Shift, gain, resolution, tail and shift of soft lines as five more columns: the derivatives of all peaks by them (Gauss and Newton). */
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { type Column, columnOf, sumOfColumns, type Tie } from "./columns.js";
import { addFamily, type Family, type PeakShape } from "./families.js";

/** What is known of the shape beforehand, and the step for derivatives. */
const KNOWN = {
  shiftKev: { error: 0.008, step: 0.0005, most: 0.03 },
  gain: { error: 0.002, step: 0.0001, most: 0.01 },
  resolutionEv: { error: 10, step: 0.5, most: 40 },
  tail: { error: 0.015, step: 0.001, most: 0.05 },
  softShiftKev: { error: 0.004, step: 0.0005, most: 0.015 },
} as const;
const keys = ["shiftKev", "gain", "resolutionEv", "tail", "softShiftKev"] as const;

/** One column per quantity, in the order shift, gain, resolution, tail, shift of soft lines. `counts` are those of the families. */
export function columnsOfShape(
  families: readonly Family[],
  columns: readonly Column[],
  counts: ArrayLike<number>,
  axis: CalibratedEnergyAxis,
  shape: PeakShape,
): Column[] {
  const amplitudes = Float64Array.from(families, (_, i) => Math.max(0, counts[i]!));
  const here = sumOfColumns(columns, amplitudes, axis.size);
  return keys.map((key) => {
    const { step } = KNOWN[key];
    const there = { ...shape, [key]: shape[key] + step };
    const reach = { from: axis.size, to: 0 };
    const peaks = new Float64Array(axis.size);
    families.forEach((family, i) => {
      if (amplitudes[i]! > 0) addFamily(peaks, family, axis, there, amplitudes[i]!, reach);
    });
    // Where the stepped peaks end, those from which they stepped may go on by a channel of next to nothing.
    for (let c = reach.from; c < reach.to; c++) peaks[c] = (peaks[c]! - here[c]!) / step;
    return reach.from < reach.to ? columnOf(peaks, reach.from, reach.to) : { start: 0, values: new Float64Array(0) };
  });
}

/** The quantities stay near where they started; `first` is the index of the first of their columns. */
export function tiesOfShape(first: number, shape: PeakShape, start: PeakShape): Tie[] {
  return keys.map((key, i) => ({
    terms: [{ column: first + i, factor: 1 }],
    target: start[key] - shape[key],
    error: KNOWN[key].error,
  }));
}

/** The shape after a step, of at most one standard error, never further from the start than their limits. */
export function moved(shape: PeakShape, step: ArrayLike<number>, start: PeakShape): PeakShape {
  const next = { ...shape };
  keys.forEach((key, i) => {
    const { error, most } = KNOWN[key];
    const taken = Math.min(error, Math.max(-error, step[i]!));
    next[key] = Math.min(start[key] + most, Math.max(start[key] - most, shape[key] + taken));
  });
  return next;
}

/** Share of the error beforehand below which a step changes nothing. */
const SMALL_STEP = 0.03;

/** Whether two shapes are the same for all that matters. */
export function isSettled(before: PeakShape, after: PeakShape): boolean {
  return keys.every((key) => Math.abs(after[key] - before[key]) <= SMALL_STEP * KNOWN[key].error);
}
