/** What people do with the steps of the recipe: each is a line of the history, or is refused in words and changes nothing. */
import { type Preset, type Recipe, type RecipeInput, steps } from "@sigma-eds/core";
import { withMethod } from "./recipe-change.js";
import {
  type RecipeRefusal,
  recipeRefusal,
  type StepEntry,
  withoutStep,
  withPreset,
  withStepAdded,
  withStepMoved,
} from "./recipe-steps.js";
import type { ViewSession } from "./view-session.js";

type Acting = Pick<ViewSession, "now" | "actions">;

export function choosePreset(session: Acting, { id, title }: Preset): RecipeRefusal | undefined {
  return changed(session, (recipe) => withPreset(recipe, id), `Recipe: ${title}`);
}

export function addStep(session: Acting, entry: StepEntry): RecipeRefusal | undefined {
  return changed(session, (recipe) => withStepAdded(recipe, entry), `Added step: ${steps[entry.step].title}`);
}

export function removeStep(session: Acting, index: number): RecipeRefusal | undefined {
  return changed(session, (recipe) => withoutStep(recipe, index), `Removed step: ${titleAt(session, index)}`);
}

export function moveStep(session: Acting, index: number, by: -1 | 1): RecipeRefusal | undefined {
  const where = by < 0 ? "earlier" : "later";
  return changed(session, (recipe) => withStepMoved(recipe, index, by), `Moved step ${where}: ${titleAt(session, index)}`);
}

/** `words`: the method as people call it. */
export function exchangeMethod(session: Acting, index: number, method: string, words: string): RecipeRefusal | undefined {
  return changed(session, (recipe) => withMethod(recipe, index, method), `${titleAt(session, index)}: ${words}`);
}

/** A recipe that was written by hand; the image that is meant stays. */
export function applyRecipe(session: Acting, written: RecipeInput): RecipeRefusal | undefined {
  return changed(session, ({ dataset }) => ({ ...written, dataset }), "Changed the recipe as JSON");
}

function changed({ now, actions }: Acting, change: (recipe: Recipe) => RecipeInput, sentence: string): RecipeRefusal | undefined {
  const refusal = recipeRefusal(change(now().recipe));
  if (refusal === undefined) actions.changeRecipe(change, sentence);
  return refusal;
}

function titleAt({ now }: Acting, index: number): string {
  const entry = now().recipe.steps[index];
  return entry === undefined ? "" : steps[entry.step].title;
}
