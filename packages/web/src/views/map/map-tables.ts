/** The numbers of the map: areas of the classes, and every pixel. */
import { lineText } from "@sigma-eds/core";
import type { DataTable, OfferedTable } from "../../session/data-table.js";
import { areaTable } from "../../session/derived/area-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export function mapTables(analysis: AnalysisSnapshot | undefined): readonly OfferedTable[] {
  if (analysis === undefined || analysis.labels === undefined || analysis.classes.length === 0) return [];
  return [
    { id: "areas", title: "Areas", make: () => areaTable(analysis) },
    { id: "pixels", title: "All pixels", make: () => pixelTable(analysis) },
  ];
}

/** Pixel, x, y, frame where there are several, counts, class id (-1 unassigned) with its name, and its counts in every element map. */
export function pixelTable({ grid, countMap, labels, classes, elementMaps }: AnalysisSnapshot): DataTable {
  const size = grid.width * grid.height;
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  const isStack = grid.frames > 1;
  return {
    columns: [
      { name: "pixel", title: "Pixel" },
      { name: "x", title: "x" },
      { name: "y", title: "y" },
      ...(isStack ? [{ name: "frame", title: "Frame" }] : []),
      { name: "counts", title: "Counts" },
      { name: "class", title: "Class id" },
      { name: "name", title: "Class" },
      ...elementMaps.map(({ line }) => ({ name: line, title: lineText(line), unit: "counts" })),
    ],
    rows: countMap.length,
    row: (p) => {
      const inFrame = p % size;
      const label = labels?.[p];
      return [
        ...[p, inFrame % grid.width, Math.floor(inFrame / grid.width), ...(isStack ? [Math.floor(p / size)] : [])],
        ...[countMap[p], label, names.get(label ?? -1) ?? ""],
        ...elementMaps.map(({ data }) => data[p]),
      ];
    },
  };
}
