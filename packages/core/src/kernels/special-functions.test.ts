import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "./golden/special-functions.json" with { type: "json" };
import { log } from "./math.js";
import { digamma, logBeta, logGamma } from "./special-functions.js";

/** Difference, relative to the expected value where that is above 1. */
function error(found: number, expected: number): number {
  return Math.abs(found - expected) / Math.max(1, Math.abs(expected));
}

const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe("special functions", () => {
  it.each(golden.values)("are within 1e-13 of mpmath at $x", ({ x, logGamma: expectedLogGamma, digamma: expectedDigamma }) => {
    expect(error(logGamma(x), expectedLogGamma)).toBeLessThan(1e-13);
    expect(error(digamma(x), expectedDigamma)).toBeLessThan(1e-13);
  });

  it("follow their recurrences", () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(error(logGamma(x + 1), logGamma(x) + log(x))).toBeLessThan(1e-12);
        expect(error(digamma(x + 1), digamma(x) + 1 / x)).toBeLessThan(1e-9);
      }),
    );
  });

  it("give the logarithm of the beta function", () => {
    expect(logBeta(2, 3)).toBeCloseTo(log(1 / 12), 13);
    expect(logBeta(0.5, 0.5)).toBeCloseTo(log(Math.PI), 13);
  });

  it("say what lies at the border of their range", () => {
    expect([logGamma(0), logGamma(-1), logGamma(Number.NaN), logGamma(Infinity)]).toEqual([
      Infinity,
      Number.NaN,
      Number.NaN,
      Infinity,
    ]);
    expect([digamma(0), digamma(-0.5), digamma(Infinity)]).toEqual([-Infinity, Number.NaN, Infinity]);
  });
});
