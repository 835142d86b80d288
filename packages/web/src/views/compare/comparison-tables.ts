/** A comparison as tables: matched classes, where pixels went, and what the recipes do differently. */
import type { Comparison } from "@sigma-eds/core";
import { asPercent, type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import { type ConfusionTable, type MatchRow, valueText } from "./comparison-rows.js";

const percent = { unit: "%", shown: asPercent(1) } as const;

export function matchTable(rows: readonly MatchRow[]): DataTable {
  return dataTable(
    [
      { name: "first", title: "Id before" },
      { name: "first_name", title: "Before" },
      { name: "second", title: "Id now" },
      { name: "second_name", title: "Now" },
      { name: "area_first", title: "Area before", ...percent },
      { name: "area_second", title: "Area now", ...percent },
      { name: "overlap", title: "In common", ...percent },
      { name: "cosine", title: "Cosine", shown: withDecimals(4) },
    ],
    rows.map((row) => [
      ...[row.first, row.firstName, row.second, row.secondName],
      ...[row.areaFirst, row.areaSecond, row.overlap, row.similarity],
    ]),
  );
}

/** Pixels in common of every two classes: rows before, columns now. */
export function confusionPixels({ columns, rows }: ConfusionTable): DataTable {
  return dataTable(
    [{ name: "before", title: "Before" }, ...columns.map(({ name }) => ({ name, title: name, unit: "px" }))],
    rows.map(({ name, counts }) => [name, ...counts]),
  );
}

export function recipeTable({ recipe }: Pick<Comparison, "recipe">): DataTable {
  return dataTable(
    [
      { name: "parameter", title: "Parameter" },
      { name: "before", title: "Before" },
      { name: "now", title: "Now" },
    ],
    recipe.map(({ path, first, second }) => [path, valueText(first), valueText(second)]),
  );
}
