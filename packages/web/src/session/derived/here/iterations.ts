/** Limits of what goes step by step, and how long it took. */
import { countOf, formatPercent, type RecipeStep, steps } from "@sigma-eds/core";
import { type Ground, isAsMeasured } from "./ground.js";
import { secondsWords } from "./words.js";

/** Of a limit: whether the last run came to it, and what it took. */
export function iterationsWords(most: number, ground: Ground<RecipeStep>): string {
  const { result, measured } = ground;
  if (result === undefined || measured === undefined || !isAsMeasured(ground))
    return `${countOf(most, "iteration")} at the most.`;
  const { title } = steps[measured.entry.step];
  const stopped = result.notConverged.length > 0 ? "a limit of iterations ended a step" : "no limit of iterations ended a step";
  return `${title} took ${secondsWords(measured.seconds)}; ${stopped}.`;
}

/** Of a share of the first gain or gradient. */
export function toleranceWords(share: number): string {
  return share === 0 ? "Never: the limit of iterations ends it." : `Ends at ${formatPercent(share)} of the first gain.`;
}
