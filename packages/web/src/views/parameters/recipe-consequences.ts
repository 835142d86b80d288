/** What the recipe of the controls means for what is shown, and for the edits that were made on it. */
import { countOf, isByHand, type Recipe, type RecipeStep, steps } from "@sigma-eds/core";
import type { ViewSession } from "../../session/view-session.js";

type Known = Pick<ViewSession, "recipe" | "stale" | "analysis">;

/** One sentence each; none where what is shown is of this recipe. */
export function recipeConsequences({ recipe, stale, analysis }: Known): string[] {
  if (stale.length === 0 || analysis === undefined) return [];
  return [runAgain(recipe.steps.length, stale), ...aboutEdits(recipe, stale, analysis.recipe.steps)];
}

function runAgain(all: number, stale: readonly string[]): string {
  const titles = stale.flatMap((id) => (id in steps && id !== "edit" ? steps[id as keyof typeof steps].title : []));
  if (titles.length === 0) return "What is shown holds more than the recipe gives.";
  return titles.length >= all ? "All steps are run anew." : `Run anew: ${titles.join(", ")}.`;
}

/** Edits go with their classes, and an outline on the latent space by its coordinates: it means something else when those are others. */
function aboutEdits({ steps: wanted }: Recipe, stale: readonly string[], shown: readonly RecipeStep[]): string[] {
  const edits = shown.filter((entry) => entry.step === "edit" && isByHand(entry));
  if (edits.length === 0) return [];
  const [number, are] = [countOf(edits.length, "edit"), edits.length === 1 ? "is" : "are"];
  const maker = makerOf(wanted);
  if (maker === undefined) return [noClasses(number)];
  if (maker === makerOf(shown) && !stale.includes(maker)) return [`${number} ${are} kept.`];
  const again = `${number} ${are} made again on the classes that are found again. The History marks what does not fit.`;
  const drawn = edits.filter((edit) => JSON.stringify(edit).includes('"on":"latent"')).length;
  if (drawn === 0 || !stale.includes("embed")) return [again];
  return [again, `${drawn === 1 ? "One was" : `${drawn} were`} drawn on the latent space, which will be another.`];
}

/** The step that makes the classes that edits stand on. */
function makerOf(entries: readonly RecipeStep[]): RecipeStep["step"] | undefined {
  return entries.findLast(({ step }) => step === "find-phases" || step === "cluster")?.step;
}

function noClasses(edits: string): string {
  const { "find-phases": one, cluster: other } = steps;
  return `No step makes classes, and ${edits} would have nothing to stand on: add “${one.title}” or “${other.title}”, or undo what was edited.`;
}
