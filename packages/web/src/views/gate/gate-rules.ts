/** Rules of a gate: limits on counts, shares or areas, all of which must hold. They are kept as a condition, which is what the recipe gets. */
import { formatNumber } from "@sigma-eds/core";
import type { Bins } from "../../worker/value-bins.js";

export interface GateRule {
  /** `Fe_Ka`, `membership`, `entropy`, `grain_px` */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

type Extent = readonly [least: number, most: number];

/** `Fe_Ka >= 12 and Fe_Ka <= 40 and S_Ka <= 3`; limits at the ends of the values are left out. Empty where no rule limits anything. */
export function expressionOf(rules: readonly GateRule[], extent: (name: string) => Extent): string {
  return rules
    .flatMap(({ name, from, to }) => {
      const [least, most] = extent(name);
      return [...(from > least ? [`${name} >= ${written(from)}`] : []), ...(to < most ? [`${name} <= ${written(to)}`] : [])];
    })
    .join(" and ");
}

/** `A pixel is selected when Fe Kα is from 12 to 40 counts and S Kα is at most 3 counts.` */
export function gateSentence(
  rules: readonly GateRule[],
  field: (name: string) => { readonly title: string; readonly unit: string; readonly extent: Extent } | undefined,
): string {
  const parts = rules.flatMap(({ name, from, to }) => {
    const { title, unit, extent } = field(name) ?? { title: name, unit: "", extent: [from, to] as const };
    const limits = limitWords(from, to, extent);
    return limits === undefined ? [] : [`${title} is ${limits}${unit === "" ? "" : ` ${unit}`}`];
  });
  if (parts.length === 0) return "A pixel is selected when every rule holds.";
  return `A pixel is selected when ${parts.join(" AND ")}.`;
}

function limitWords(from: number, to: number, [least, most]: Extent): string | undefined {
  const words = { from: formatNumber(from), to: formatNumber(to) };
  if (from > least && to < most) return from === to ? `exactly ${words.from}` : `from ${words.from} to ${words.to}`;
  if (from > least) return `at least ${words.from}`;
  return to < most ? `at most ${words.to}` : undefined;
}

/** Up to six digits, without an exponent that the language of conditions would not read. */
function written(value: number): string {
  return `${Number(value.toPrecision(6))}`;
}

/** Least and most of the finite values; 0 to 1 where there are none. */
export function extentOf(data: Float32Array): Extent {
  let [least, most] = [Infinity, -Infinity];
  for (const value of data) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [0, 1];
}

/** Whether what a bin holds is let through by the rule: a whole number of it, or its middle. */
export function isBinIn({ count, range: [start, end] }: Bins, bin: number, { from, to }: GateRule, isWhole: boolean): boolean {
  const width = (end - start) / count;
  const [first, next] = [start + bin * width, start + (bin + 1) * width];
  // Bins of whole numbers go from half to half.
  if (isWhole) return next - 0.5 >= from && first + 0.5 <= to;
  const middle = (first + next) / 2;
  return middle >= from && middle <= to;
}
