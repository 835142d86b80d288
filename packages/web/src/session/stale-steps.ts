import { canonicalJson, type Recipe } from "@sigma-eds/core";

/** Ids of the steps of `wanted` whose result is not what `shown` gave: from the first that differs on. Edits are no steps here. */
export function staleSteps(wanted: Recipe, shown: Recipe | undefined): string[] {
  if (shown === undefined) return [];
  const before = shown.steps.filter(({ step }) => step !== "edit");
  const first = wanted.steps.findIndex(
    (entry, i) => before[i] === undefined || canonicalJson(entry) !== canonicalJson(before[i]),
  );
  if (wanted.seed !== shown.seed) return wanted.steps.map(({ step }) => step);
  if (first >= 0) return wanted.steps.slice(first).map(({ step }) => step);
  return wanted.steps.length === before.length ? [] : ["edit"];
}
