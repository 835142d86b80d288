/** Areas of the classes as a table, with the names that `phases.csv` of a result has. */
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { asPercent, classColumns, type DataTable, dataTable } from "../data-table.js";
import { areaRows } from "./area-rows.js";
import { modalSharesOf } from "./modal.js";

const percent = { unit: "%", shown: asPercent(2) } as const;

/** A row per class: pixels, and its share of the map counted in three ways with half the 95 % intervals. */
export function areaTable(analysis: AnalysisSnapshot): DataTable {
  const rows = areaRows(analysis, modalSharesOf(analysis));
  return dataTable(
    [
      ...classColumns,
      { name: "pixels", title: "Pixels" },
      { name: "area_um2", title: "Area", unit: "µm²" },
      { name: "area_fraction", title: "By labels", ...percent },
      { name: "area_fraction_half_interval_95", title: "± 95 %", shown: percent.shown },
      { name: "area_by_shares", title: "By shares", ...percent },
      { name: "area_by_shares_half_interval_95", title: "± 95 %", shown: percent.shown },
      { name: "pure_fraction_of_map", title: "Pure pixels", ...percent },
    ],
    rows.map(({ id, name, labels, shares, pure }, i) => [
      ...[id, name, analysis.classes[i]?.pixels, analysis.classes[i]?.areaUm2],
      ...[labels?.value, labels?.half95, shares?.value, shares?.half95, pure?.value],
    ]),
  );
}
