import { partOf } from "../spectrum-image/context.js";
import type { StepsAgain } from "./points-again.js";
import type { RecipeStep } from "./recipe.js";
import { stages } from "./step.js";
import { stepNamed } from "./step-registry.js";

/** Those of the entries that lead from counts to points, to be done again; `undefined` where there are none. */
export function stepsAgain(entries: readonly RecipeStep[]): StepsAgain | undefined {
  const [first, last] = [stages.indexOf("decompose"), stages.indexOf("embed")];
  const again = entries.filter(({ step }) => stages.indexOf(step) >= first && stages.indexOf(step) <= last);
  return doneAgain(again);
}

/**
 * Those of the entries that make classes from counts: `find-phases`, or `cluster` and what leads to its points; `undefined` where there are none.
 */
export function classesAgain(entries: readonly RecipeStep[]): StepsAgain | undefined {
  const clusters = entries.filter(({ step }) => step === "cluster");
  const toPoints = ["decompose", "features", "normalise", "embed"];
  const again =
    clusters.length > 0
      ? entries.filter(({ step }) => step === "cluster" || step === "find-phases" || toPoints.includes(step))
      : entries.filter(({ step }) => step === "find-phases");
  return doneAgain(again);
}

function doneAgain(again: readonly RecipeStep[]): StepsAgain | undefined {
  if (again.length === 0) return undefined;
  return async (analysis, context) => {
    let state = analysis;
    for (const [i, entry] of again.entries()) {
      state = await stepNamed(entry.step).run(state, entry, partOf(context, i / again.length, (i + 1) / again.length));
    }
    return state;
  };
}
