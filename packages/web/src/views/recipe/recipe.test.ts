import { parseRecipe, parseRecipeText, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { commandLine, recipeLines, recipeText } from "./recipe-words.js";

test("the text is the same recipe", () => {
  const recipe = presetRecipe("auto");
  expect(parseRecipeText(recipeText(recipe))).toEqual(recipe);
});

test("only what differs from the defaults is told", () => {
  const recipe = parseRecipe({
    schemaVersion: 1,
    steps: [{ step: "bin", factor: 2 }, { step: "find-phases" }, { step: "edit", action: "rename", id: 1, name: "Quartz" }],
  });
  expect(recipeLines(recipe).map(({ title, changed }) => [title, changed])).toEqual([
    ["Bin", [{ name: "Binning", value: "2" }]],
    ["Find phases", []],
    [
      expect.stringMatching(/: rename$/),
      [
        { name: "id", value: "1" },
        { name: "name", value: "Quartz" },
      ],
    ],
  ]);
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
