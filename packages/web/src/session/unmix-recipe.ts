/** What the recipe says of unmixing, and recipes with one thing of it changed. The session checks them by the core's schema. */
import type { Recipe, RecipeInput, RecipeStep } from "@sigma-eds/core";
import { entriesWith, type StepEntry } from "./recipe-steps.js";

export type UnmixStep = Extract<RecipeStep, { step: "unmix" }>;

/** Undefined where the endmembers are the phases as they were found. */
export function unmixStepOf({ steps }: Recipe): UnmixStep | undefined {
  return steps.find((entry) => entry.step === "unmix");
}

/** The recipe with parameters of the step unmix set, or at their defaults for `undefined`; the step, and the class spectra that it needs, are added where they are missing. */
export function withUnmix(recipe: Recipe, changes: Readonly<Record<string, unknown>> = {}): RecipeInput {
  const there = unmixStepOf(recipe) ?? ({ step: "unmix", method: "nmf" } as const);
  const set = Object.entries({ ...there, ...changes }).filter(([, value]) => value !== undefined);
  const entry: StepEntry = { ...Object.fromEntries(set), step: "unmix" };
  const others: readonly StepEntry[] = recipe.steps.filter(({ step }) => step !== "unmix");
  const hasSpectra = recipe.steps.some(({ step }) => step === "spectra");
  const steps = entriesWith(hasSpectra ? others : entriesWith(others, { step: "spectra" }), entry);
  return { ...recipe, steps: steps as RecipeInput["steps"] };
}

/** The recipe whose endmembers are the phases as they were found. */
export function withoutUnmix(recipe: Recipe): RecipeInput {
  return { ...recipe, steps: recipe.steps.filter(({ step }) => step !== "unmix") };
}
