/** Parameters of a step that differ from what the core takes by itself. */
import { parseRecipe, type RecipeStep } from "@sigma-eds/core";

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** Not parameters, but what the step is. */
const IDENTITY = new Set(["step", "method", "action"]);
const LONGEST = 60;

export function fieldsOfRecipeStep(entry: RecipeStep): NamedValue[] {
  const standard = standardOf(entry);
  return Object.entries(entry).flatMap(([name, value]) => {
    if (IDENTITY.has(name) || value === undefined || JSON.stringify(value) === JSON.stringify(standard[name])) return [];
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return [{ name, value: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text }];
  });
}

/** The step with its defaults; none for edits, which have no defaults to speak of. */
function standardOf(entry: RecipeStep): Readonly<Record<string, unknown>> {
  if (entry.step === "edit") return {};
  const bare = { step: entry.step, ...("method" in entry ? { method: entry.method } : {}) };
  const [filled] = parseRecipe({ schemaVersion: 1, steps: [bare] }).steps;
  return filled as Readonly<Record<string, unknown>>;
}
