/** Which classes are found again, as rows and in words. */
import { formatPercent, isByHand, type Recipe, type RecipeInput, steps } from "@sigma-eds/core";
import type { StepProgress } from "../../session/view-session.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

type Stability = NonNullable<AnalysisSnapshot["stability"]>;
export type StabilityEntry = Extract<Recipe["steps"][number], { step: "stability" }>;

/** Hennig 2007, doi:10.1016/j.csda.2006.11.025. */
const STABLE = 0.75;
const DISSOLVED = 0.5;
/** A pixel that stays in fewer of the runs is shaky. */
const SHAKY = 0.8;

export interface StabilityRow {
  readonly id: number;
  readonly name: string;
  readonly colour: string | undefined;
  readonly jaccard: number;
  readonly found: number;
  readonly verdict: "stable" | "doubtful" | "dissolves";
}

/** One row for each class as it was found; one that edits have taken away keeps its number. */
export function stabilityRows({ classes }: Pick<AnalysisSnapshot, "classes">, stability: Stability): StabilityRow[] {
  return stability.classes.map(({ id, jaccard, found }) => {
    const now = classes.find((phase) => phase.id === id);
    const verdict = jaccard > STABLE ? "stable" : jaccard < DISSOLVED ? "dissolves" : "doubtful";
    return { id, name: now?.name ?? `Class ${id + 1}, edited away`, colour: now?.colour, jaccard, found, verdict };
  });
}

const how = {
  thinning: "each time from half of the counts, drawn anew",
  bootstrap: "each time from counts drawn around those measured",
  none: "each time with another seed",
} as const;

/** How it was tried, and what came of it. */
export function stabilitySentence({ runs, resample, classNumbers, pixels }: Stability): string {
  const known = pixels.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  const shaky = pixels.reduce((sum, value) => sum + (value < SHAKY ? 1 : 0), 0) / Math.max(1, known);
  const [least, most] = [Math.min(...classNumbers), Math.max(...classNumbers)];
  const numbers = least === most ? String(least) : `${least} to ${most}`;
  return `Found ${runs} times more, ${how[resample]}: ${numbers} classes. ${formatPercent(shaky)} of the pixels stay in their class in fewer than four runs of five.`;
}

/** That edits are not repeated, said plainly; undefined without edits. */
export function editsSentence({ edits }: Pick<AnalysisSnapshot, "edits">): string | undefined {
  const applied = edits?.outcomes.filter(({ edit, refusal }) => refusal === undefined && isByHand(edit)).length ?? 0;
  if (applied === 0) return undefined;
  return `This judges the classes as they were found, before your ${applied === 1 ? "edit" : `${applied} edits`}: a run finds classes, it does not repeat what a person did to them.`;
}

export function stabilityEntryOf(recipe: Recipe): StabilityEntry | undefined {
  return recipe.steps.find((entry) => entry.step === "stability");
}

/** The recipe with the step after the spectra of the classes; undefined where there is no place for it. */
export function recipeWithStability(recipe: Recipe, changes: Partial<StabilityEntry>): RecipeInput | undefined {
  const entries = recipe.steps;
  const there = stabilityEntryOf(recipe);
  if (there !== undefined)
    return { ...recipe, steps: entries.map((entry) => (entry === there ? { ...there, ...changes } : entry)) };
  const after = entries.findIndex(({ step }) => step === "spectra");
  if (after < 0) return undefined;
  const entry = { ...changes, step: "stability" } as const;
  return { ...recipe, steps: [...entries.slice(0, after + 1), entry, ...entries.slice(after + 1)] };
}

export function recipeWithoutStability(recipe: Recipe): RecipeInput {
  return { ...recipe, steps: recipe.steps.filter(({ step }) => step !== "stability") };
}

/** Steps that a run repeats where points are clustered. */
const toClusters = ["decompose", "features", "normalise", "embed", "cluster"] as const;

/** Seconds that so many runs will take, from what the same steps took; undefined where that is not known. */
export function expectedSeconds(recipe: Recipe, lastSteps: readonly StepProgress[], runs: number): number | undefined {
  const clusters = recipe.steps.some(({ step }) => step === "cluster");
  const repeated = new Set((clusters ? toClusters : (["find-phases"] as const)).map((step) => steps[step].title));
  const once = lastSteps.reduce((sum, { title, seconds }) => sum + (repeated.has(title) ? (seconds ?? 0) : 0), 0);
  return once > 0 ? once * runs : undefined;
}
