import { type Recipe, type Stage, stages, steps } from "@sigma-eds/core";
import type { RunProgress } from "./engine-protocol.js";

/** Titles of what a run will do, in order: the entries from `done` on, and the reading of the counts before the first that computes. */
export function plannedTitles(recipe: Recipe, done: number, isRead: boolean): string[] {
  const entries = recipe.steps.slice(done);
  const titles = entries.map(({ step }) => steps[step].title);
  const first = entries.findIndex(({ step }) => stages.indexOf(step as Stage) > stages.indexOf("mask"));
  if (first >= 0 && !isRead) titles.splice(first, 0, "Read counts");
  return titles;
}

/** Tells of a run as the continuation of one whose steps were told already. */
export function afterPlan(
  told: readonly string[],
  listen: (progress: RunProgress) => unknown,
): (progress: RunProgress) => unknown {
  if (told.length === 0) return listen;
  return (progress) =>
    listen({
      ...progress,
      step: progress.step === 0 ? 0 : progress.step + told.length,
      steps: progress.steps + told.length,
      plan: [...told, ...progress.plan],
    });
}

/** The recipe with these edits in place of those that it had. */
export function withEdits(recipe: Recipe, edits: readonly unknown[]): unknown {
  const rest = recipe.steps.filter(({ step }) => step !== "edit");
  const at = rest.findIndex(({ step }) => stages.indexOf(step as Stage) > stages.indexOf("edit"));
  const place = at < 0 ? rest.length : at;
  return { ...recipe, steps: [...rest.slice(0, place), ...edits, ...rest.slice(place)] };
}
