/** What parameters are when nobody chose them: by the preset of which a recipe was made, or by their step. */
import { isSigmaError, type Preset, parseRecipe, presetRecipe, presets, type Recipe, type RecipeStep } from "@sigma-eds/core";

export type Values = Readonly<Record<string, unknown>>;

/** A step with its defaults; those that it cannot be without are left out. */
export function usualEntry(step: RecipeStep["step"], method?: string): Values {
  try {
    const [filled] = parseRecipe({ schemaVersion: 1, steps: [{ step, ...(method === undefined ? {} : { method }) }] }).steps;
    return filled as Values;
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    return { step };
  }
}

/** The same step and method as the preset of the recipe has it; undefined where there is no such preset, or no such step in it. */
export function presetEntry({ name }: Pick<Recipe, "name">, step: RecipeStep["step"], method?: string): Values | undefined {
  const entry = presetOf(name)?.steps.find((one) => one.step === step) as Values | undefined;
  return method === undefined || entry?.["method"] === method ? entry : undefined;
}

/** What a step would hold if nobody had changed it. */
export function valuesNobodyChose(recipe: Pick<Recipe, "name">, step: RecipeStep["step"], method?: string): Values {
  return presetEntry(recipe, step, method) ?? usualEntry(step, method);
}

/** The preset of this name; undefined where there is none. */
export function presetOf(name: string | undefined): Recipe | undefined {
  const isPreset = name !== undefined && Object.values<Preset>(presets).some(({ id }) => id === name);
  return isPreset ? presetRecipe(name) : undefined;
}

/** By which method the preset of a recipe does a step; undefined where it has no such step, or no preset. */
export function presetMethod({ name }: Pick<Recipe, "name">, step: RecipeStep["step"]): string | undefined {
  const entry = presetOf(name)?.steps.find((one) => one.step === step);
  return entry !== undefined && "method" in entry ? entry.method : undefined;
}
