import { expect, test } from "vitest";
import { tileLayout } from "./tile-layout.js";

/** Gaps are 6 pixels, the text of a tile 50. */
const wide = { width: 1200, height: 700 };

test("few maps fill the room that there is, all in sight", () => {
  const { columns, pictureHeight } = tileLayout(6, 4 / 3, wide);
  expect(columns).toBe(3);
  expect(2 * (pictureHeight + 50) + 6).toBeLessThanOrEqual(wide.height);
  // As wide as its column, or as high as its row.
  expect(pictureHeight).toBeCloseTo(Math.min((1206 / 3 - 12) / (4 / 3), 706 / 2 - 56), 6);
  expect(tileLayout(1, 4 / 3, wide)).toEqual({ columns: 1, width: (650 * 4) / 3 + 6, pictureHeight: 650 });
});

test("no other number of columns would show them larger", () => {
  for (const count of [2, 3, 5, 8, 12]) {
    for (const aspect of [0.5, 1, 4 / 3, 5]) {
      const { columns, pictureHeight } = tileLayout(count, aspect, wide);
      for (let other = 1; other <= Math.min(count, 8); other++) {
        const high = Math.min((1206 / other - 12) / aspect, 706 / Math.ceil(count / other) - 56);
        expect(high, `${count} of ${aspect} in ${other}, not ${columns}`).toBeLessThanOrEqual(pictureHeight + 1e-9);
      }
    }
  }
});

test("very low maps lie one below the other, each as wide as the room", () => {
  expect(tileLayout(7, 713 / 18, wide)).toEqual({ columns: 1, width: 1200, pictureHeight: 1194 / (713 / 18) });
  expect(tileLayout(5, 1000, wide)).toEqual({ columns: 1, width: 1200, pictureHeight: 20 });
});

test("too many for the room are as many in a row as can be read, and scroll", () => {
  const small = { width: 560, height: 220 };
  expect(tileLayout(20, 4 / 3, small).columns).toBe(4);
  expect(tileLayout(20, 4 / 3, small).pictureHeight).toBeCloseTo((566 / 4 - 12) / (4 / 3), 6);
  expect(tileLayout(20, 0.2, small).pictureHeight).toBeCloseTo(0.7 * 220, 6);
  expect(tileLayout(3, 1, { width: 90, height: 50 }).columns).toBe(1);
});
