/** Forms made from the schemas of the steps: title, unit, range, default and help of every parameter come from the core. */
import { type Recipe, type RecipeStep, recipeJsonSchema, steps } from "@sigma-eds/core";
import { choiceWords } from "./choice-words.js";

export type FieldKind = "number" | "integer" | "switch" | "choice" | "words" | "text" | "json";

export interface Field {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** One sentence: what it does. */
  readonly help: string;
  readonly kind: FieldKind;
  /** Undefined where the schema has none: left open. */
  readonly standard: unknown;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Words that it may be; of a number those that stand in place of one, such as `auto`. */
  readonly choices: readonly string[];
  /** Words that each entry of a list may be; empty where it may be any. */
  readonly items: readonly string[];
  /** The fields of what it holds, where that is an object or a list of objects. */
  readonly parts: readonly Field[];
  /** It may be left open. */
  readonly optional: boolean;
}

export interface StepForm {
  /** Position in the recipe. */
  readonly index: number;
  readonly step: RecipeStep["step"];
  readonly title: string;
  readonly summary: string;
  readonly method: string | undefined;
  /** Methods of the step, where it has several. */
  readonly methods: readonly string[];
  readonly fields: readonly Field[];
}

type Json = Readonly<Record<string, unknown>>;

/** One form for each step of the recipe, edits left out: they are acts, not parameters. */
export function stepForms(recipe: Recipe): StepForm[] {
  return recipe.steps.flatMap((entry, index) => (entry.step === "edit" ? [] : [formOf(entry, index)]));
}

/** The fields of a step with its defaults, for a step that is not in the recipe yet. */
export function fieldsOfStep(step: string, method?: string): Field[] {
  const variant = variantOf(step, method);
  return variant === undefined ? [] : fieldsOf(variant);
}

/** The fields of what a parameter holds: of an object, or of each entry of a list; none for a plain parameter. */
export function fieldsWithin(step: string, method: string | undefined, name: string): readonly Field[] {
  return fieldsOfStep(step, method).find((field) => field.name === name)?.parts ?? [];
}

/** Methods of a step, in the order of the schema; none where it has but one way. */
export function methodsOfStep(step: string): string[] {
  return variantsOf(step).flatMap((schema) => constOf(schema, "method") ?? []);
}

function formOf(entry: RecipeStep, index: number): StepForm {
  const { title, summary } = steps[entry.step];
  const methods = methodsOfStep(entry.step);
  const method = "method" in entry && methods.length > 0 ? entry.method : undefined;
  return {
    index,
    step: entry.step,
    title,
    summary,
    method,
    methods,
    fields: fieldsOfStep(entry.step, method),
  };
}

/** Parameters of the recipe as a whole that decide on results: the seed. */
export function fieldsOfRecipe(): Field[] {
  const properties = record(record(recipeJsonSchema())["properties"]);
  return [fieldOf("seed", record(properties["seed"]), true)];
}

let known: readonly Json[] | undefined;

/** The schemas of a step: one, or one for each method. */
function variantsOf(step: string): Json[] {
  known ??= flattened(record(record(record(recipeJsonSchema())["properties"])["steps"])["items"]);
  return known.filter((schema) => constOf(schema, "step") === step);
}

/** The schema of a method, or of the step where its methods share one: there the method is a parameter like others. */
function variantOf(step: string, method: string | undefined): Json | undefined {
  const variants = variantsOf(step);
  const isOne = method === undefined || variants.every((schema) => constOf(schema, "method") === undefined);
  return isOne ? variants[0] : variants.find((schema) => constOf(schema, "method") === method);
}

function flattened(schema: unknown): Json[] {
  const { oneOf, anyOf } = record(schema);
  const parts = Array.isArray(oneOf) ? oneOf : Array.isArray(anyOf) ? anyOf : undefined;
  return parts === undefined ? [record(schema)] : parts.flatMap(flattened);
}

function constOf(schema: Json, name: string): string | undefined {
  const value = record(record(schema["properties"])[name])["const"];
  return typeof value === "string" ? value : undefined;
}

function fieldsOf(schema: Json): Field[] {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(record(schema["properties"])).flatMap(([name, property]): Field[] => {
    if (constOf(schema, name) !== undefined) return [];
    return [fieldOf(name, record(property), !required.includes(name))];
  });
}

function fieldOf(name: string, property: Json, optional: boolean): Field {
  const parts = flattened(property);
  const values = parts.filter(({ type }) => type !== "null");
  const main = values.find((part) => !isChoice(part)) ?? values[0] ?? property;
  const choices = choicesOf(parts);
  const items = choicesOf([record(main["items"])]);
  return {
    name,
    title: text(property["title"]) || name,
    unit: text(property["unit"]),
    help: helpWords(text(property["description"]), [...choices, ...items]),
    kind: kindOf(main, parts, choices),
    standard: property["default"],
    minimum: limit(main["minimum"]),
    maximum: limit(main["maximum"]),
    choices,
    items,
    parts: fieldsOf(record(main["items"] ?? main)),
    optional: optional && (property["default"] === undefined || property["default"] === null),
  };
}

/**
 * A help as a form says it. A recipe says null where a form is left empty, and shows "automatic"; and it explains its choices by the words that programs know
 * (`eom: ...; leaf: ...`), where a form has others.
 */
function helpWords(help: string, choices: readonly string[]): string {
  return choices
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (words, choice) =>
        words.replace(
          new RegExp(`(^|[.;] |, )${escaped(choice)}(?=: |; |\\.)`, "g"),
          (_, before) => `${before}${choiceWords(choice)}`,
        ),
      help.replace(/\bnull\b/g, "automatic"),
    );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function kindOf(main: Json, parts: readonly Json[], choices: readonly string[]): FieldKind {
  const types = parts.map(({ type }) => type).filter((type) => type !== "null");
  if (choices.length > 0 && parts.every(isChoice)) return "choice";
  if (types.length > 1 && !(isNumber(main) && parts.every((part) => part === main || isChoice(part)))) return "json";
  if (isNumber(main)) return main["type"];
  if (main["type"] === "boolean") return "switch";
  if (main["type"] === "string") return "text";
  if (main["type"] === "array" && record(main["items"])["type"] === "string") return "words";
  return "json";
}

function isNumber(part: Json): part is Json & { readonly type: "number" | "integer" } {
  return part["type"] === "number" || part["type"] === "integer";
}

function isChoice(part: Json): boolean {
  return Array.isArray(part["enum"]) || part["const"] !== undefined;
}

function choicesOf(parts: readonly Json[]): string[] {
  return parts.flatMap((part) => {
    const all = Array.isArray(part["enum"]) ? part["enum"] : part["const"] === undefined ? [] : [part["const"]];
    return all.map(String);
  });
}

function record(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Safe-integer limits stand for none. */
function limit(value: unknown): number | undefined {
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}
