/** What the recipe of the controls means for what is shown, and for the edits that were made on it. */
import { countOf, type RecipeStep, steps } from "@sigma-eds/core";
import type { ViewSession } from "../../session/view-session.js";

type Known = Pick<ViewSession, "recipe" | "stale" | "analysis">;

/** One sentence each; none where what is shown is of this recipe. */
export function recipeConsequences({ recipe, stale, analysis }: Known): string[] {
  if (stale.length === 0 || analysis === undefined) return [];
  return [runAgain(recipe.steps.length, stale), ...aboutEdits(stale, analysis.recipe.steps)];
}

function runAgain(all: number, stale: readonly string[]): string {
  const titles = stale.flatMap((id) => (id in steps && id !== "edit" ? steps[id as keyof typeof steps].title : []));
  if (titles.length === 0) return "What is shown holds more than the recipe gives.";
  return titles.length >= all ? "All steps are run anew." : `Run anew: ${titles.join(", ")}.`;
}

/** Edits are made again on what is found; an outline on the latent space means other pixels when that is another. */
function aboutEdits(stale: readonly string[], shown: readonly RecipeStep[]): string[] {
  const edits = shown.filter(({ step }) => step === "edit");
  if (edits.length === 0) return [];
  const onLatent = edits.filter((edit) => JSON.stringify(edit).includes('"on":"latent"')).length;
  const again = `${countOf(edits.length, "edit")} ${edits.length === 1 ? "is" : "are"} made again on the new classes; the History marks those that do not fit.`;
  if (onLatent === 0 || !stale.includes("embed")) return [again];
  return [
    again,
    `${onLatent === 1 ? "One was" : `${onLatent} were`} drawn on the latent space, which will be another: look at the result.`,
  ];
}
