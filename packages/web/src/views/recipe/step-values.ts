/** Parameters of a step that differ from what the core takes by itself, in words. */
import { countOf, formatCount, formatNumber, parseRecipe, type RecipeStep } from "@sigma-eds/core";
import { choiceWords } from "../../ui/parameters/choice-words.js";
import { type Field, fieldsOfStep, fieldsWithin } from "../../ui/parameters/schema-fields.js";

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
  const standard = standardOf(entry);
  const method = "method" in entry ? entry.method : undefined;
  const fields = fieldsOfStep(entry.step, method);
  return Object.entries(entry).flatMap(([name, value]) => {
    if (IDENTITY.has(name) || value === undefined || JSON.stringify(value) === JSON.stringify(standard[name])) return [];
    const field = fields.find((one) => one.name === name);
    return [{ name: field?.title ?? name, value: valueWords(value, field, fieldsWithin(entry.step, method, name)) }];
  });
}

/** A value as it is said: `100,000`, `15 keV`, `on`, `Neighbour average, z-score`, `0.2 to 1.5`, `fewest 2, most 5`. */
function valueWords(value: unknown, field: Field | undefined, within: readonly Field[]): string {
  if (value === null) return "automatic";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return [numberWords(value), unitOf(field)].filter((part) => part !== "").join(" ");
  if (typeof value === "string") return field?.choices.includes(value) === true ? choiceWords(value) : value;
  if (Array.isArray(value)) return listWords(value);
  return Object.entries(value as object)
    .map(([name, part]) => {
      const inner = within.find((one) => one.name === name);
      return `${(inner?.title ?? name).toLowerCase()} ${valueWords(part, inner, [])}`;
    })
    .join(", ");
}

function listWords(values: readonly unknown[]): string {
  if (values.length === 0) return "none";
  if (values.every(isRange)) return values.map(([from, to]) => `${numberWords(from)} to ${numberWords(to)}`).join(", ");
  const names = values.map(nameOf);
  return names.every((name) => name !== undefined) ? names.join(", ") : countOf(values.length, "entry", "entries");
}

function isRange(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "number");
}

/** Of one of a list: a number, a word, or what carries a name. */
function nameOf(value: unknown): string | undefined {
  if (typeof value === "number") return numberWords(value);
  if (typeof value === "string") return value.length > 2 && value === value.toLowerCase() ? choiceWords(value) : value;
  const name = typeof value === "object" && value !== null ? (value as { readonly name?: unknown }).name : undefined;
  return typeof name === "string" ? name : undefined;
}

function numberWords(value: number): string {
  return Number.isSafeInteger(value) ? formatCount(value) : formatNumber(value, 6);
}

/** What is counted stands in the title already. */
function unitOf(field: Field | undefined): string {
  if (field === undefined || field.title.toLowerCase().includes(field.unit.toLowerCase())) return "";
  return field.unit;
}

/** The step with its defaults. */
function standardOf(entry: Exclude<RecipeStep, { step: "edit" }>): Readonly<Record<string, unknown>> {
  const bare = { step: entry.step, ...("method" in entry ? { method: entry.method } : {}) };
  const [filled] = parseRecipe({ schemaVersion: 1, steps: [bare] }).steps;
  return filled as Readonly<Record<string, unknown>>;
}
