import { countOf } from "../../numbers.js";
import { othersColour, smallestClasses } from "../../pipeline/colours/others.js";
import type { ClassPattern } from "../../pipeline/colours/palette.js";

interface Drawn {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  readonly areaFraction: number;
  readonly pattern?: ClassPattern | undefined;
}

export interface GroupedClasses {
  /** Those with colours of their own in their order, then the others as one. */
  readonly classes: readonly Drawn[];
  /** The id under which a label is drawn. */
  drawnAs(label: number): number;
}

/** Classes as a picture with few colours draws them. `others`: ids of those drawn as one; default the smallest beyond the colours. */
export function groupedOthers(classes: readonly Drawn[], others?: ReadonlySet<number>): GroupedClasses {
  const grouped = others ?? smallestClasses(classes.map(({ id, areaFraction }) => ({ id, pixels: areaFraction })));
  const joined = classes.filter(({ id }) => grouped.has(id));
  const [first] = joined;
  if (first === undefined) return { classes, drawnAs: (label) => label };
  const areaFraction = joined.reduce((sum, one) => sum + one.areaFraction, 0);
  const one = { id: first.id, name: countOf(joined.length, "other"), colour: othersColour, areaFraction };
  const ids = new Set(joined.map(({ id }) => id));
  return {
    classes: [...classes.filter(({ id }) => !ids.has(id)), one],
    drawnAs: (label) => (ids.has(label) ? first.id : label),
  };
}
