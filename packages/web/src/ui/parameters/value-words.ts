/** Values of parameters as they are said. */
import { countOf, formatCount, formatNumber } from "@sigma-eds/core";
import { choiceWords } from "./choice-words.js";
import type { Field } from "./schema-fields.js";

/** A value as it is said: `100,000`, `15 keV`, `on`, `Neighbour average, z-score`, `0.2 to 1.5`, `fewest 2, most 5`. */
export function valueWords(value: unknown, field: Field | undefined): string {
  if (value === null) return "automatic";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return [numberWords(value), unitOf(field)].filter((part) => part !== "").join(" ");
  if (typeof value === "string") return field?.choices.includes(value) === true ? choiceWords(value) : value;
  if (Array.isArray(value)) return listWords(value);
  return Object.entries(value as object)
    .map(([name, part]) => {
      const inner = field?.parts.find((one) => one.name === name);
      return `${(inner?.title ?? name).toLowerCase()} ${valueWords(part, inner)}`;
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
