import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { figureOfTernary, pixelsOfTernary, shapesOf, tableOfTernary } from "./ternary-export.js";
import { ternaryPoints } from "./ternary-points.js";

const counts = { Fe_Ka: [1, 1, 0, 0], Ca_Ka: [0, 0, 3, 1], Si_Ka: [1, 1, 1, 3] };
const analysis = {
  grid: { width: 2, height: 2, frames: 1, pixelSizeUm: undefined },
  labels: Int32Array.of(0, 0, 1, 1),
  classes: [
    { id: 0, name: "Olivine", colour: "#355cc1" },
    { id: 1, name: "Wollastonite, pure", colour: "#daac09" },
  ],
  elementMaps: Object.entries(counts).map(([line, data]) => ({ line, data: Float32Array.from(data) })),
} as unknown as AnalysisSnapshot;

test("means of the classes are mean shares of their pixels", () => {
  const corners = ["Fe_Ka", "Ca_Ka", "Si_Ka"] as const;
  const shapes = shapesOf(ternaryPoints(analysis, corners, false), analysis);
  const shown = { analysis, corners, shapes, density: undefined };
  const [head, first, second] = tableCsv(tableOfTernary(shown)).split("\r\n");
  expect(head).toBe("id,name,pixels,Fe_Ka_share,Ca_Ka_share,Si_Ka_share");
  const numbers = (row: string): number[] => row.split(",").slice(-3).map(Number);
  [0.5, 0, 0.5].forEach((share, i) => {
    expect(numbers(first!)[i]).toBeCloseTo(share, 6);
  });
  // Shares 0, 3/4, 1/4 and 0, 1/4, 3/4.
  [0, 0.5, 0.5].forEach((share, i) => {
    expect(numbers(second!)[i]).toBeCloseTo(share, 6);
  });
  expect(second!.startsWith('1,"Wollastonite, pure",2,')).toBe(true);
  const svg = figureOfTernary({ ...shown, ellipses: true }).draw(300);
  expect(svg.match(/<ellipse/g)).toHaveLength(2);
  expect(svg).toContain(">Fe Kα</text>");
});

test("all pixels with a place are a table, row by row", () => {
  const corners = ["Fe_Ka", "Ca_Ka", "Si_Ka"] as const;
  const table = pixelsOfTernary(ternaryPoints(analysis, corners, false)!, analysis, corners);
  expect(table.rows).toBe(4);
  const [pixel, x, y, label, ...shares] = table.row(3);
  expect([pixel, x, y, label]).toEqual([3, 1, 1, 1]);
  [0, 0.25, 0.75].forEach((share, i) => {
    expect(shares[i]).toBeCloseTo(share, 6);
  });
});
