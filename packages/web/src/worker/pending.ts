/** What comes after an edit: its pixels and spectra at once, and later what takes seconds. */
import { type Analysis, type Recipe, type Stage, stages } from "@sigma-eds/core";
import type { CachedStep } from "./step-cache.js";

/** Whether a step is shown later than the edit that it follows. */
function isLater(step: string): boolean {
  return stages.indexOf(step as Stage) > stages.indexOf("spectra");
}

/** The recipe up to the spectra of the classes, unless what is known reaches further. */
export function atOnce(recipe: Recipe, known: readonly CachedStep[]): Recipe {
  const first = recipe.steps.findIndex(({ step }) => isLater(step));
  const shown = Math.max(first < 0 ? recipe.steps.length : first, known.length);
  return { ...recipe, steps: recipe.steps.slice(0, shown) };
}

/** Ids of the steps after the first `done`, each once. */
export function pendingSteps(recipe: Recipe, done: number): string[] {
  return [...new Set(recipe.steps.slice(done).map(({ step }) => step))];
}

/** The analysis with what pending steps gave before and what can stand beside other classes: names of classes whose pixels are the same, and shares of endmembers. */
export function withEarlier(analysis: Analysis, before: Analysis | undefined, pending: readonly string[]): Analysis {
  if (before === undefined || before.image !== analysis.image) return analysis;
  return { ...withEarlierNames(analysis, before, pending), stability: earlierStability(analysis, before, pending) };
}

/** It judges the classes as they were found, which edits do not change. */
function earlierStability(analysis: Analysis, before: Analysis, pending: readonly string[]): Analysis["stability"] {
  const found = ({ edits, labels }: Analysis) => edits?.before.labels ?? labels;
  return pending.includes("stability") && found(before) === found(analysis) ? before.stability : analysis.stability;
}

function withEarlierNames(analysis: Analysis, before: Analysis, pending: readonly string[]): Analysis {
  const unmixing = pending.includes("unmix") ? (analysis.unmixing ?? before.unmixing) : analysis.unmixing;
  if (!pending.includes("identify") || before.identities === undefined) return { ...analysis, unmixing };
  const changed = changedIds(before.labels, analysis.labels);
  const ids = new Set(analysis.classes.map(({ id }) => id));
  return { ...analysis, unmixing, identities: before.identities.filter(({ id }) => ids.has(id) && !changed.has(id)) };
}

/** Ids of the classes that lost or gained a pixel. */
function changedIds(before: Int32Array | undefined, now: Int32Array | undefined): ReadonlySet<number> {
  const changed = new Set<number>();
  if (before === undefined || now === undefined || before === now) return changed;
  for (let p = 0; p < now.length; p++) {
    if (before[p] === now[p]) continue;
    changed.add(before[p]!);
    changed.add(now[p]!);
  }
  return changed;
}
