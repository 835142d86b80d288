import { expect, test } from "vitest";
import { neighbourInTable, tablePlace } from "./periodic-table-places.js";

test.each([
  [1, 1, 1],
  [2, 1, 18],
  [4, 2, 2],
  [5, 2, 13],
  [18, 3, 18],
  [26, 4, 8],
  [54, 5, 18],
  [57, 8, 3],
  [71, 8, 17],
  [72, 6, 4],
  [82, 6, 14],
  [88, 7, 2],
  [92, 9, 6],
])("element %i stands in row %i, column %i", (number, row, column) => {
  expect(tablePlace(number)).toEqual({ row, column });
});

test("no two elements share a place", () => {
  const places = Array.from({ length: 98 }, (_, i) => tablePlace(i + 1)).map(({ row, column }) => `${row} ${column}`);
  expect(new Set(places).size).toBe(98);
});

test("arrows go to neighbours and stay at the edges", () => {
  expect(neighbourInTable(26, "right", 98)).toBe(27);
  expect(neighbourInTable(26, "down", 98)).toBe(44);
  expect(neighbourInTable(5, "left", 98)).toBe(4);
  expect(neighbourInTable(1, "up", 98)).toBe(1);
  expect(neighbourInTable(72, "down", 98)).not.toBe(72);
});
