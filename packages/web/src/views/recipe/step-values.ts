/** Parameters of a step that differ from what the core takes by itself, in words. */
import type { RecipeStep } from "@sigma-eds/core";
import { fieldsOfStep } from "../../ui/parameters/schema-fields.js";
import { usualEntry } from "../../ui/parameters/usual-values.js";
import { valueWords } from "../../ui/parameters/value-words.js";

export interface NamedValue {
  /** The title of the parameter, as its field has it. */
  readonly name: string;
  readonly value: string;
}

/** Not parameters, but what the step is. */
const IDENTITY = new Set(["step", "method"]);

/** None for edits: what they are is a sentence of its own. */
export function fieldsOfRecipeStep(entry: RecipeStep): NamedValue[] {
  if (entry.step === "edit") return [];
  const method = "method" in entry ? entry.method : undefined;
  const standard = usualEntry(entry.step, method);
  const fields = fieldsOfStep(entry.step, method);
  return Object.entries(entry).flatMap(([name, value]) => {
    if (IDENTITY.has(name) || value === undefined || JSON.stringify(value) === JSON.stringify(standard[name])) return [];
    const field = fields.find((one) => one.name === name);
    return [{ name: field?.title ?? name, value: valueWords(value, field) }];
  });
}
