/** What a run had after each entry of its recipe: a run whose first entries are the same begins where they end. */
import { type Analysis, canonicalJson, type Recipe, type StepTiming } from "@sigma-eds/core";

export interface CachedStep {
  /** The entry as canonical JSON. */
  readonly entry: string;
  /** Undefined for steps of a session that was opened again: only what its last step gave is kept. */
  readonly analysis: Analysis | undefined;
  readonly timing: StepTiming | undefined;
}

export interface StepCache {
  readonly seed: number;
  readonly steps: readonly CachedStep[];
}

const MOST_CACHES = 8;
const MOST_CACHED_PIXELS = 2_000_000;

/** How many runs are remembered: fewer of large maps, since every edit has labels and memberships of its own. */
export function mostCaches({ steps }: StepCache): number {
  const pixels = steps.findLast(({ analysis }) => analysis?.labels !== undefined)?.analysis?.labels?.length ?? 1;
  return Math.max(2, Math.min(MOST_CACHES, Math.floor(MOST_CACHED_PIXELS / pixels)));
}

/** As many steps of the cache as the recipe begins with, up to the last one whose result is known. */
function commonSteps({ seed, steps }: StepCache, recipe: Recipe): readonly CachedStep[] {
  if (seed !== recipe.seed) return [];
  const differs = steps.findIndex(({ entry }, i) => recipe.steps[i] === undefined || entry !== canonicalJson(recipe.steps[i]));
  const common = differs < 0 ? steps : steps.slice(0, differs);
  return common.slice(0, common.findLastIndex(({ analysis }) => analysis !== undefined) + 1);
}

/** The longest of what the caches can spare a run. */
export function sparedSteps(caches: readonly StepCache[], recipe: Recipe): readonly CachedStep[] {
  return caches
    .map((cache) => commonSteps(cache, recipe))
    .reduce((best, steps) => (steps.length > best.length ? steps : best), []);
}
