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
  watched,
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

/** What there was before the first edit and at the end; undefined where a step has put other numbers in the place of the counts. */
export function keptRun(recipe: Recipe, { seed, steps }: StepCache): KeptRun | undefined {
  const before = recipe.steps.filter(({ step }) => isBeforeEdits(step)).length;
  const views = recipe.steps.filter(({ step }) => isView(step)).length;
  const image = steps.slice(views).find(({ analysis }) => analysis !== undefined)?.analysis?.image;
  const states = [...new Set([before, steps.length])].flatMap((done) => {
    const analysis = steps[done - 1]?.analysis;
    if (analysis === undefined || analysis.image !== image) return [];
    const { image: _, ...known } = analysis;
    return [{ done, known }];
  });
  if (states.length === 0) return undefined;
  return { seed, entries: steps.map(({ entry }) => entry), states, timings: steps.flatMap(({ timing }) => timing ?? []) };
}

/** Steps that count windows of the spectra of all pixels: quick, and their numbers hardly compress. */
const QUICK: readonly string[] = ["maps", "features", "normalise"];

/** The kept run without element maps and features, for where bytes cost more than the moment in which these are made again. */
export function lightened(kept: KeptRun): KeptRun {
  const states = kept.states.map(({ done, known }) => ({ done, known: { ...known, elementMaps: [], features: undefined } }));
  return { ...kept, states, leftOut: QUICK };
}

/** What was left out of the states, made again. */
async function completed(
  analysis: Analysis,
  recipe: Recipe,
  leftOut: readonly string[],
  signal: AbortSignal,
): Promise<Pick<Analysis, "elementMaps" | "features">> {
  const steps = recipe.steps.filter(({ step }) => leftOut.includes(step));
  const { analysis: made } = await runRecipe(analysis.image, { ...recipe, steps }, { signal, after: { done: 0, analysis } });
  return { elementMaps: made.elementMaps, features: made.features };
}

/** The kept run as one that has just come so far. Throws RecipeError for entries that are none. */
export async function resumedCache(
  { seed, entries, states, timings, leftOut = [] }: KeptRun,
  image: SpectrumImage,
  signal: AbortSignal,
): Promise<StepCache> {
  const parsed = parseRecipe({ schemaVersion: 1, seed, steps: entries.map((entry): unknown => JSON.parse(entry)) });
  const views = parsed.steps.filter(({ step }) => isView(step));
  const file = watched(image);
  const seen =
    views.length === 0 ? file.image : (await runRecipe(file.image, { ...parsed, steps: views }, { signal })).analysis.image;
  const counts = await collectCounts(seen.counts, { signal, maxBytes: MOST_COUNT_BYTES });
  const loadReport = { ...seen.loadReport, findings: await file.findings({ signal }) };
  const shown = { ...seen, counts, loadReport };
  const [first] = states;
  const made =
    first === undefined || leftOut.length === 0
      ? undefined
      : await completed({ ...first.known, image: shown }, parsed, leftOut, signal);
  const known = new Map(states.map(({ done, known: own }): [number, Analysis] => [done, { ...own, ...made, image: shown }]));
  return { seed, steps: entries.map((entry, i) => ({ entry, analysis: known.get(i + 1), timing: timings[i] })) };
}
