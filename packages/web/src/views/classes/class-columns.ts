/** Columns of numbers in the class list: which there are, what each shows, and which stand there now. */
import { formatCount, formatNumber } from "@sigma-eds/core";
import { areaText, intervalText, shareText } from "../../ui/area-text.js";
import type { ClassOrder, ClassRow, UnassignedRow } from "./class-rows.js";

export interface ClassColumn {
  readonly id: string;
  /** Above the column. */
  readonly head: string;
  /** For screen readers and in the list of columns. */
  readonly label: string;
  readonly order: ClassOrder | undefined;
  /** CSS pixels. */
  readonly width: number;
  /** Less important than the numbers beside it. */
  readonly faint?: true;
  readonly title?: string;
  text(row: ClassRow): string;
  /** Of what has no class. */
  unassigned(row: UnassignedRow): string;
}

const AREA: ClassColumn = {
  id: "area",
  head: "Area %",
  label: "Area in per cent",
  order: "area",
  width: 46,
  text: ({ areaFraction, interval95 }) => areaText(areaFraction, interval95),
  unassigned: ({ areaFraction }) => areaText(areaFraction),
};

const INTERVAL: ClassColumn = {
  id: "interval",
  head: "± 95 %",
  label: "95 % interval",
  order: undefined,
  width: 48,
  faint: true,
  title: "95 % interval of the area, from the memberships of the pixels",
  text: ({ interval95 }) => intervalText(interval95),
  unassigned: () => "",
};

const PIXELS: ClassColumn = {
  id: "pixels",
  head: "Pixels",
  label: "Pixels",
  order: "area",
  width: 56,
  text: ({ pixels }) => formatCount(pixels),
  unassigned: ({ pixels }) => formatCount(pixels),
};

const AREA_UM2: ClassColumn = {
  id: "area-um2",
  head: "µm²",
  label: "Area in µm²",
  order: "area",
  width: 56,
  text: ({ areaUm2 }) => (areaUm2 === undefined ? "–" : formatNumber(areaUm2)),
  unassigned: () => "",
};

const COUNTS: ClassColumn = {
  id: "counts",
  head: "Counts/px",
  label: "Mean counts per pixel",
  order: undefined,
  width: 62,
  text: ({ countsPerPixel }) => formatNumber(countsPerPixel),
  unassigned: () => "",
};

const SELECTED: ClassColumn = {
  id: "selected",
  head: "In sel.",
  label: "Share of the selection",
  order: undefined,
  width: 46,
  text: ({ inSelection }) => shareText(inSelection),
  unassigned: ({ inSelection }) => shareText(inSelection),
};

/** Those that a person chooses from; the share of the selection comes and goes with it. */
export const classColumns: readonly ClassColumn[] = [AREA, INTERVAL, PIXELS, AREA_UM2, COUNTS];

/** The columns of these ids in their fixed order; with something selected, its shares behind them. */
export function columnsShown(ids: readonly string[], isSelected: boolean): readonly ClassColumn[] {
  const chosen = classColumns.filter(({ id }) => ids.includes(id));
  return isSelected ? [...chosen, SELECTED] : chosen;
}

/** Grid columns of a row: number, swatch, name, numbers, lock, eye. */
export function gridColumns(columns: readonly ClassColumn[]): string {
  return `18px 26px minmax(60px, 1fr) ${columns.map(({ width }) => `${width}px`).join(" ")} 24px 24px`;
}

/** The ids with one more, or one less. */
export function switchedColumn(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}
