import { expect, it } from "vitest";
import { remembered } from "./remembered.js";

it("computes each value once, and again only after it has forgotten", () => {
  const asked: number[] = [];
  const doubled = remembered((x) => {
    asked.push(x);
    return 2 * x;
  }, 2);
  expect([1, 2, 1, 2].map(doubled)).toEqual([2, 4, 2, 4]);
  expect(asked).toEqual([1, 2]);
  expect([3, 3, 1].map(doubled)).toEqual([6, 6, 2]);
  expect(asked).toEqual([1, 2, 3, 1]);
});
