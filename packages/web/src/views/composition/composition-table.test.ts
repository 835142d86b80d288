import { expect, test } from "vitest";
import { cellText, tableCsv } from "../../session/data-table.js";
import { compositionTable } from "./composition-table.js";

const classes = [
  { id: 2, name: "Quartz", colour: "#355cc1", bars: [{ element: "Si", value: 0.4674, error95: 0.00392 }], reason: undefined },
  { id: 5, name: "None", colour: "#355cc1", bars: [], reason: "Too few counts." },
];

test("fractions with standard errors in the file, per cent with half the interval of 95 % on the screen", () => {
  const table = compositionTable({ meaning: "mass fraction", method: "XPP.", classes });
  expect(tableCsv(table)).toBe("id,name,element,mass_fraction,mass_fraction_error\r\n2,Quartz,Si,0.4674,0.002\r\n");
  const row = table.row(0);
  expect(table.columns.map((column, i) => cellText(column, row[i], row)).slice(2)).toEqual(["Si", "46.74", "0.39"]);
});

test("shares of counts are not called mass fractions", () => {
  expect(tableCsv(compositionTable({ meaning: "share of line counts", method: "", classes }))).toContain(
    "share_of_line_counts_error",
  );
});
