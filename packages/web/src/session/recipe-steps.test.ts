import { parseRecipe, presetRecipe, presets } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { canMove, presetOf, recipeRefusal, withoutStep, withPreset, withStepAdded, withStepMoved } from "./recipe-steps.js";

const auto = presetRecipe("auto");

describe("steps", () => {
  test("a second one of a kind stands behind the first, and they change places; others have their order", () => {
    const two = parseRecipe(
      withStepAdded(parseRecipe(withStepAdded(auto, { step: "bin", factor: 2 })), { step: "bin", factor: 3 }),
    );
    expect(two.steps.slice(0, 2)).toMatchObject([{ factor: 2 }, { factor: 3 }]);
    expect([canMove(two, 0, -1), canMove(two, 0, 1), canMove(two, 1, -1), canMove(two, 1, 1)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const moved = parseRecipe(withStepMoved(two, 0, 1));
    expect(moved.steps.slice(0, 3)).toMatchObject([{ factor: 3 }, { factor: 2 }, { step: "elements" }]);
    expect(parseRecipe(withStepMoved(moved, 1, -1))).toEqual(two);
  });
});

describe("presets", () => {
  test.each(Object.keys(presets))("%s keeps image, crop and calibration of the recipe before, and nothing else of it", (id) => {
    const before = parseRecipe({
      ...auto,
      dataset: 2,
      seed: 7,
      steps: [{ step: "calibrate" }, { step: "crop", x: [0, 10] }, { step: "mask", minimumCounts: 5 }, ...auto.steps],
    });
    const after = parseRecipe(withPreset(before, id));
    expect(after).toEqual({
      ...presetRecipe(id),
      dataset: 2,
      seed: 7,
      steps: [...before.steps.slice(0, 2), ...presetRecipe(id).steps],
    });
    expect(presetOf(after)).toEqual({ preset: presets[id as keyof typeof presets], isChanged: false });
  });

  test("for a recipe with none of its own it is the recipe of the command line", () => {
    for (const id of Object.keys(presets)) expect(parseRecipe(withPreset(auto, id))).toEqual(presetRecipe(id));
  });

  test("what is made of a preset says so; a recipe of somebody's own is none", () => {
    expect(presetOf(parseRecipe(withoutStep(auto, 7)))).toMatchObject({ preset: { id: "auto" }, isChanged: true });
    expect(presetOf({ ...auto, name: "mine" })).toBeUndefined();
  });
});

test("what is no recipe is told without the words of the command line, with its place", () => {
  expect(recipeRefusal(auto)).toBeUndefined();
  const refusal = recipeRefusal(withStepAdded(auto, { step: "bin", factor: 0 }));
  expect(refusal?.field).toBe("steps.0.factor");
  expect(refusal?.sentence).not.toMatch(/sigma schema|steps\.0/);
  expect(recipeRefusal(withoutStep(parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }] }), 0))?.field).toBe("steps");
  expect(recipeRefusal({ ...auto, steps: auto.steps.toReversed() })?.sentence).toMatch(/cannot come after/);
});
