import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intensityScale, minorSteps, roundStep, roundSteps } from "./ticks.js";

describe("round steps", () => {
  test("are the numbers a person would choose", () => {
    expect(roundSteps(0, 7.4, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(roundSteps(0, 0.7, 5)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(roundSteps(-3, 3, 6)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect([0.7, 1, 1.1, 3, 7].map(roundStep)).toEqual([1, 1, 2, 5, 10]);
  });

  test("have finer round ones between them", () => {
    expect(minorSteps(0, 12, 4)).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 11, 12]);
    expect(minorSteps(0.3, 4, 3)).toEqual([0.5, 1, 1.5, 2.5, 3, 3.5]);
    expect(minorSteps(0, 1, 1)).toEqual([0.2, 0.4, 0.6, 0.8]);
  });

  test("stay within the range and below the number asked for", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
        (from, span) => {
          const steps = roundSteps(from, from + span, 6);
          expect(steps.length).toBeLessThanOrEqual(7);
          for (const step of steps) expect(step >= from - span * 1e-6 && step <= from + span * (1 + 1e-6)).toBe(true);
        },
      ),
    );
  });
});

describe("intensity scales", () => {
  test("log: decades are labelled, zero and less sit on the floor", () => {
    const scale = intensityScale("log", 0.001, 10);
    expect(scale.ticks.filter(({ label }) => label !== "").map(({ label }) => label)).toEqual([
      "0.001",
      "0.01",
      "0.1",
      "1",
      "10",
    ]);
    expect([scale.position(0), scale.position(0.001), scale.position(10)]).toEqual([0, 0, 1]);
    expect(scale.position(0.1)).toBeCloseTo(0.5, 12);
  });

  test("square root: a quarter of the top is half way up", () => {
    const scale = intensityScale("sqrt", 0, 8);
    expect(scale.position(2)).toBeCloseTo(0.5, 12);
    expect(scale.ticks[0]!.value).toBe(0);
  });

  test.each([
    [5.5, [0, 0.2, 1, 2, 5]],
    [1, [0, 0.02, 0.1, 0.2, 0.5, 1]],
    [9, [0, 0.2, 1, 2, 5]],
    [48_000, [0, 1000, 5000, 10_000, 20_000]],
  ])("square root up to %d: round numbers that keep off each other", (top, expected) => {
    const { ticks, position } = intensityScale("sqrt", 0, top);
    expect(ticks.map(({ value }) => value)).toEqual(expected);
    const places = ticks.map(({ value }) => position(value));
    for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThan(0.12);
  });

  test("small numbers get an exponent", () => {
    expect(
      intensityScale("log", 1e-5, 1e-3)
        .ticks.map(({ label }) => label)
        .filter((label) => label !== ""),
    ).toEqual(["1·10⁻⁵", "0.0001", "0.001"]);
  });
});
