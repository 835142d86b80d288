/** Evidence for the elements of a spectrum as a table: a row for each line. */
import { type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import type { ElementRow } from "./element-rows.js";

const Z95 = 1.96;
const one = withDecimals(1);

export function elementTable(rows: readonly ElementRow[]): DataTable {
  return dataTable(
    [
      { name: "element", title: "Element" },
      { name: "from", title: "From" },
      { name: "significance", title: "Significance", unit: "σ", shown: one },
      { name: "mass_fraction", title: "Amount", unit: "wt %", shown: (fraction) => withDecimals(2)(100 * fraction) },
      { name: "mass_fraction_error", title: "± 95 %", shown: (sigma) => withDecimals(2)(100 * Z95 * sigma) },
      { name: "family", title: "Family" },
      { name: "family_significance", title: "Of the family", unit: "σ", shown: one },
      { name: "line", title: "Line" },
      { name: "energy_kev", title: "Energy", unit: "keV", shown: withDecimals(3) },
      { name: "measured", title: "Measured", unit: "counts", shown: withDecimals(0) },
      { name: "expected", title: "Expected", unit: "counts", shown: withDecimals(0) },
      { name: "error", title: "± 1 σ", unit: "counts", shown: withDecimals(0) },
    ],
    rows.flatMap(({ element, from, significance, mass, families }) => {
      const head = [
        ...[element, from, significance],
        ...(mass === undefined ? [undefined, undefined] : [mass.percent / 100, mass.half95 / (100 * Z95)]),
      ];
      return families.flatMap(({ family, significance: own, lines }) =>
        lines.map(({ line, energyKev, measured, expected, error }) => [
          ...[...head, family, own, line, energyKev, measured, expected, error],
        ]),
      );
    }),
  );
}
