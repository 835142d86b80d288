import { canonicalJson, parseRecipe, parseRecipeText, presetRecipe, presets } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { commandLine, recipeLines, recipeText } from "./recipe-words.js";

test("the text is the same recipe", () => {
  const recipe = presetRecipe("auto");
  expect(parseRecipeText(recipeText(recipe))).toEqual(recipe);
});

test("its bytes do not depend on the order in which it was built, as in the folder of a result", () => {
  const { seed, ...others } = presetRecipe("auto");
  expect(recipeText({ seed, ...others })).toBe(recipeText({ ...others, seed }));
  expect(recipeText({ seed, ...others })).toBe(canonicalJson({ ...others, seed }));
});

test("only what differs from the defaults is told", () => {
  const recipe = parseRecipe({
    schemaVersion: 1,
    steps: [{ step: "bin", factor: 2 }, { step: "find-phases" }, { step: "edit", action: "rename", id: 1, name: "Quartz" }],
  });
  expect(recipeLines(recipe).map(({ title, settings, acts }) => [title, settings, acts])).toEqual([
    ["Bin", "Binning: 2 pixels.", []],
    ["Find phases", undefined, []],
    ["Edit classes", undefined, ["Renamed “1” to “Quartz”"]],
  ]);
  expect(recipeLines(recipe, ["Renamed “Si-O” to “Quartz”"]).at(-1)!.acts).toEqual(["Renamed “Si-O” to “Quartz”"]);
});

test("every preset and every edit is told in words: no braces, no words that programs know", () => {
  const polygon = {
    ...{ step: "edit", action: "polygon", target: "new", within: [] },
    regions: [
      {
        on: "latent",
        mode: "replace",
        corners: [
          [-6.465, 1.25],
          [2, 3],
          [4, -1],
        ],
      },
    ],
  };
  const recipes = Object.keys(presets).map((name) => {
    const { schemaVersion, steps } = presetRecipe(name);
    const later = steps.findIndex(({ step }) => step === "spectra");
    return parseRecipe({ schemaVersion, steps: [...steps.slice(0, later), polygon, ...steps.slice(later)] });
  });
  const choose = { step: "cluster", method: "gaussian-mixture", nComponents: "auto", choose: { fewest: 2, most: 5, runs: 2 } };
  recipes.push(parseRecipe({ schemaVersion: 1, steps: [{ step: "maps" }, { step: "features" }, choose] }));
  for (const recipe of recipes) {
    for (const { title, settings = "", acts } of recipeLines(recipe)) {
      const told = [title, settings, ...acts].join(" ");
      expect(told).not.toMatch(/[{}"[\]]|null|true|undefined|\b(umap|nmf|pca|gaussian-mixture|neighbour-average)\b/);
    }
  }
});

test("settings are said with their units and numbers as people write them", () => {
  const told = recipeLines(presetRecipe("auto")).find(({ title }) => title === "Latent space by UMAP");
  expect(told?.settings).toContain("Pixels to lay out: 100,000");
  const steps = [{ step: "maps" }, { step: "features" }, { step: "normalise", steps: ["neighbour-average", "softmax"] }];
  expect(recipeLines(parseRecipe({ schemaVersion: 1, steps })).at(-1)!.settings).toContain("Neighbour average, Softmax");
});

test("an example is made before it is run", () => {
  expect(commandLine("Seven minerals", 0)).toBe(
    "sigma phantom --preset seven-minerals --out seven-minerals\nsigma run seven-minerals/phantom.rpl --recipe recipe.json --out result",
  );
});

test("names of files survive the shell", () => {
  expect(commandLine("map.bcf", 0)).toBe("sigma run map.bcf --recipe recipe.json --out result");
  expect(commandLine("it's mine.bcf", 2)).toBe("sigma run 'it'\\''s mine.bcf' --dataset 2 --recipe recipe.json --out result");
});
