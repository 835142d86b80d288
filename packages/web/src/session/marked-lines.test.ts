import { parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot, LoadedImage } from "../worker/engine-protocol.js";
import { identifiedElements, linesMarked, markedElements, recipeWithLines, toggledElement } from "./marked-lines.js";

const part = (element: string, from: string) => ({ element, from });

test("only what is of the specimen counts as identified, each element once", () => {
  const identities = [
    { elements: [part("Si", "sample"), part("C", "film")] },
    { elements: [part("Fe", "sample"), part("Si", "sample"), part("Cu", "instrument")] },
  ];
  expect(identifiedElements({ identities } as unknown as AnalysisSnapshot)).toEqual(["Si", "Fe"]);
  expect(identifiedElements({ identities: undefined })).toEqual([]);
  expect(identifiedElements(undefined)).toEqual([]);
});

test("an element with several marked lines is marked once, and what the recipe names comes before what was found", () => {
  const analysis = { lines: ["O_Ka"] } as unknown as AnalysisSnapshot;
  const recipe = parseRecipe(recipeWithLines(presetRecipe("auto"), ["Fe_La", "Si_Ka", "Fe_Ka"]));
  expect(markedElements({ recipe, analysis, image: undefined })).toEqual(["Fe", "Si"]);
  expect(markedElements({ recipe: presetRecipe("auto"), analysis, image: undefined })).toEqual(["O"]);
});

test("before a result the lines that were found at reading are marked, or those of the elements that the file names; a mark is added to them", () => {
  const recipe = presetRecipe("auto");
  const metadata = { elements: ["Fe"], beamEnergyKev: 15 };
  const image = (lines: readonly string[] | undefined) => ({ lines, metadata }) as unknown as LoadedImage;
  expect(linesMarked({ recipe, analysis: undefined, image: image(["O_Ka", "Si_Ka"]) })).toEqual(["O_Ka", "Si_Ka"]);
  expect(linesMarked({ recipe, analysis: undefined, image: image(undefined) })).toEqual(["Fe_Ka"]);
  const marked = toggledElement(linesMarked({ recipe, analysis: undefined, image: image(["O_Ka", "Si_Ka"]) }), "P", 15);
  expect(marked).toEqual(["O_Ka", "Si_Ka", "P_Ka"]);
});
