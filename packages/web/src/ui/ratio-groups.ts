import { lineText } from "@sigma-eds/core";
import type { PickGroup } from "./pick-menu.js";

export interface Ratio {
  readonly over: string;
  readonly under: string;
}

/** Of which two lines a ratio is, as lists of a menu. Choosing for one what the other is exchanges them. */
export function ratioGroups(ratio: Ratio, lines: readonly string[], onChange: (ratio: Ratio) => void): PickGroup[] {
  const group = (word: string, side: keyof Ratio, other: keyof Ratio): PickGroup => ({
    title: `Ratio: line ${word}`,
    items: lines.map((line) => ({
      id: `${side} ${line}`,
      label: `${lineText(line)} ${word}`,
      chosen: ratio[side] === line,
      choose: () => onChange({ ...ratio, [other]: ratio[other] === line ? ratio[side] : ratio[other], [side]: line }),
    })),
  });
  return [group("above", "over", "under"), group("below", "under", "over")];
}
