/** Parameters of a step that differ from what the core takes by itself. */
import { formatCount, parseRecipe, type RecipeStep } from "@sigma-eds/core";
import { fieldsOfStep } from "../../ui/parameters/schema-fields.js";

export interface NamedValue {
  /** The title of the parameter, as its field has it. */
  readonly name: string;
  readonly value: string;
}

/** Not parameters, but what the step is. */
const IDENTITY = new Set(["step", "method", "action"]);
const LONGEST = 60;

export function fieldsOfRecipeStep(entry: RecipeStep): NamedValue[] {
  const standard = standardOf(entry);
  const fields = entry.step === "edit" ? [] : fieldsOfStep(entry.step, "method" in entry ? entry.method : undefined);
  return Object.entries(entry).flatMap(([name, value]) => {
    if (IDENTITY.has(name) || value === undefined || JSON.stringify(value) === JSON.stringify(standard[name])) return [];
    const text = textOf(value);
    const title = fields.find((field) => field.name === name)?.title ?? name;
    return [{ name: title, value: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text }];
  });
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return Number.isSafeInteger(value) ? formatCount(value as number) : JSON.stringify(value);
}

/** The step with its defaults; none for edits, which have no defaults to speak of. */
function standardOf(entry: RecipeStep): Readonly<Record<string, unknown>> {
  if (entry.step === "edit") return {};
  const bare = { step: entry.step, ...("method" in entry ? { method: entry.method } : {}) };
  const [filled] = parseRecipe({ schemaVersion: 1, steps: [bare] }).steps;
  return filled as Readonly<Record<string, unknown>>;
}
