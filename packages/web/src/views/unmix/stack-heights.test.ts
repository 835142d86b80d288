import { expect, test } from "vitest";
import { stackHeights } from "./stack-heights.js";

const whole = (height: number, lanes: number): number => {
  const { lane, fit, residual } = stackHeights(height, lanes);
  return lanes * lane + fit + residual;
};

test("the stack fills the view and does not scroll as long as there is room", () => {
  // What the view has in a window 720 high.
  expect(whole(330, 8)).toBeLessThanOrEqual(330 - 2 * 10);
  for (const lanes of [1, 3, 6, 9]) {
    expect(whole(620, lanes)).toBeLessThanOrEqual(620);
    expect(whole(620, lanes)).toBeGreaterThan(620 - 2 * (lanes + 2) - lanes - 3);
  }
});

test("lanes stay high enough to be read", () => {
  expect(stackHeights(200, 12)).toEqual({ lane: 26, fit: 44, residual: 58 });
  expect(stackHeights(undefined, 4)).toEqual({ lane: 26, fit: 44, residual: 58 });
});
