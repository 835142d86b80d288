/** Names of X-ray lines over a spectrum: in one row, none over another, each tied to its energy. */
import { elementOf, type LabelRequest, lineText, type MarkedLine, type PlacedLabel, placeLabels } from "@sigma-eds/core";

export interface LineLabel extends PlacedLabel {
  readonly line: MarkedLine;
}

export interface LineLabels {
  readonly labels: readonly LineLabel[];
  /** Lines for whose name there was no room: drawn as a tick that says its name when hovered. */
  readonly unnamed: readonly MarkedLine[];
}

export interface LabelPlace {
  readonly left: number;
  readonly right: number;
  readonly fromKev: number;
  readonly toKev: number;
  x(kev: number): number;
}

const GAP = 8;
/** Further than this from its line a name is hard to follow. */
const REACH = 64;

/** Labels of the lines in view. α lines shorten to the element ("Na" for "Na Kα") when the row is full, then the weakest lose their names. */
export function lineLabels(lines: readonly MarkedLine[], place: LabelPlace, widthOf: (text: string) => number): LineLabels {
  const shown = lines.filter(({ energyKev }) => energyKev > place.fromKev && energyKev < place.toKev);
  const requests = shown.map(({ name, energyKev, priority }): LabelRequest => {
    const text = lineText(name);
    return { text, shortText: text.endsWith("α") ? elementOf(name) : text, target: place.x(energyKev), priority };
  });
  const placed = placeLabels(requests, { left: place.left - 8, right: place.right, gap: GAP, reach: REACH, widthOf });
  const named = new Set(placed.map(({ index }) => index));
  return {
    labels: placed.map((label) => ({ ...label, line: shown[label.index]! })),
    unnamed: shown.filter((_, i) => !named.has(i)),
  };
}

/** The line under the pointer: a name in the row, or a tick within 4 px. */
export function lineAt({ labels, unnamed }: LineLabels, x: number, place: LabelPlace): MarkedLine | undefined {
  const label = labels.find(({ centre, width }) => Math.abs(x - centre) <= width / 2 + 3);
  return label?.line ?? unnamed.find(({ energyKev }) => Math.abs(place.x(energyKev) - x) <= 4);
}
