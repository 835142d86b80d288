/** Changes of the recipe that are lines of the history, taken back and made again. */
import type { SessionState } from "./session-state.js";

type Place = Pick<SessionState, "timeline" | "recipe">;

/**
 * Recipe and timeline at another place of the history, from the newest applied line to the `wanted` number of lines. Parameters that were set since a change
 * of the recipe go with it, and come back with it.
 */
export function recipeAt(
  { timeline, applied, recipe }: Pick<SessionState, "timeline" | "applied" | "recipe">,
  wanted: number,
): Place {
  const lines = [...timeline];
  let now = recipe;
  for (let i = applied - 1; i >= wanted; i--) {
    const entry = lines[i];
    if (entry?.kind !== "recipe") continue;
    lines[i] = { ...entry, after: now };
    now = entry.before;
  }
  for (let i = applied; i < wanted; i++) {
    const entry = lines[i];
    if (entry?.kind !== "recipe") continue;
    lines[i] = { ...entry, before: now };
    now = entry.after;
  }
  return now === recipe ? { timeline, recipe } : { timeline: lines, recipe: now };
}
