import { parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { unmixStepOf, withoutUnmix, withUnmix } from "./unmix-recipe.js";

const auto = presetRecipe("auto");
const idsOf = (recipe: ReturnType<typeof parseRecipe>) => recipe.steps.map(({ step }) => step);

test("unmixing stands behind the class spectra and before the names; without it the recipe is the one before", () => {
  const recipe = parseRecipe(withUnmix(auto));
  expect(idsOf(recipe).slice(-3)).toEqual(["spectra", "unmix", "identify"]);
  expect(parseRecipe(withoutUnmix(recipe))).toEqual(auto);
  const bare = parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }, { step: "find-phases" }] });
  expect(idsOf(parseRecipe(withUnmix(bare)))).toEqual(["elements", "find-phases", "spectra", "unmix"]);
});

test("one parameter changes, the others stay, and it goes back to its default", () => {
  const first = parseRecipe(withUnmix(auto, { nComponents: 4, betaLoss: "kullback-leibler" }));
  const second = parseRecipe(withUnmix(first, { nComponents: undefined }));
  expect(unmixStepOf(second)).toMatchObject({ nComponents: "all", betaLoss: "kullback-leibler" });
  expect(idsOf(second).filter((step) => step === "unmix")).toHaveLength(1);
});
