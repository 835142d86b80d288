import { expect, test } from "vitest";
import { decimalsOf } from "./decimals-of.js";

test("an error shows one digit, and two where the first is a one; never less than one decimal", () => {
  expect([0.4, 0.15, 0.04, 0.012, 3, 0.195, 1e-9].map(decimalsOf)).toEqual([1, 2, 2, 3, 1, 1, 4]);
  expect([0, Number.NaN, Number.POSITIVE_INFINITY].map(decimalsOf)).toEqual([1, 1, 1]);
});
