import { expect, test } from "vitest";
import type { Analysis } from "../pipeline/analysis.js";
import { areaIntervals } from "./area-interval.js";

const classes = [1, 2].map((id) => ({ id })) as unknown as Analysis["classes"];
const of = (...data: number[]) => ({ classes, membership: { classes: 2, data: Float32Array.from(data) } });

test("pixels that are sure add nothing; coin tosses add a quarter each", () => {
  expect([...areaIntervals(of(1, 0, 0, 1))!]).toEqual([0, 0]);
  const toss = of(0.5, 0.5, 0.5, 0.5);
  expect(areaIntervals(toss)![0]).toBeCloseTo((1.96 * Math.sqrt(0.5)) / 2, 12);
  expect(areaIntervals(toss)).toBe(areaIntervals(toss));
});

test("none without memberships of the classes as they are", () => {
  expect(areaIntervals({ classes, membership: undefined })).toBeUndefined();
  expect(areaIntervals({ ...of(1, 0), classes: classes.slice(1) })).toBeUndefined();
});
