/** Grains as tables: one row each with the names of `grains.csv` of a result, and the bars of the histogram. */
import type { Grain, GrainStatistics, Histogram } from "@sigma-eds/core";
import { type DataTable, dataTable, type TableColumn } from "../../session/data-table.js";
import type { ParticleColumn } from "./particle-rows.js";

type Measured = Pick<GrainStatistics, "unit" | "lines">;

/** In the order of the view. Grains and their classes are counted from 1 on the screen and from 0 in files. */
export function grainTable(grains: readonly Grain[], { unit, lines }: Measured, nameOf: (classId: number) => string): DataTable {
  return {
    columns: [...grainColumns(unit), ...lines.flatMap(featureColumns)],
    rows: grains.length,
    row: (i) => cellsOf(grains[i]!, nameOf),
  };
}

function grainColumns(unit: string): TableColumn[] {
  const sign = unit === "um" ? "µm" : unit;
  const length = (name: string, title: string): TableColumn => ({ name: `${name}_${unit}`, title, unit: sign });
  return [
    { name: "grain", title: "Grain", shown: (grain) => String(grain + 1) },
    { name: "class_id", title: "Class id" },
    { name: "class", title: "Class" },
    { name: "plane", title: "Plane" },
    { name: "pixels", title: "Pixels" },
    { name: `area_${unit}2`, title: "Area", unit: `${sign}²` },
    length("equivalent_diameter", "Diameter"),
    length("major_axis", "Long axis"),
    length("minor_axis", "Short axis"),
    { name: "orientation_deg", title: "Orientation", unit: "°" },
    length("perimeter", "Perimeter"),
    { name: "circularity", title: "Circularity" },
    length("centroid_x", "Centre x"),
    length("centroid_y", "Centre y"),
    { name: "touches_edge", title: "Cut by the edge", shown: (touches) => (touches === 1 ? "cut" : "") },
  ];
}

function featureColumns(line: string): TableColumn[] {
  return ["min", "mean", "max"].map((of) => ({ name: `${line}_${of}`, title: `${line} ${of}` }));
}

function cellsOf(grain: Grain, nameOf: (classId: number) => string) {
  return [
    ...[grain.id, grain.classId, nameOf(grain.classId), grain.plane, grain.pixels, grain.area, grain.equivalentDiameter],
    ...[grain.majorAxis, grain.minorAxis, grain.orientationDeg, grain.perimeter, grain.circularity],
    ...[grain.centroid.x, grain.centroid.y, grain.touchesEdge ? 1 : 0],
    ...grain.features.flatMap(({ minimum, mean, maximum }) => [minimum, mean, maximum]),
  ];
}

/** A row for each bar of the histogram of a quantity. */
export function grainHistogramTable(column: ParticleColumn, { edges, counts }: Histogram, unit: string): DataTable {
  const own = column.unit(unit);
  return dataTable(
    [
      { name: `${column.id}_from`, title: `${column.title} from`, unit: own },
      { name: `${column.id}_to`, title: "to", unit: own },
      { name: "grains", title: "Grains" },
    ],
    Array.from(counts, (count, i) => [edges[i], edges[i + 1], count]),
  );
}
