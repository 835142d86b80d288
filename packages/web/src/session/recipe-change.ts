/** Recipes with one thing changed. The session checks the result by the core's schema. */
import type { Recipe, RecipeInput, RecipeStep } from "@sigma-eds/core";

/** The recipe with a parameter of a step set; `undefined` leaves it at its default. */
export function withParameter(recipe: Recipe, index: number, name: string, value: unknown): RecipeInput {
  return withStep(recipe, index, (entry) => {
    const { [name]: _, ...rest } = entry as Readonly<Record<string, unknown>>;
    return value === undefined ? rest : { ...rest, [name]: value };
  });
}

/** The recipe with another method in a step; its parameters start at their defaults. */
export function withMethod(recipe: Recipe, index: number, method: string): RecipeInput {
  return withStep(recipe, index, ({ step }) => ({ step, method }));
}

/** The value of a parameter of the first step of a kind; undefined without such a step. */
export function parameterOf(recipe: Recipe, step: RecipeStep["step"], name: string): unknown {
  const entry = recipe.steps.find((candidate) => candidate.step === step);
  return (entry as Readonly<Record<string, unknown>> | undefined)?.[name];
}

/** Sets a parameter of the first step of a kind; where there is none, puts one in front of the first of `before`. */
export function withParameterOf(
  recipe: Recipe,
  step: RecipeStep["step"],
  name: string,
  value: unknown,
  before: readonly RecipeStep["step"][] = [],
): RecipeInput {
  const index = recipe.steps.findIndex((entry) => entry.step === step);
  if (index >= 0) return withParameter(recipe, index, name, value);
  const next = recipe.steps.findIndex((entry) => before.includes(entry.step));
  const at = next < 0 ? 0 : next;
  const steps: readonly unknown[] = [...recipe.steps.slice(0, at), { step, [name]: value }, ...recipe.steps.slice(at)];
  return { ...recipe, steps: steps as RecipeInput["steps"] };
}

/** Steps in front of which pixels are joined. */
export const beforeBin = ["mask", "elements", "find-phases", "decompose", "maps", "features"] as const;

function withStep(recipe: Recipe, index: number, change: (entry: RecipeStep) => unknown): RecipeInput {
  const steps: readonly unknown[] = recipe.steps.map((entry, i) => (i === index ? change(entry) : entry));
  return { ...recipe, steps: steps as RecipeInput["steps"] };
}
