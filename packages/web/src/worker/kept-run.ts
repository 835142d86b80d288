/** Runs that are kept without their counts, and taken up again over the counts of the same file. */
import {
  type Analysis,
  collectCounts,
  parseRecipe,
  type Recipe,
  runRecipe,
  type SpectrumImage,
  type Stage,
  stages,
} from "@sigma-eds/core";
import type { KeptRun } from "./engine-protocol.js";
import { MOST_COUNT_BYTES } from "./load-image.js";
import type { StepCache } from "./step-cache.js";

/** Steps that only look at the counts in another way; what they give is made anew from the file. */
function isView(step: string): boolean {
  return stages.indexOf(step as Stage) <= stages.indexOf("mask");
}

function isBeforeEdits(step: string): boolean {
  return stages.indexOf(step as Stage) < stages.indexOf("edit");
}

/** What the last step before the edits gave; undefined where a step has put other numbers in the place of the counts. */
export function keptRun(recipe: Recipe, { seed, steps }: StepCache): KeptRun | undefined {
  const count = recipe.steps.filter(({ step }) => isBeforeEdits(step)).length;
  const views = recipe.steps.filter(({ step }) => isView(step)).length;
  const last = steps[count - 1]?.analysis;
  const first = steps[views]?.analysis;
  if (last === undefined || (first !== undefined && first.image !== last.image)) return undefined;
  const { image: _, ...known } = last;
  const kept = steps.slice(0, count);
  return { seed, entries: kept.map(({ entry }) => entry), known, timings: kept.flatMap(({ timing }) => timing ?? []) };
}

/** The kept run as one that has just come so far. Throws RecipeError for entries that are none. */
export async function resumedCache(
  { seed, entries, known, timings }: KeptRun,
  image: SpectrumImage,
  signal: AbortSignal,
): Promise<StepCache> {
  const parsed = parseRecipe({ schemaVersion: 1, seed, steps: entries.map((entry): unknown => JSON.parse(entry)) });
  const views = parsed.steps.filter(({ step }) => isView(step));
  const seen = views.length === 0 ? image : (await runRecipe(image, { ...parsed, steps: views }, { signal })).analysis.image;
  const counts = await collectCounts(seen.counts, { signal, maxBytes: MOST_COUNT_BYTES });
  const analysis: Analysis = { ...known, image: { ...seen, counts } };
  const steps = entries.map((entry, i) => ({
    entry,
    analysis: i === entries.length - 1 ? analysis : undefined,
    timing: timings[i],
  }));
  return { seed, steps };
}
