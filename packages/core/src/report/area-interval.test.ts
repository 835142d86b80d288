import { expect, test } from "vitest";
import { areaIntervals } from "./area-interval.js";

test("pixels that are sure add nothing; coin tosses add a quarter each", () => {
  const [sure, toss] = [Float32Array.of(1, 0, 0, 1), Float32Array.of(0.5, 0.5, 0.5, 0.5)];
  expect([...areaIntervals(sure, 2)]).toEqual([0, 0]);
  expect(areaIntervals(toss, 2)[0]).toBeCloseTo((1.96 * Math.sqrt(0.5)) / 2, 12);
});
