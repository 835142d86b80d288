import { canonicalJson, type Recipe, type RecipeStep } from "@sigma-eds/core";

/** Ids of the steps of `wanted` whose result is not what `shown` gave: from the first that differs on. Edits are no steps here, nor is joining pixels one by one. */
export function staleSteps(wanted: Recipe, shown: Recipe | undefined): string[] {
  if (shown === undefined) return [];
  const [now, before] = [working(wanted), working(shown)];
  if (wanted.seed !== shown.seed) return now.map(({ step }) => step);
  const first = now.findIndex((entry, i) => before[i] === undefined || canonicalJson(entry) !== canonicalJson(before[i]));
  if (first >= 0) return now.slice(first).map(({ step }) => step);
  return now.length === before.length ? [] : ["edit"];
}

function working({ steps }: Recipe): RecipeStep[] {
  return steps.filter((entry) => entry.step !== "edit" && !(entry.step === "bin" && joinsNothing(entry)));
}

function joinsNothing({ step: _, ...factors }: Extract<RecipeStep, { step: "bin" }>): boolean {
  return Object.values(factors).every((factor) => factor === 1);
}
