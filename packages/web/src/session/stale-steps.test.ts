import { parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { beforeBin, withParameterOf } from "./recipe-change.js";
import { staleSteps } from "./stale-steps.js";

const auto = presetRecipe("auto");
const binned = (factor: number, recipe = auto) => parseRecipe(withParameterOf(recipe, "bin", "factor", factor, beforeBin));
const ids = auto.steps.map(({ step }) => step);

test("from the first step that differs on; all of them with another seed; none before there is a result", () => {
  const changed = parseRecipe(withParameterOf(auto, "embed", "nNeighbors", 30));
  expect(staleSteps(changed, auto)).toEqual(ids.slice(ids.indexOf("embed")));
  expect(staleSteps({ ...auto, seed: auto.seed + 1 }, auto)).toEqual(ids);
  expect(staleSteps(auto, undefined)).toEqual([]);
  expect(staleSteps({ ...auto, steps: auto.steps.slice(0, -1) }, auto)).toEqual(["edit"]);
});

test("binning that was chosen and taken back leaves nothing to do", () => {
  expect(staleSteps(binned(2), auto)).toEqual(["bin", ...ids]);
  const back = binned(1, binned(2));
  expect(staleSteps(back, auto)).toEqual([]);
  expect(staleSteps(auto, back)).toEqual([]);
  expect(staleSteps(back, binned(2))).toEqual(ids);
});
