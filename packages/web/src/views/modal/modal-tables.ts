/** Modal results as tables, with the names that the files of a result have. */
import type { Associations } from "@sigma-eds/core";
import { asPercent, classColumns, type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import type { ModalRow } from "./modal-rows.js";

const percent = { unit: "%", shown: asPercent(2) } as const;

/** A row per class: areas with half their 95 % intervals, weight, and grains where they were measured. `unit`: of lengths, `um` or `px`. */
export function modalTable(rows: readonly ModalRow[], unit: string): DataTable {
  const measured = rows.some(({ grains }) => grains !== undefined);
  return dataTable(
    [
      ...classColumns,
      { name: "pixels", title: "Pixels" },
      { name: "area_fraction", title: "Area by labels", ...percent },
      { name: "area_fraction_half_interval_95", title: "± 95 %", shown: percent.shown },
      { name: "area_by_shares", title: "Area by shares", ...percent },
      { name: "area_by_shares_half_interval_95", title: "± 95 %", shown: percent.shown },
      { name: "pure_fraction_of_map", title: "Pure pixels", ...percent },
      { name: "density_g_cm3", title: "Density", unit: "g/cm³", shown: withDecimals(2) },
      { name: "weight_fraction", title: "Weight", ...percent },
      ...(measured
        ? [
            { name: "grains", title: "Grains" },
            { name: `median_equivalent_diameter_${unit}`, title: "Median diameter", unit: unit === "um" ? "µm" : unit },
          ]
        : []),
    ],
    rows.map((row) => [
      ...[row.id, row.name, row.pixels, row.labels?.value, row.labels?.half95, row.shares?.value, row.shares?.half95],
      ...[row.pure?.value, row.densityGcm3, row.weightFraction, ...(measured ? [row.grains, row.medianDiameter] : [])],
    ]),
  );
}

/** A row for each two classes that touch, the longest boundary first; -1 is what has no class. The same rows as `associations.csv` of a result. */
export function associationTable({ classes }: Pick<AnalysisSnapshot, "classes">, touching: Associations): DataTable {
  const { ids, lengths, preference, unit } = touching;
  const n = ids.length;
  const nameOf = (id: number): string => classes.find((phase) => phase.id === id)?.name ?? "unassigned";
  const pairs = ids.flatMap((a, i) =>
    ids.slice(i + 1).map((b, k) => ({ a, b, length: lengths[i * n + i + 1 + k]!, preference: preference[i * n + i + 1 + k]! })),
  );
  const touch = pairs.filter(({ length }) => length > 0).sort((x, y) => y.length - x.length || x.a - y.a || x.b - y.b);
  return dataTable(
    [
      { name: "id", title: "Id" },
      { name: "neighbour_id", title: "Neighbour" },
      { name: "name", title: "Class" },
      { name: "neighbour_name", title: "Touches" },
      { name: `boundary_${unit}`, title: "Boundary", unit: unit === "um" ? "µm" : unit },
      { name: "preference", title: "Over chance", shown: withDecimals(2) },
    ],
    touch.map((pair) => [pair.a, pair.b, nameOf(pair.a), nameOf(pair.b), pair.length, pair.preference]),
  );
}
