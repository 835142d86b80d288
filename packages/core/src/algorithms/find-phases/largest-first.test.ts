import { expect, test } from "vitest";
import { largestFirst } from "./largest-first.js";

test("the largest class comes first, equal ones stay in order, and nobody's pixels stay nobody's", () => {
  expect([...largestFirst(Int32Array.of(3, 0, 0, 5, 5, 5, -1, 3, 7))]).toEqual([2, 1, 1, 0, 0, 0, -1, 2, 3]);
  expect([...largestFirst(Int32Array.of(-1, -1))]).toEqual([-1, -1]);
});
