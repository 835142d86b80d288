import { classColour } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { classPattern } from "./class-pattern.js";

test("colours that need a pattern have their own; with all, every class has one, those beside each other different ones", () => {
  expect(classPattern(classColour(0), 0, false)).toBe("plain");
  const own = classPattern(classColour(12), 12, false);
  expect(own).not.toBe("plain");
  expect(classPattern(classColour(12), 3, true)).toBe(own);
  const all = [0, 1, 2, 3, 4, 5].map((place) => classPattern(classColour(place), place, true));
  expect(new Set(all).size).toBe(6);
  expect(all).not.toContain("plain");
});
