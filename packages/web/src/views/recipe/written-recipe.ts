/** A recipe as an expert writes it: read, or what is wrong with it and where. */
import { parseRecipe, type Recipe } from "@sigma-eds/core";
import { recipeRefusal } from "../../session/recipe-steps.js";
import { jsonPlaces, lineAt, placeOfPath, type TextPlace } from "./json-places.js";

export interface WritingFault {
  /** `Line 12: a comma or ] is missing.` */
  readonly sentence: string;
  readonly place: TextPlace;
}

export type Written = { readonly recipe: Recipe } | { readonly fault: WritingFault };

/** Edits are refused: they are made on the classes, and stand in the history. */
export function readWritten(text: string): Written {
  const read = jsonPlaces(text);
  if ("fault" in read) {
    const { at, expected } = read.fault;
    return faultAt(text, { start: at, end: Math.min(text.length, at + 1) }, `${expected} is expected here.`);
  }
  const value: unknown = JSON.parse(text);
  const refusal = recipeRefusal(value);
  const placeOf = (path: string): TextPlace => placeOfPath(read.places, path) ?? { start: 0, end: text.length };
  if (refusal !== undefined) {
    const { field = "", sentence } = refusal;
    return faultAt(text, placeOf(field), field === "" ? sentence : `${field}: ${sentence}`);
  }
  const recipe = parseRecipe(value);
  const edit = recipe.steps.findIndex(({ step }) => step === "edit");
  if (edit < 0) return { recipe };
  return faultAt(
    text,
    placeOf(`steps.${edit}`),
    "edits are made on the classes, not written here. Open a recipe file to take its edits over.",
  );
}

function faultAt(text: string, place: TextPlace, what: string): Written {
  return { fault: { sentence: `Line ${lineAt(text, place.start)}: ${what}`, place } };
}
