import type { Recipe } from "@sigma-eds/core";

/**
 * Seconds that steps will take again, by what they took; undefined where that is not known: a step that did not run before, or ran with another method, as an autoencoder in place of UMAP. Edits
 * take no time.
 */
export function rerunSeconds(
  steps: readonly string[],
  took: Readonly<Record<string, number>>,
  next: Recipe,
  before: Recipe | undefined,
): number | undefined {
  let sum = 0;
  for (const step of steps) {
    if (step === "edit") continue;
    const seconds = took[step];
    if (seconds === undefined || methodOf(next, step) !== methodOf(before, step)) return undefined;
    sum += seconds;
  }
  return sum;
}

function methodOf(recipe: Recipe | undefined, step: string): unknown {
  const entry = recipe?.steps.find((known) => known.step === step);
  return entry !== undefined && "method" in entry ? entry.method : undefined;
}
