import type { Grain, GrainStatistics } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { cellText, tableCsv } from "../../session/data-table.js";
import { particleColumns } from "./particle-rows.js";
import { grainHistogramTable, grainTable } from "./particle-tables.js";

const grain = {
  ...{
    id: 3,
    classId: 1,
    plane: 0,
    pixels: 40,
    area: 10,
    equivalentDiameter: 3.57,
    majorAxis: 5,
    minorAxis: 2,
    orientationDeg: 30,
  },
  ...{ perimeter: 12, circularity: undefined, centroid: { x: 7.5, y: 9 }, touchesEdge: true },
  features: [{ minimum: 0, mean: 2.5, maximum: 9 }],
} as unknown as Grain;
const statistics = { unit: "um", lines: ["Fe_Ka"] } as unknown as GrainStatistics;

test("grains have the columns and units of the result's file, in the order of the view", () => {
  const table = grainTable([grain], statistics, (id) => `Class ${id}`);
  const [head, row] = tableCsv(table).split("\r\n");
  expect(head).toBe(
    "grain,class_id,class,plane,pixels,area_um2,equivalent_diameter_um,major_axis_um,minor_axis_um,orientation_deg,perimeter_um,circularity,centroid_x_um,centroid_y_um,touches_edge,Fe_Ka_min,Fe_Ka_mean,Fe_Ka_max",
  );
  expect(row).toBe("3,1,Class 1,0,40,10,3.57,5,2,30,12,,7.5,9,1,0,2.5,9");
  expect(cellText(table.columns[0]!, 3, table.row(0))).toBe("4");
  expect(cellText(table.columns[14]!, 1, table.row(0))).toBe("cut");
});

test("bars of the histogram have their ends and how many grains they hold", () => {
  const bars = { edges: Float64Array.of(0, 1, 4), counts: Float64Array.of(5, 2) };
  expect(tableCsv(grainHistogramTable(particleColumns[0]!, bars, "µm"))).toBe("area_from,area_to,grains\r\n0,1,5\r\n1,4,2\r\n");
});
