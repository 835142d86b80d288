import { expect, test } from "vitest";
import { mixColour, mixLight, mixPalettes, toggledMix } from "./mix-colours.js";

test("a mix takes a quantity in and out, the newest six stay", () => {
  expect(toggledMix(["a", "b"], "a")).toEqual(["b"]);
  expect(toggledMix(["a", "b", "c", "d", "e", "f"], "g")).toEqual(["b", "c", "d", "e", "f", "g"]);
  expect(toggledMix([0, 3], 3)).toEqual([0]);
});

test("the first three lights add to white, or nearly, in each palette", () => {
  for (const palette of mixPalettes) {
    const sums = [0, 1, 2].map((channel) => [0, 1, 2].reduce((sum, i) => sum + mixLight(i, palette)[channel]!, 0));
    expect(Math.min(...sums)).toBeGreaterThanOrEqual(255);
  }
  expect(mixColour(1)).toBe("rgb(0 255 0)");
});
