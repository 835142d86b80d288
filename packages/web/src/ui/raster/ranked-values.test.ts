import { expect, test } from "vitest";
import { exactRange } from "./exact-range.js";
import { barsOver, percentileOf, rankedValues, valueAtPercentile } from "./ranked-values.js";

const random = (() => {
  let state = 7;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
})();
const counts = Float32Array.from({ length: 5000 }, () => Math.floor(20 * random() ** 3));
const shares = Float32Array.from({ length: 5000 }, () => random() ** 2);

test.each([
  ["counts", counts, [0, 1, 3, 7.5, 12]],
  ["shares", shares, [0.001, 0.1, 0.33333, 0.9]],
])("a value gives the percentile that gives the value again: %s", (_, data, values) => {
  const ranked = rankedValues(data);
  expect(rankedValues(data)).toBe(ranked);
  for (const value of values) {
    const [low, high] = [percentileOf(ranked, value, "low"), percentileOf(ranked, value, "high")];
    expect(low).toBeLessThanOrEqual(high);
    expect(exactRange(data, low, 100).from).toBeCloseTo(value, 6);
    for (const percentile of [low, high]) expect(valueAtPercentile(ranked, percentile)).toBeCloseTo(value, 6);
    if (value > ranked.sorted[0]!) expect(exactRange(data, 0, high).to).toBeCloseTo(value, 6);
  }
  expect(percentileOf(ranked, -1, "low")).toBe(0);
  expect(percentileOf(ranked, 1e9, "high")).toBe(100);
});

test("every pixel is in a bar, those that are no numbers in none; one value is no range", () => {
  const ranked = rankedValues(Float32Array.of(3, Number.NaN, 1, 1, 2, 0, 3));
  expect(ranked.isWhole).toBe(true);
  expect(barsOver(ranked, [0, 3], 60).counts).toEqual([1, 2, 1, 2]);
  expect(barsOver(ranked, [0, 3], 2).counts).toEqual([3, 3]);
  expect(barsOver(ranked, [1, 2], 60).counts).toEqual([2, 1]);
  const bars = barsOver(rankedValues(shares), [0, 1], 40);
  expect(bars.counts.reduce((sum, count) => sum + count, 0)).toBe(5000);
  const same = rankedValues(Float32Array.of(4));
  expect([percentileOf(same, 4, "low"), percentileOf(same, 4, "high")]).toEqual([0, 100]);
});
