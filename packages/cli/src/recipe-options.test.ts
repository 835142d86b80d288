import { presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { UsageError } from "./exit-codes.js";
import { withStability } from "./recipe-options.js";

test("--stability adds its step after the class spectra, once", () => {
  const { steps } = presetRecipe("auto");
  const once = withStability(steps, 4);
  expect(withStability(steps, undefined)).toBe(steps);
  const ids = once.map(({ step }) => step);
  expect(ids[ids.indexOf("spectra") + 1]).toBe("stability");
  expect(once).toContainEqual({ step: "stability", runs: 4 });
  expect(withStability(once, 7).filter(({ step }) => step === "stability")).toEqual([{ step: "stability", runs: 7 }]);
  expect(() => withStability([{ step: "elements" }], 3)).toThrow(UsageError);
});
