import { parseRecipe, presetRecipe, type RecipeInput } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { withoutStep, withPreset, withStepAdded } from "../../session/recipe-steps.js";
import { staleSteps } from "../../session/stale-steps.js";
import type { ViewSession } from "../../session/view-session.js";
import { withEdits } from "../../worker/run-plan.js";
import { recipeConsequences } from "./recipe-consequences.js";

const auto = presetRecipe("auto");
const rename = { step: "edit", action: "rename", id: 1, name: "Quartz" };
const outline = {
  ...{ step: "edit", action: "polygon", within: [], target: "new" },
  regions: [
    {
      on: "latent",
      corners: [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
      mode: "replace",
    },
  ],
};

/** What is said when another recipe takes the place of `auto` with these edits. */
function said(wanted: RecipeInput, edits: readonly unknown[] = []): string {
  const recipe = parseRecipe(wanted);
  const analysis = { recipe: parseRecipe(withEdits(auto, edits)) } as ViewSession["analysis"];
  return recipeConsequences({ recipe, analysis, stale: staleSteps(recipe, analysis?.recipe) }).join(" ");
}

test("what is run anew is named; nothing is said of the recipe that is shown", () => {
  expect(said(auto, [rename])).toBe("");
  expect(said(withStepAdded(auto, { step: "unmix", method: "nmf" }))).toBe("Run anew: Unmix, Identify.");
  expect(said(withPreset(auto, "sigma-umap-gmm"))).toBe("All steps are run anew.");
  expect(said(withoutStep(auto, 7))).toBe("What is shown holds more than the recipe gives.");
});

test("edits are kept while the classes are; else they are made again, and outlines may mean other pixels", () => {
  expect(said(withStepAdded(auto, { step: "statistics" }), [rename])).toMatch(/ 1 edit is kept\.$/);
  const anew = said(withPreset(auto, "sigma-umap-gmm"), [rename, outline]);
  expect(anew).toContain("2 edits are made again on the classes that are found again");
  expect(anew).toMatch(/One was drawn on the latent space, which will be another\.$/);
  expect(said(withStepAdded(auto, { step: "cluster", method: "k-means" }), [rename])).toContain("made again on the classes");
  expect(said({ ...auto, steps: auto.steps.slice(0, 1) }, [rename])).toContain(
    "No step makes classes, and 1 edit would have nothing to stand on: add “Find phases” or “Cluster”",
  );
});
