import fc from "fast-check";
import { expect, test } from "vitest";
import { atan2 } from "./atan2.js";

test("agrees with the engine's to the last digits, in all quadrants", () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(value, value, (y, x) => {
      if (y === 0) return;
      expect(Math.abs(atan2(y, x) - Math.atan2(y, x))).toBeLessThan(9e-16);
    }),
    { numRuns: 2000 },
  );
});

test("has exact values on the axes and where nothing is known", () => {
  expect([atan2(0, 1), atan2(1, 0), atan2(0, -1), atan2(-1, 0), atan2(0, 0)]).toEqual([0, Math.PI / 2, Math.PI, -Math.PI / 2, 0]);
  expect(atan2(1, Number.NaN)).toBeNaN();
  expect(atan2(Infinity, Infinity)).toBe(Math.PI / 4);
});
