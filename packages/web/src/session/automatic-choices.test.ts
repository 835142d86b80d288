import { presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { fieldsOfStep } from "../ui/parameters/schema-fields.js";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { automaticChoices, knownHandles } from "./automatic-choices.js";

const said = [
  { code: "smoothing", message: "Spectra were smoothed over 0.86 pixels." },
  { code: "elements", message: "Elements whose lines stand out: Fe." },
];
const analysis = {
  recipe: presetRecipe("auto"),
  choices: [...said.map(({ message }) => message), "The file says so."],
  decisions: said,
  lines: ["Fe_Ka", "Si_Ka"],
  evidence: { phases: [{}, {}, {}] },
} as unknown as AnalysisSnapshot;

test("every parameter that a sentence stands beside is one of the schema, with a title and a help sentence", () => {
  for (const { step, parameters } of knownHandles) {
    const methods = ["pca", "nmf", "umap", "autoencoder", "gaussian-mixture", "k-means", "xpp", undefined];
    const fields = methods.flatMap((method) => fieldsOfStep(step, method));
    for (const parameter of parameters) {
      const field = fields.find(({ name }) => name === parameter);
      expect(field?.title, `${step}.${parameter}`).toBeTruthy();
      expect(field?.help, `${step}.${parameter}`).toMatch(/\.$/);
    }
  }
});

test("what was decided from the data has the parameter that it follows from, in the order of the recipe", () => {
  const choices = automaticChoices(analysis);
  expect(choices[0]).toEqual({
    sentence: said[1]!.message,
    handle: { step: "elements", parameter: "elements", why: "elements" },
    isUsual: false,
  });
  expect(choices.find(({ sentence }) => sentence === said[0]!.message)?.handle).toMatchObject({ parameter: "effectiveCounts" });
  expect(choices.at(-1)).toEqual({ sentence: "The file says so.", handle: undefined, isUsual: false });
});

test("limits that always hold are told with the value that was used, each parameter once", () => {
  const sentences = automaticChoices(analysis).map(({ sentence }) => sentence);
  expect(sentences).toContain("3 phases were found: no further spectrum differs from theirs by a chi-square distance of 0.012.");
  expect(sentences).toContain("A phase must fill 4 connected pixels, at the least.");
  expect(sentences).toContain("Each pixel is laid out beside its 15 nearest in the features.");
  const handles = automaticChoices(analysis).flatMap(({ handle }) =>
    handle === undefined ? [] : `${handle.step} ${handle.parameter}`,
  );
  expect(new Set(handles).size).toBe(handles.length);
});
