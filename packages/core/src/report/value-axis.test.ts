import { describe, expect, it } from "vitest";
import { countAxis, valueAxis } from "./value-axis.js";

describe("axes of values", () => {
  it("mark 1, 2 and 5 in a decade while there is room, then powers of ten, then fewer", () => {
    expect(valueAxis("log", 0.8, 130, 8).ticks).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(valueAxis("log", 0.8, 13_000, 8).ticks).toEqual([1, 10, 100, 1000, 10_000]);
    expect(valueAxis("log", 1, 1e9, 5).ticks).toEqual([1, 1e2, 1e4, 1e6, 1e8]);
    expect(valueAxis("log", 1e-4, 1e-2, 3).ticks).toEqual([1e-4, 1e-3, 1e-2]);
  });

  it("mark round values where a logarithmic axis is shorter than a decade", () => {
    expect(valueAxis("log", 12, 19, 4).ticks).toEqual([12, 14, 16, 18]);
  });

  it("find a value from its share again, so that a drag takes what is under it", () => {
    for (const scale of ["linear", "log"] as const) {
      const axis = valueAxis(scale, 0.25, 4000, 5);
      for (const value of [0.25, 1, 37, 4000]) expect(axis.value(axis.share(value))).toBeCloseTo(value, 8);
    }
    const log = valueAxis("log", 1, 100, 5);
    expect(log.share(10)).toBeCloseTo(0.5, 12);
    expect(log.value(0.25)).toBeCloseTo(Math.sqrt(10), 12);
  });

  it("count in whole numbers", () => {
    expect(countAxis("linear", 2).ticks).toEqual([0, 1, 2]);
    expect(countAxis("sqrt", 3).ticks).toEqual([0, 1, 2]);
    expect(countAxis("sqrt", 1480).ticks).toEqual([0, 50, 200, 500, 1000]);
    expect(countAxis("sqrt", 400).share(100)).toBe(0.5);
  });
});
