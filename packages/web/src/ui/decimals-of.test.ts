import { expect, test } from "vitest";
import { decimalsOf, withErrors } from "./decimals-of.js";

test("an error shows one digit, and two where the first is a one; never less than one decimal", () => {
  expect([0.4, 0.15, 0.04, 0.012, 3, 0.195, 1e-9].map((error) => decimalsOf(error))).toEqual([1, 2, 2, 3, 1, 1, 4]);
  expect([0, Number.NaN, Number.POSITIVE_INFINITY].map((error) => decimalsOf(error))).toEqual([1, 1, 1]);
});

test("a value has the decimals that all its errors together permit, and a much smaller error is still seen", () => {
  expect(withErrors(46.743, [0.392, undefined, 1.96])).toEqual({ value: "46.7", errors: ["± 0.4", "", "± 2.0"] });
  expect(withErrors(46.743, [0.392, undefined, 12.3])).toEqual({ value: "47", errors: ["± 0.4", "", "± 12"] });
  expect(withErrors(0.04321, [0.0123])).toEqual({ value: "0.043", errors: ["± 0.012"] });
  expect(withErrors(53.257, [undefined])).toEqual({ value: "53.26", errors: [""] });
  expect(withErrors(100, [0, 0])).toEqual({ value: "100.00", errors: ["± 0.00", "± 0.00"] });
});
