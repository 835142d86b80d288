import { setNumberNotation } from "@sigma-eds/core";
import { afterEach, expect, test } from "vitest";
import { cellText, columnTitle, type DataTable, dataTable, tableCsv, tableForClipboard } from "./data-table.js";

afterEach(() => setNumberNotation({ decimal: ".", group: "," }));

const table = dataTable(
  [
    { name: "name", title: "Class" },
    { name: "area_fraction", title: "Area", unit: "%", shown: (share) => `${100 * share}` },
    { name: "counts", title: "Counts" },
  ],
  [
    ["Quartz, grey\t", 0.25, 1234567],
    ["None", undefined, Number.NaN],
  ],
);

test("the file has the names of files, full digits and points; commas are kept apart and gaps are empty", () => {
  setNumberNotation({ decimal: ",", group: "." });
  expect(tableCsv(table)).toBe('name,area_fraction,counts\r\n"Quartz, grey\t",0.25,1234567\r\nNone,,\r\n');
});

test("what is copied has tabs and the reader's sign before decimals, so that spreadsheets take numbers for numbers", () => {
  setNumberNotation({ decimal: ",", group: "." });
  expect(tableForClipboard(table)).toBe("name\tarea_fraction\tcounts\nQuartz, grey \t0,25\t1234567\nNone\t\t\n");
});

test("the screen has titles with units, and numbers as people read them", () => {
  const row = table.row(0);
  expect(table.columns.map(columnTitle)).toEqual(["Class", "Area, %", "Counts"]);
  expect(table.columns.map((column, i) => cellText(column, row[i], row))).toEqual(["Quartz, grey\t", "25", "1,234,567"]);
  expect(table.columns.map((column, i) => cellText(column, table.row(1)[i], row))).toEqual(["None", "", ""]);
});

test("a long table makes a row when it is asked for", () => {
  const asked: number[] = [];
  const long: DataTable = {
    columns: [{ name: "pixel", title: "Pixel" }],
    rows: 1_000_000,
    row: (i) => {
      asked.push(i);
      return [i];
    },
  };
  expect(long.row(999_999)).toEqual([999_999]);
  expect(asked).toEqual([999_999]);
});
