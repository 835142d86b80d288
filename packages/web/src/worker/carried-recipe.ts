/** A recipe that is run again with the edits of before: said of the classes that are found now, where their numbers are others, in the colours that these had. */
import { type Analysis, canonicalJson, carriedEdits, type Recipe, type StepContext, sameClasses, stages } from "@sigma-eds/core";
import { withEdits } from "./run-plan.js";
import { labelsOnMapOf } from "./same-place.js";

interface Run {
  readonly recipe: Recipe;
  readonly analysis: Analysis;
}

export interface CarriedRecipe {
  /** Not parsed. */
  readonly recipe: unknown;
  /** Ids of before and now of the classes that edits know: see `CarriedEdits`. */
  readonly ids: ReadonlyMap<number, number>;
}

const editsOf = ({ steps }: Recipe): readonly unknown[] => steps.filter(({ step }) => step === "edit");

/** Whether the edits of the recipe, if any, are those of the run before: then they are meant for its classes. */
export function hasEditsOf(before: Run | undefined, recipe: Recipe): before is Run {
  return before !== undefined && canonicalJson(editsOf(recipe)) === canonicalJson(editsOf(before.recipe));
}

/** The recipe as far as the classes that its edits begin with. */
export function untilEdits(recipe: Recipe): Recipe {
  const first = recipe.steps.findIndex(({ step }) => stages.indexOf(step) >= stages.indexOf("edit"));
  return first < 0 ? recipe : { ...recipe, steps: recipe.steps.slice(0, first) };
}

/** Undefined where the recipe is right as it is: the classes are those of before, or there are none to compare. */
export async function carriedRecipe(before: Run, found: Run, context: StepContext): Promise<CarriedRecipe | undefined> {
  const [old, labels] = [before.analysis.edits?.before.labels ?? before.analysis.labels, found.analysis.labels];
  if (old === undefined || labels === undefined) return undefined;
  const there = labelsOnMapOf({ ...before, labels: old }, found);
  if (there === undefined || isSame(there, labels)) return undefined;
  const { edits, ids } = await carriedEdits(before.analysis, found.analysis, sameClasses(there, labels), context);
  return canonicalJson(edits) === canonicalJson(editsOf(found.recipe))
    ? undefined
    : { recipe: withEdits(found.recipe, edits), ids };
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  return one.length === other.length && one.every((label, p) => label === other[p]);
}
