/** A table of numbers: what is shown, copied and saved is this one model. */
import { formatFixed, formatNumber, withDecimalSign } from "@sigma-eds/core";
import { type CsvRow, csvText } from "./csv.js";

export type Cell = string | number | undefined;

export interface TableColumn {
  /** As files have it, the unit in the name: `area_um2`. */
  readonly name: string;
  /** As people read it: `Area`. */
  readonly title: string;
  /** Of the numbers as they are shown: `µm²`, `%`. */
  readonly unit?: string | undefined;
  /** A number as it is shown; default: six significant digits at most. What is copied and saved is the number itself. */
  readonly shown?: ((value: number, row: readonly Cell[]) => string) | undefined;
}

export interface DataTable {
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  /** One cell for each column; `row` counts from 0. Long tables make each row when it is asked for. */
  row(row: number): readonly Cell[];
}

/** A table that a view or a panel can show; it is made when somebody wants it. */
export interface OfferedTable {
  /** End of the name of its file: `spectrum` of `sample-1-spectrum.csv`. */
  readonly id: string;
  /** `Areas and weights` */
  readonly title: string;
  /** Why there is none now. */
  readonly unavailable?: string | undefined;
  make(): DataTable;
}

export function dataTable(columns: readonly TableColumn[], rows: readonly (readonly Cell[])[]): DataTable {
  return { columns, rows: rows.length, row: (index) => rows[index] ?? [] };
}

/** `Area, µm²` */
export function columnTitle({ title, unit }: TableColumn): string {
  return unit === undefined || unit === "" ? title : `${title}, ${unit}`;
}

/** A cell as it is shown; nothing where there is no value. */
export function cellText({ shown }: TableColumn, cell: Cell, row: readonly Cell[]): string {
  if (typeof cell !== "number") return cell ?? "";
  if (!Number.isFinite(cell)) return "";
  return shown === undefined ? formatNumber(cell, 6) : shown(cell, row);
}

/** As a file: names of columns, full digits, points before decimals whatever the reader's language. */
export function tableCsv(table: DataTable): string {
  return csvText([table.columns.map(({ name }) => name), ...rowsOf(table)]);
}

/**
 * For the clipboard: tabs between cells. Numbers have full digits and the reader's sign before decimals, because a spreadsheet takes what is pasted into it for
 * numbers in that form alone.
 */
export function tableForClipboard(table: DataTable): string {
  const cell = (value: Cell): string => {
    if (typeof value === "number") return Number.isFinite(value) ? withDecimalSign(String(value)) : "";
    return (value ?? "").replaceAll(/[\t\r\n]+/g, " ");
  };
  const lines = [table.columns.map(({ name }) => name), ...rowsOf(table)];
  return lines.map((row) => `${row.map(cell).join("\t")}\n`).join("");
}

/** Shares are per cent on the screen: 0.256 is `25.6`. */
export function asPercent(decimals: number): (share: number) => string {
  return (share) => formatFixed(100 * share, decimals);
}

/** With so many decimals. */
export function withDecimals(decimals: number): (value: number) => string {
  return (value) => formatFixed(value, decimals);
}

/** The first columns of every table of classes. */
export const classColumns: readonly TableColumn[] = [
  { name: "id", title: "Id" },
  { name: "name", title: "Class" },
];

function rowsOf(table: DataTable): CsvRow[] {
  return Array.from({ length: table.rows }, (_, i) => table.row(i));
}
