import { type KeyboardEvent, useState } from "react";
import type { HeldKeys } from "../plane/outline-gesture.js";

/** Bars that are chosen, from the one where it began to the one where it is now. */
interface Bars {
  readonly anchor: number;
  readonly at: number;
}

interface RangeKeys {
  /** Ends of what is chosen; undefined while nothing is. */
  readonly range: readonly [from: number, to: number] | undefined;
  press(event: KeyboardEvent): void;
  leave(): void;
}

/** A range of a histogram by keys: arrows, Home and End go over the bars, with Shift they choose more of them, Enter takes them, Escape lets go. */
export function useRangeKeys(
  edges: ArrayLike<number>,
  onRange: ((from: number, to: number, keys: HeldKeys) => void) | undefined,
): RangeKeys {
  const [bars, setBars] = useState<Bars>();
  const last = edges.length - 2;
  const range =
    bars === undefined
      ? undefined
      : ([edges[Math.min(bars.anchor, bars.at)]!, edges[Math.max(bars.anchor, bars.at) + 1]!] as const);
  const press = (event: KeyboardEvent): void => {
    if (onRange === undefined) return;
    const next = movedBars(bars, event, last);
    if (next !== undefined) setBars(next);
    else if (event.key === "Enter" && range !== undefined) onRange(...range, event);
    else if (event.key === "Escape" && bars !== undefined) setBars(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { range, press, leave: () => setBars(undefined) };
}

/** Where a key leads; undefined for keys that do not move. */
export function movedBars(
  bars: Bars | undefined,
  { key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
  last: number,
): Bars | undefined {
  const now = bars?.at ?? 0;
  const by: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, Home: -now, End: last - now };
  const step = by[key];
  if (step === undefined) return undefined;
  const at = bars === undefined && key.startsWith("Arrow") ? (key === "ArrowLeft" ? last : 0) : now + step;
  const kept = Math.max(0, Math.min(last, at));
  return { anchor: shiftKey && bars !== undefined ? bars.anchor : kept, at: kept };
}
