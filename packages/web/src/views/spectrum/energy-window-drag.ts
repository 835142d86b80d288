/** Making and moving the energy window with the pointer. */
import { formatFixed, linesNear, lineText } from "@sigma-eds/core";
import type { EnergyWindow, KevRange } from "../../session/linked.js";

export type WindowGrip = "from" | "to" | "whole";

/** A part of the window, or of one of its background windows by number. */
export interface BandGrip {
  readonly grip: WindowGrip;
  /** Undefined: the window itself. */
  readonly background: number | undefined;
}

/** What lies under the pointer: the window before those of its background. */
export function bandAt(window: EnergyWindow | undefined, x: number, xOf: (kev: number) => number): BandGrip | undefined {
  const grip = gripAt(window, x, xOf);
  if (grip !== undefined) return { grip, background: undefined };
  for (const [i, [fromKev, toKev]] of (window?.background ?? []).entries()) {
    const found = gripAt({ fromKev, toKev, name: undefined }, x, xOf);
    if (found !== undefined) return { grip: found, background: i };
  }
  return undefined;
}

/** The window after a part of it was moved by `byKev`. Its background windows go with it when it moves as a whole. */
export function draggedBand(
  window: EnergyWindow,
  { grip, background }: BandGrip,
  byKev: number,
  elements: readonly string[],
): EnergyWindow {
  const moved = (range: KevRange, how: WindowGrip): KevRange => {
    const { fromKev, toKev } = draggedWindow({ fromKev: range[0], toKev: range[1], name: undefined }, how, byKev, []);
    return [fromKev, toKev];
  };
  if (background !== undefined)
    return { ...window, background: window.background?.map((range, i) => (i === background ? moved(range, grip) : range)) };
  const ranges = grip === "whole" ? window.background?.map((range) => moved(range, "whole")) : window.background;
  return { ...draggedWindow(window, grip, byKev, elements), ...(ranges === undefined ? {} : { background: ranges }) };
}

/** Which part of the window lies under the pointer, where handles are `reach` px wide to both sides. */
export function gripAt(
  window: EnergyWindow | undefined,
  x: number,
  xOf: (kev: number) => number,
  reach = 5,
): WindowGrip | undefined {
  if (window === undefined) return undefined;
  const [from, to] = [xOf(window.fromKev), xOf(window.toKev)];
  const nearFrom = Math.abs(x - from);
  const nearTo = Math.abs(x - to);
  if (Math.min(nearFrom, nearTo) <= reach) return nearFrom < nearTo ? "from" : "to";
  return x > from && x < to ? "whole" : undefined;
}

/** The window after its grip was moved by `byKev`; ends change places when they meet. */
export function draggedWindow(window: EnergyWindow, grip: WindowGrip, byKev: number, elements: readonly string[]): EnergyWindow {
  const from = window.fromKev + (grip === "to" ? 0 : byKev);
  const to = window.toKev + (grip === "from" ? 0 : byKev);
  return namedWindow(from, to, elements);
}

/** A window named after the strongest line of the elements at its middle, if one lies inside. */
export function namedWindow(aKev: number, bKev: number, elements: readonly string[]): EnergyWindow {
  const [fromKev, toKev] = [Math.max(0, Math.min(aKev, bKev)), Math.max(0, aKev, bKev)];
  const middle = (fromKev + toKev) / 2;
  const inside = elements.length === 0 ? [] : linesNear(middle, (toKev - fromKev) / 2, { elements, minimumWeight: 0.1 });
  return { fromKev, toKev, name: inside[0]?.name };
}

/** `P Kα, 1.94 to 2.10 keV` */
export function windowText({ fromKev, toKev, name, background }: EnergyWindow): string {
  const range = `${formatFixed(fromKev, 2)} to ${formatFixed(toKev, 2)} keV`;
  const words = background === undefined ? range : `${range}, net`;
  return name === undefined ? words : `${lineText(name)}, ${words}`;
}
