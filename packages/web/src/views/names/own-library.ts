/** A user's own phases: read from JSON, kept in the recipe's step identify. */
import { isSigmaError, type OwnPhase, ownPhase, ownPhases, type Recipe, type RecipeInput } from "@sigma-eds/core";

export type OwnLibrary =
  | { readonly kind: "phases"; readonly phases: readonly OwnPhase[] }
  /** Why the text is no library, in words. */
  | { readonly kind: "refused"; readonly reason: string };

/** Phases of a JSON text: a list of them, or a document that has one as `phases`. All of them are good, or none is taken. */
export function libraryOfText(text: string): OwnLibrary {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    return { kind: "refused", reason: `This is not JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  const list = Array.isArray(document) ? document : (document as { phases?: unknown } | null)?.phases;
  if (!Array.isArray(list))
    return { kind: "refused", reason: "A list of phases is expected, each with a name and a formula or mass fractions." };
  const phases: OwnPhase[] = [];
  for (const [i, entry] of list.entries()) {
    const checked = checkedPhase(entry);
    if (typeof checked === "string") return { kind: "refused", reason: `Phase ${i + 1}: ${checked}` };
    phases.push(checked);
  }
  return { kind: "phases", phases };
}

/** The phase, or in words why it is none: what the core would refuse is refused here. */
export function checkedPhase(entry: unknown): OwnPhase | string {
  const parsed = ownPhase.safeParse(entry);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.map(String).join(".") ?? "";
    return `${where === "" ? "" : `${where}: `}${issue?.message ?? "not a phase"}.`;
  }
  try {
    ownPhases([parsed.data]);
    return parsed.data;
  } catch (error) {
    if (isSigmaError(error)) return error.message;
    throw error;
  }
}

export function textOfLibrary(phases: readonly OwnPhase[]): string {
  return `${JSON.stringify({ phases }, null, 2)}\n`;
}

export function libraryOfRecipe({ steps }: Recipe): readonly OwnPhase[] {
  return steps.find((entry) => entry.step === "identify")?.ownPhases ?? [];
}

/** The recipe with exactly these phases of one's own; the step identify is added where it is missing. */
export function recipeWithLibrary(recipe: Recipe, phases: readonly OwnPhase[]): RecipeInput {
  const own = [...phases];
  if (recipe.steps.some(({ step }) => step === "identify"))
    return { ...recipe, steps: recipe.steps.map((entry) => (entry.step === "identify" ? { ...entry, ownPhases: own } : entry)) };
  const later = recipe.steps.findIndex(({ step }) => step === "quantify" || step === "upscale");
  const at = later < 0 ? recipe.steps.length : later;
  return { ...recipe, steps: [...recipe.steps.slice(0, at), { step: "identify", ownPhases: own }, ...recipe.steps.slice(at)] };
}

/** The list with one more phase; one of the same name gives way. */
export function withPhase(phases: readonly OwnPhase[], phase: OwnPhase): readonly OwnPhase[] {
  return [...phases.filter(({ name }) => name !== phase.name), phase];
}
