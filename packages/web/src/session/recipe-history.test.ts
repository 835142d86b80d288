import { parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { LocalEngine } from "../worker/engine.js";
import { historyOf } from "./history.js";
import { withParameterOf } from "./recipe-change.js";
import { withoutStep, withPreset } from "./recipe-steps.js";
import { savedPage } from "./saved-page.js";
import { createSession } from "./session.js";

async function opened() {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await session.actions.openExample("rare-grain");
  return session;
}

test("a recipe that is chosen is a line of the history; undone and made again with what was set since", async () => {
  const { store, actions } = await opened();
  const before = store.getState().recipe;
  actions.changeRecipe((recipe) => withPreset(recipe, "sigma-umap-gmm"), "Recipe: UMAP and Gaussian mixture");
  expect(store.getState().said?.sentence).toBe("Recipe: UMAP and Gaussian mixture.");
  actions.changeRecipe((recipe) => withParameterOf(recipe, "cluster", "nComponents", 5));
  const set = store.getState().recipe;
  actions.changeRecipe((recipe) => withoutStep(recipe, recipe.steps.length - 1), "Removed step: Unmix");
  const last = store.getState().recipe;
  const lines = () => historyOf(store.getState()).filter(({ kind }) => kind === "recipe");
  expect(lines().map(({ applied }) => applied)).toEqual([true, true]);

  await actions.undo();
  expect(store.getState().recipe).toEqual(set);
  await actions.undo();
  expect(store.getState().recipe).toEqual(before);
  expect(lines().map(({ applied }) => applied)).toEqual([false, false]);
  await actions.redo();
  expect(store.getState().recipe).toEqual(set);
  await actions.goTo(lines().at(-1)!.id);
  expect(store.getState().recipe).toEqual(last);
  await actions.goTo(-1);
  expect(store.getState().recipe).toEqual(before);
  expect(store.getState().activity.kind).toBe("idle");
});

test("the recipe that is there already is no line, a refused one changes nothing, and none is in a session's file but the last", async () => {
  const { store, actions } = await opened();
  const { recipe, timeline } = store.getState();
  actions.changeRecipe(presetRecipe("auto"), "Recipe: Automatic");
  expect(store.getState().timeline).toBe(timeline);
  actions.changeRecipe({ ...recipe, steps: [] }, "Removed step: Identify");
  expect(store.getState()).toMatchObject({ recipe, timeline, problem: { kind: "run" } });
  const fewer = withoutStep(recipe, recipe.steps.length - 1);
  actions.changeRecipe(fewer, "Removed step: Identify");
  expect(savedPage(store.getState(), 0)).toMatchObject({ recipe: parseRecipe(fewer), timeline: [], applied: 0 });
});
