/** Pages of a long table. */
import { countOf, formatCount } from "@sigma-eds/core";

/** Rows of a page. */
export const PAGE_ROWS = 200;

export interface TablePage {
  /** First row, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly page: number;
  readonly pages: number;
}

/** A page of so many rows, the nearest there is to `wanted` (from 0). */
export function tablePage(rows: number, wanted: number): TablePage {
  const pages = Math.max(1, Math.ceil(rows / PAGE_ROWS));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const from = page * PAGE_ROWS;
  return { from, to: Math.min(rows, from + PAGE_ROWS), page, pages };
}

/** `8 rows`, `Rows 201 to 400 of 2,048` */
export function pageWords({ from, to, pages }: TablePage, rows: number): string {
  if (pages === 1) return countOf(rows, "row");
  return `Rows ${formatCount(from + 1)} to ${formatCount(to)} of ${formatCount(rows)}`;
}
