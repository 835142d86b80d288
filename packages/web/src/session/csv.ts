/** Tables for other programs: RFC 4180, numbers with a point whatever the reader's language. */
import { csvField } from "@sigma-eds/core";

export type CsvRow = readonly (string | number | undefined)[];

/** One line a row, ending with CR LF. Numbers that are none are left empty. */
export function csvText(rows: readonly CsvRow[]): string {
  const cell = (value: string | number | undefined): string =>
    csvField(typeof value === "number" && !Number.isFinite(value) ? undefined : value);
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
