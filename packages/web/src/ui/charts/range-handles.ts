/** Two ends of a range over a histogram, moved by pointer and keys. */

export type RangeEnd = "low" | "high";
export type ValueRange = readonly [low: number, high: number];

interface Limits {
  /** Least and greatest value there is. */
  readonly extent: ValueRange;
  /** What a key moves an end by; no nearer do the two come. */
  readonly step: number;
}

/** The range with one end at a value, as far as the other end and the values allow. */
export function withEndAt([low, high]: ValueRange, end: RangeEnd, value: number, { extent, step }: Limits): ValueRange {
  return end === "low"
    ? [Math.max(extent[0], Math.min(value, high - step)), high]
    : [low, Math.min(extent[1], Math.max(value, low + step))];
}

/** Where a key takes an end: undefined for keys that do not move. Arrows by a step, with Shift and by pages ten of them. */
export function endAfterKey(
  value: number,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  { extent, step }: Limits,
): number | undefined {
  const by = step * (shiftKey ? 10 : 1);
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return value - by;
    case "ArrowRight":
    case "ArrowUp":
      return value + by;
    case "PageDown":
      return value - 10 * step;
    case "PageUp":
      return value + 10 * step;
    case "Home":
      return extent[0];
    case "End":
      return extent[1];
    default:
      return undefined;
  }
}

/** The end that is nearer to a place; of the same distance the one that can move there. */
export function nearerEnd([low, high]: ValueRange, value: number): RangeEnd {
  const [toLow, toHigh] = [Math.abs(value - low), Math.abs(value - high)];
  if (toLow === toHigh) return value < low ? "low" : "high";
  return toLow < toHigh ? "low" : "high";
}
