import { expect, test } from "vitest";
import { binned, binsOver, sharedBins, stagesOfOneUnit } from "./value-bins.js";

test("whole numbers: each bin holds as many of them as every other, so that an even spread has no gaps", () => {
  for (const most of [8, 40, 48]) {
    for (const last of [3, 40, 41, 97, 100, 163]) {
      const column = Float32Array.from({ length: last }, (_, i) => i + 1);
      const bins = sharedBins([column], most);
      expect(bins.count).toBeLessThanOrEqual(most);
      const { counts, outside } = binned(column, bins);
      expect(outside).toBe(0);
      const inner = counts.slice(0, -1);
      expect(new Set(inner).size, `${most} bins of 1 to ${last}`).toBeLessThanOrEqual(1);
      expect(counts.reduce((a, b) => a + b, 0)).toBe(last);
    }
  }
});

test("columns of one unit share their bins; zeros, and what is no number, are in none", () => {
  const counts = Float32Array.of(0, 2, 4, 9, Number.NaN);
  const means = Float32Array.of(2.5, 3.1, 0, 5.2, 4);
  const bins = sharedBins([counts, means], 40);
  expect(bins).toEqual({ count: 8, range: [1.5, 9.5] });
  expect([...binned(counts, bins).counts]).toEqual([1, 0, 1, 0, 0, 0, 0, 1]);
  expect([...binned(means, bins).counts]).toEqual([0, 2, 1, 1, 0, 0, 0, 0]);
  expect([...binned(counts, bins, Uint8Array.of(1, 1, 0, 1, 1)).counts]).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
});

test("fractions keep equal bins from the least to the most; one value, and none, have bins too", () => {
  expect(sharedBins([Float32Array.of(0.25, 1.5)], 10)).toEqual({ count: 10, range: [0.25, 1.5] });
  expect(sharedBins([Float32Array.of(0.5)], 10)).toEqual({ count: 10, range: [0, 1] });
  expect(sharedBins([Float32Array.of(0, 0)], 10)).toEqual({ count: 10, range: [0, 1] });
});

test("bins over a range hold its ends; of one value they reach half a unit to both sides", () => {
  expect(binsOver([0, 4], false, 4)).toEqual({ count: 4, range: [0, 4] });
  expect(binsOver([0, 89], true, 60)).toEqual({ count: 45, range: [-0.5, 89.5] });
  expect(binsOver([3, 3], true, 60)).toEqual({ count: 1, range: [2.5, 3.5] });
  expect(binsOver([3, 3], false, 2)).toEqual({ count: 2, range: [2.5, 3.5] });
});

test("a mean of neighbours has the unit of what it is the mean of; other treatments begin one of their own", () => {
  const after = ["counts", "per-count", "neighbour-average", "z-score", "neighbour-average", "softmax"];
  expect(stagesOfOneUnit(after)).toEqual([[0], [1, 2], [3, 4], [5]]);
});
