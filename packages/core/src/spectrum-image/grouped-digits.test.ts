import fc from "fast-check";
import { expect, test } from "vitest";
import { groupedDigits } from "./grouped-digits.js";

test("digits are grouped by threes, decimals are not", () => {
  expect([0, 7, 999, 1000, 123_456, 1_234_567, 1234.5678, -98_765].map(groupedDigits)).toEqual([
    "0",
    "7",
    "999",
    "1,000",
    "123,456",
    "1,234,567",
    "1,234.568",
    "-98,765",
  ]);
});

test("whole numbers look as the engine's own British English has them", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(groupedDigits(value)).toBe(value.toLocaleString("en-GB"));
    }),
    { seed: 3 },
  );
});
