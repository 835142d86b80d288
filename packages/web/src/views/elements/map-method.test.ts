import { parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { rareEvidence, rareNames } from "../../session/derived/rare-elements.js";
import { mapDetails, mapMethodOf, recipeWithMapMethod } from "./map-method.js";

test("the method of the maps is one of the recipe; a missing step comes before the features", () => {
  const auto = presetRecipe("auto");
  expect(mapMethodOf(auto)).toBe("windows");
  const fitted = parseRecipe(recipeWithMapMethod(auto, "fit"));
  expect(mapMethodOf(fitted)).toBe("fit");
  expect(parseRecipe(recipeWithMapMethod(fitted, "windows"))).toEqual(auto);
  const bare = parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }, { step: "features" }] });
  expect(parseRecipe(recipeWithMapMethod(bare, "fit")).steps.map(({ step }) => step)).toEqual(["elements", "maps", "features"]);
});

test("a tile says how it was counted, and how well where that is known", () => {
  const windows = { fromKev: 0.46, toKev: 0.6, background: "none" } as const;
  expect(mapDetails(windows)).toBe("0.46 to 0.60 keV, gross counts");
  const fit = { ...windows, background: "fit", variance: Float32Array.of(3, 5, Number.NaN) } as const;
  expect(mapDetails(fit)).toBe("net counts of a fit, ± 2.0 a pixel (1 σ)");
  expect(mapDetails({ ...fit, variance: undefined })).toBe("net counts of a fit");
});

test("rare elements in words", () => {
  expect(rareNames({ element: "Zr", couldBe: ["Pt", "P"] })).toBe("Zr, or Pt and P");
  expect(rareEvidence({ line: "Zr_La", counts: 41, expected: 3.21 })).toBe("41 counts at Zr Lα, 3.2 expected");
});
