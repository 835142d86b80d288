/** Values of parameters as people type them. */
import { formatNumber, withDecimalSign } from "@sigma-eds/core";
import { choiceWords } from "./choice-words.js";
import type { Field } from "./schema-fields.js";

export type Reading = { readonly value: unknown } | { readonly problem: string };

/** What a text means for a field, or what is wrong with it, in words. An empty text leaves an optional parameter open. */
export function readField(field: Field, text: string): Reading {
  const trimmed = text.trim();
  if (field.kind !== "switch" && field.choices.includes(trimmed.toLowerCase())) return { value: ofChoice(trimmed.toLowerCase()) };
  if (trimmed === "" && field.optional) return { value: field.standard === null ? null : undefined };
  switch (field.kind) {
    case "number":
    case "integer":
      return readNumber(field, trimmed);
    case "choice":
      return { problem: `One of ${field.choices.map(choiceWords).join(", ")}.` };
    case "switch":
      return { value: trimmed === "true" };
    case "text":
      return trimmed === "" ? { problem: "Write something." } : { value: trimmed };
    case "words":
      return readWords(field, trimmed);
    case "json":
      return readJson(trimmed);
  }
}

/** A value as JSON that is longer than this is not for a field of one line, characters. */
const LONGEST = 400;

/** What stands in place of the field of a value that is too long for one; undefined where it is not. */
export function summaryText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || JSON.stringify(value).length <= LONGEST) return undefined;
  const size = Array.isArray(value) ? value.length : Object.keys(value).length;
  return size === 1 ? "1 entry" : `${size} entries`;
}

/** The text of a value in its field. */
export function fieldText(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (field.kind === "words" && Array.isArray(value)) return value.map((word) => itemText(field, String(word))).join(", ");
  if (field.kind === "json") return typeof value === "string" && field.choices.includes(value) ? value : JSON.stringify(value);
  return field.kind === "number" ? withDecimalSign(String(value)) : String(value);
}

export function isStandard(field: Field, value: unknown): boolean {
  return value === undefined || JSON.stringify(value) === JSON.stringify(field.standard);
}

/** Whether somebody chose a value: it is given, and is not what the parameter is by itself. */
export function isChosen(value: unknown, usual: unknown): boolean {
  return (
    value !== undefined &&
    JSON.stringify(value) !== JSON.stringify(usual ?? null) &&
    JSON.stringify(value) !== JSON.stringify(usual)
  );
}

/** `3 to 100 standard errors` */
export function rangeText({ minimum, maximum, unit }: Field): string {
  const range =
    minimum !== undefined && maximum !== undefined
      ? `${plain(minimum)} to ${plain(maximum)}`
      : minimum !== undefined
        ? `at least ${plain(minimum)}`
        : maximum !== undefined
          ? `at most ${plain(maximum)}`
          : "";
  return [range, unit].filter((part) => part !== "").join(" ");
}

/** Words between commas or spaces; of a list whose entries are known, the words of its form or of the recipe, between commas. */
function readWords(field: Field, text: string): Reading {
  const { items } = field;
  if (items.length === 0) return { value: text.split(/[\s,;]+/).filter((word) => word !== "") };
  const words = text.split(/[,;]/).map((word) => word.trim().toLowerCase());
  const value = words
    .filter((word) => word !== "")
    .map((word) => items.find((item) => [item, choiceWords(item).toLowerCase()].includes(word)));
  if (value.includes(undefined)) return { problem: `Write any of ${items.map(choiceWords).join(", ")}, with commas between.` };
  return { value };
}

function itemText({ items }: Field, word: string): string {
  return items.includes(word) ? choiceWords(word) : word;
}

function readNumber(field: Field, text: string): Reading {
  const value = Number(text.replace(",", ".").replace("−", "-"));
  const { minimum = -Infinity, maximum = Infinity } = field;
  if (text === "" || !Number.isFinite(value)) return { problem: `Write a number${orWords(field)}.` };
  if (field.kind === "integer" && !Number.isInteger(value)) return { problem: `Write a whole number${orWords(field)}.` };
  if (value < minimum || value > maximum) return { problem: `${rangeText({ ...field, unit: "" })}.` };
  return { value };
}

/** `, or all` */
function orWords({ choices }: Field): string {
  return choices.length === 0 ? "" : `, or ${choices.join(" or ")}`;
}

/** Numbers among the choices are numbers in the recipe: 4 or 8 neighbours. */
function ofChoice(text: string): unknown {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function readJson(text: string): Reading {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: "Write it as JSON, for example [1, 2]." };
  }
}

function plain(value: number): string {
  return formatNumber(value, 6);
}
