/** Recipes with steps added, taken out or in another place, or with the steps of a preset. The session checks them by the core's schema. */
import {
  canonicalJson,
  isSigmaError,
  type Preset,
  parseRecipe,
  presetRecipe,
  presets,
  type Recipe,
  type RecipeInput,
  type RecipeStep,
  type Stage,
  stages,
} from "@sigma-eds/core";

/** An entry of a recipe before it is checked: its step, and what is not as usual. */
export type StepEntry = Readonly<Record<string, unknown>> & { readonly step: RecipeStep["step"] };

/** Why something is no recipe, in words. */
export interface RecipeRefusal {
  readonly sentence: string;
  /** `steps.3.nNeighbors`; undefined where the whole is meant. */
  readonly field: string | undefined;
}

/** With one entry more, in the place that its step has in every recipe: behind those of the same step. */
export function withStepAdded(recipe: Recipe, entry: StepEntry): RecipeInput {
  return withSteps(recipe, entriesWith(recipe.steps, entry));
}

/** The same, of entries that are no recipe yet. */
export function entriesWith<T extends { readonly step: Stage }>(entries: readonly T[], entry: T): readonly T[] {
  const later = entries.findIndex(({ step }) => placeOf(step) > placeOf(entry.step));
  return entries.toSpliced(later < 0 ? entries.length : later, 0, entry);
}

export function withoutStep(recipe: Recipe, index: number): RecipeInput {
  return withSteps(
    recipe,
    recipe.steps.filter((_, i) => i !== index),
  );
}

/** Whether an entry may change places with its neighbour: only entries of one step may, all others have an order. */
export function canMove({ steps }: Recipe, index: number, by: -1 | 1): boolean {
  const entry = steps[index];
  return entry !== undefined && entry.step === steps[index + by]?.step;
}

export function withStepMoved(recipe: Recipe, index: number, by: -1 | 1): RecipeInput {
  const moved = recipe.steps[index];
  const others = recipe.steps.filter((_, i) => i !== index);
  return withSteps(recipe, moved === undefined ? others : others.toSpliced(index + by, 0, moved));
}

/** The preset, for this image: what says which image it is, and which part and energies of it are meant, stays. */
export function withPreset(recipe: Recipe, id: string): RecipeInput {
  const preset = presetRecipe(id);
  const ofImage = recipe.steps.filter(({ step }) => placeOf(step) < placeOf("bin"));
  return withSteps({ ...recipe, name: id }, [...ofImage, ...preset.steps]);
}

/** The preset whose steps these are, to the last parameter, or of which they were made. */
export function presetOf(recipe: Recipe): { readonly preset: Preset; readonly isChanged: boolean } | undefined {
  const preset = Object.values<Preset>(presets).find(({ id }) => id === recipe.name);
  if (preset === undefined) return undefined;
  const asGiven = parseRecipe(withPreset(recipe, preset.id));
  return { preset, isChanged: canonicalJson(asGiven.steps) !== canonicalJson(recipe.steps) };
}

/** Undefined for what is a recipe. */
export function recipeRefusal(recipe: unknown): RecipeRefusal | undefined {
  try {
    parseRecipe(recipe);
    return undefined;
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    const { where = "", field, remedy } = error.facts;
    const place = field === undefined ? `${where}: ` : `${where}, field ${field}: `;
    const told = error.message.startsWith(place) ? error.message.slice(place.length) : error.message;
    const sentence = remedy !== undefined && told.endsWith(remedy) ? told.slice(0, -remedy.length).trimEnd() : told;
    return { sentence, field };
  }
}

function withSteps(recipe: Recipe, entries: readonly object[]): RecipeInput {
  return { ...recipe, steps: entries as RecipeInput["steps"] };
}

function placeOf(step: Stage): number {
  return stages.indexOf(step);
}
