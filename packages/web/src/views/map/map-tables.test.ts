import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { mapTables, pixelTable } from "./map-tables.js";

const analysis = {
  grid: { width: 2, height: 1, frames: 2, pixelSizeUm: undefined },
  labels: Int32Array.of(0, 0, -1, 3),
  classes: [
    { id: 0, name: "Quartz" },
    { id: 3, name: "Glass" },
  ],
  countMap: Float32Array.of(5, 6, 0, 8),
  elementMaps: [{ line: "Si_Ka", data: Float32Array.of(1, 2, 3, 4) }],
} as unknown as AnalysisSnapshot;

test("every pixel is a row: place and frame, counts, class with its name, counts of each map", () => {
  const table = pixelTable(analysis);
  expect(table.columns.map(({ name }) => name)).toEqual(["pixel", "x", "y", "frame", "counts", "class", "name", "Si_Ka"]);
  expect(table.rows).toBe(4);
  expect(table.row(3)).toEqual([3, 1, 0, 1, 8, 3, "Glass", 4]);
  expect(table.row(2)).toEqual([2, 0, 0, 1, 0, -1, "", 3]);
});

test("there are no tables before there are classes", () => {
  expect(mapTables(undefined)).toEqual([]);
  expect(mapTables({ ...analysis, classes: [] })).toEqual([]);
  expect(mapTables(analysis).map(({ id }) => id)).toEqual(["areas", "pixels"]);
});
