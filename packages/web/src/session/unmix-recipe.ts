/** What the recipe says of unmixing, and recipes with one thing of it changed. The session checks them by the core's schema. */
import { type Recipe, type RecipeInput, type RecipeStep, type Stage, stages } from "@sigma-eds/core";

export type UnmixStep = Extract<RecipeStep, { step: "unmix" }>;

/** Undefined where the endmembers are the phases as they were found. */
export function unmixStepOf({ steps }: Recipe): UnmixStep | undefined {
  return steps.find((entry) => entry.step === "unmix");
}

/** The recipe with parameters of the step unmix set, or at their defaults for `undefined`; the step, and the class spectra that it needs, are added where they are missing. */
export function withUnmix(recipe: Recipe, changes: Readonly<Record<string, unknown>> = {}): RecipeInput {
  const there = unmixStepOf(recipe) ?? ({ step: "unmix", method: "nmf" } as const);
  const entry = Object.fromEntries(Object.entries({ ...there, ...changes }).filter(([, value]) => value !== undefined));
  const others: readonly object[] = recipe.steps.filter(({ step }) => step !== "unmix");
  const hasSpectra = recipe.steps.some(({ step }) => step === "spectra");
  const steps = added(hasSpectra ? others : added(others, { step: "spectra" }), entry);
  return { ...recipe, steps: steps as RecipeInput["steps"] };
}

/** The recipe whose endmembers are the phases as they were found. */
export function withoutUnmix(recipe: Recipe): RecipeInput {
  return { ...recipe, steps: recipe.steps.filter(({ step }) => step !== "unmix") };
}

/** In the place that its step has in every recipe. */
function added(entries: readonly object[], entry: object): readonly object[] {
  const stageOf = (one: object): number => stages.indexOf((one as { readonly step: Stage }).step);
  const later = entries.findIndex((one) => stageOf(one) > stageOf(entry));
  const at = later < 0 ? entries.length : later;
  return [...entries.slice(0, at), entry, ...entries.slice(at)];
}
