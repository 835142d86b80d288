/** Curves as tables: what was tried and what came of it with the names of the result's files, and the points of each curve. */
import { type DataTable, dataTable, type OfferedTable, withDecimals } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import type { KnownCurve } from "./known-curves.js";

/** Numbers of classes and components as `sigma run` writes them, where there are any; then all points. */
export function curveTables(analysis: AnalysisSnapshot | undefined, curves: readonly KnownCurve[]): OfferedTable[] {
  if (curves.length === 0) return [];
  const { classNumber, decomposition } = analysis ?? {};
  const scree = decomposition?.scree;
  return [
    { id: "curves", title: "Points", make: () => curvePoints(curves) },
    ...(classNumber === undefined
      ? []
      : [{ id: "class-numbers", title: "Numbers of classes", make: () => classNumbersTable(classNumber) }]),
    ...(scree === undefined ? [] : [{ id: "scree", title: "Components", make: () => screeTable(scree) }]),
  ];
}

/** A row for each point of each curve; what was chosen is marked. */
export function curvePoints(curves: readonly KnownCurve[]): DataTable {
  return dataTable(
    [
      { name: "curve", title: "Curve" },
      { name: "of", title: "Of" },
      { name: "x", title: "x" },
      { name: "y", title: "y" },
      { name: "chosen", title: "Chosen", shown: (chosen) => (chosen === 1 ? "chosen" : "") },
    ],
    curves.flatMap(({ id, x, curves: drawn, chosen }) =>
      drawn.flatMap(({ name, y }) => x.map((value, i) => [id, name, value, y[i], value === chosen ? 1 : 0])),
    ),
  );
}

function classNumbersTable({ numbers, nClasses }: NonNullable<AnalysisSnapshot["classNumber"]>): DataTable {
  return dataTable(
    [
      { name: "classes", title: "Classes" },
      { name: "bic", title: "BIC" },
      { name: "silhouette", title: "Silhouette", shown: withDecimals(3) },
      { name: "silhouette_error", title: "± 1 σ", shown: withDecimals(3) },
      { name: "stability", title: "Stability", shown: withDecimals(3) },
      { name: "lowest_stability", title: "Lowest stability", shown: withDecimals(3) },
      { name: "chosen", title: "Chosen" },
    ],
    numbers.map((one) => [
      one.nClasses,
      one.bic,
      one.silhouette,
      one.silhouetteError,
      one.stability,
      one.lowestStability,
      String(one.nClasses === nClasses),
    ]),
  );
}

interface Scree {
  readonly shares: ArrayLike<number>;
  readonly replication?: ArrayLike<number> | undefined;
}

/** Components are counted from 1 on the screen and from 0 in files, as the files of the components are. */
function screeTable({ shares, replication }: Scree): DataTable {
  return dataTable(
    [
      { name: "component", title: "Component", shown: (component) => String(component + 1) },
      { name: "share", title: "Share of the data" },
      { name: "replication_sigma", title: "Replication", unit: "σ", shown: withDecimals(1) },
    ],
    Array.from(shares, (share, j) => [j, share, replication?.[j]]),
  );
}
