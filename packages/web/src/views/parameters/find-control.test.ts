import { presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { stepForms } from "../../ui/parameters/schema-fields.js";
import { fieldsFound, methodFound } from "./find-control.js";

const forms = stepForms(presetRecipe("auto"));
const found = (sought: string): string[] =>
  forms.flatMap((form) => fieldsFound(form, sought).map(({ name }) => `${form.step}.${name}`));

test("a control is found by its name, by words of its help, and with all of its step by the step's name", () => {
  const all = forms.flatMap(({ step, fields }) => fields.map(({ name }) => `${step}.${name}`));
  expect(found("")).toEqual(all);
  expect(found("  NEIGHBOURS ")).toContain("embed.nNeighbors");
  expect(found("neighbours").length).toBeLessThan(all.length / 2);
  expect(found("no such control")).toEqual([]);
  for (const { step, title, fields } of forms) for (const { name } of fields) expect(found(title)).toContain(`${step}.${name}`);
});

test("the choice of a method is found by the name of any of them", () => {
  const form = { title: "Latent space", methods: ["pca", "umap"] };
  expect(methodFound(form, "umap")).toBe(true);
  expect(methodFound(form, "latent method")).toBe(true);
  expect(methodFound(form, "smooth")).toBe(false);
});
