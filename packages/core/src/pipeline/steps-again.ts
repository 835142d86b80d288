import { partOf } from "../spectrum-image/context.js";
import type { StepsAgain } from "./points-again.js";
import type { RecipeStep } from "./recipe.js";
import { stages } from "./step.js";
import { stepNamed } from "./step-registry.js";

/** Those of the entries that lead from counts to points, to be done again; `undefined` where there are none. */
export function stepsAgain(entries: readonly RecipeStep[]): StepsAgain | undefined {
  const [first, last] = [stages.indexOf("decompose"), stages.indexOf("embed")];
  const again = entries.filter(({ step }) => stages.indexOf(step) >= first && stages.indexOf(step) <= last);
  if (again.length === 0) return undefined;
  return async (analysis, context) => {
    let state = analysis;
    for (const [i, entry] of again.entries()) {
      state = await stepNamed(entry.step).run(state, entry, partOf(context, i / again.length, (i + 1) / again.length));
    }
    return state;
  };
}
