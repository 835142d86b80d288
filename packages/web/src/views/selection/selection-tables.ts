/** The selection as tables: its lines against what it is compared with, and the classes that it lies in. */
import { type LineRatio, lineText } from "@sigma-eds/core";
import { asPercent, type DataTable, dataTable, type OfferedTable, withDecimals } from "../../session/data-table.js";
import { errorText, ratioText } from "./selection-summary.js";

interface Shares {
  readonly name: string;
  readonly share: number;
}

export function selectionTables(ratios: readonly LineRatio[], shares: readonly Shares[], against: string): OfferedTable[] {
  const lines = { id: "selection-lines", title: `Lines against ${against}`, make: () => ratioTable(ratios) };
  const classes = { id: "selection-classes", title: "Classes of the selection", make: () => shareTable(shares) };
  return [...(ratios.length === 0 ? [] : [lines]), ...(shares.length === 0 ? [] : [classes])];
}

/** Ratios of the shares of counts, all lines. */
export function ratioTable(ratios: readonly LineRatio[]): DataTable {
  return dataTable(
    [
      { name: "line", title: "Line" },
      { name: "ratio", title: "Ratio", shown: (_, row) => ratioText(ratioOf(ratios, row[0])) },
      { name: "ratio_half95", title: "± 95 %", shown: (_, row) => errorText(ratioOf(ratios, row[0])) },
      { name: "sigma", title: "Apart", unit: "σ", shown: withDecimals(1) },
    ],
    ratios.map(({ line, ratio, ratioError95, sigma }) => [lineText(line), ratio, ratioError95, sigma]),
  );
}

function ratioOf(ratios: readonly LineRatio[], line: unknown): LineRatio {
  return ratios.find((one) => lineText(one.line) === line) ?? ratios[0]!;
}

function shareTable(shares: readonly Shares[]): DataTable {
  return dataTable(
    [
      { name: "class", title: "Class" },
      { name: "share", title: "Share of the selection", unit: "%", shown: asPercent(1) },
    ],
    shares.map(({ name, share }) => [name, share]),
  );
}
