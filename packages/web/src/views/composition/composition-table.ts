/** Compositions as a table, with the names of `phases.csv` and of `quantification/elements.csv` of a result. */
import { asPercent, classColumns, type DataTable, dataTable } from "../../session/data-table.js";
import type { Compositions } from "./composition-bars.js";

const Z95 = 1.96;

/** A row for each class and element that was looked for in it: fraction and standard error in files, per cent and half a 95 % interval on the screen. */
export function compositionTable({ meaning, classes }: Compositions): DataTable {
  const name = meaning === "mass fraction" ? "mass_fraction" : "share_of_line_counts";
  const title = meaning === "mass fraction" ? "Mass fraction" : "Share of the line counts";
  const percent = asPercent(2);
  return dataTable(
    [
      ...classColumns,
      { name: "element", title: "Element" },
      { name, title, unit: "%", shown: percent },
      { name: `${name}_error`, title: "± 95 %", shown: (sigma) => percent(Z95 * sigma) },
    ],
    classes.flatMap(({ id, name: phase, bars }) =>
      bars.map(({ element, value, error95 }) => [id, phase, element, value, error95 / Z95]),
    ),
  );
}
