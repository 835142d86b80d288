import { parseRecipe, presetRecipe, presets } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { parameterOf, withMethod, withParameter, withParameterOf } from "../../session/recipe-change.js";
import { fieldText, isStandard, rangeText, readField } from "../../ui/parameters/field-values.js";
import { fieldsOfStep, stepForms } from "../../ui/parameters/schema-fields.js";

const field = (step: string, name: string, method?: string) => fieldsOfStep(step, method).find((one) => one.name === name)!;

test("every parameter of every preset has a title, a help sentence and a control", () => {
  for (const name of Object.keys(presets)) {
    for (const form of stepForms(presetRecipe(name))) {
      expect(form.title).not.toBe("");
      for (const one of form.fields) {
        expect(one.title, `${form.step} ${one.name}`).not.toBe(one.name);
        expect(one.help, `${form.step} ${one.name}`).toMatch(/\.$/);
      }
    }
  }
});

test("range, unit and default come from the schema", () => {
  expect(field("find-phases", "significance")).toMatchObject({
    kind: "number",
    standard: 8,
    minimum: 3,
    maximum: 100,
    unit: "standard errors",
  });
  expect(rangeText(field("find-phases", "significance"))).toBe("3 to 100 standard errors");
  expect(field("embed", "metric", "umap")).toMatchObject({ kind: "choice", choices: ["euclidean", "manhattan", "cosine"] });
  expect(field("embed", "nEpochs", "umap")).toMatchObject({ kind: "integer", optional: true });
  expect(field("find-phases", "correctDrift").kind).toBe("switch");
  expect(field("elements", "elements").kind).toBe("words");
});

describe("what is typed", () => {
  test("numbers are checked against their range", () => {
    const significance = field("find-phases", "significance");
    expect(readField(significance, "5,5")).toEqual({ value: 5.5 });
    expect(readField(significance, "2")).toEqual({ problem: "3 to 100." });
    expect(readField(significance, "many")).toHaveProperty("problem");
    expect(readField(field("find-phases", "smallestGrain"), "2.5")).toEqual({ problem: "Write a whole number." });
  });

  test("a number or a word in its place", () => {
    const endmembers = field("unmix", "nComponents", "nmf");
    expect(endmembers).toMatchObject({ kind: "integer", standard: "all", choices: ["all"], minimum: 1, maximum: 200 });
    expect(fieldText(endmembers, "all")).toBe("all");
    expect(readField(endmembers, "All")).toEqual({ value: "all" });
    expect(readField(endmembers, "4")).toEqual({ value: 4 });
    expect(readField(endmembers, "some")).toEqual({ problem: "Write a number, or all." });
    expect(fieldText(field("unmix", "classes", "nmf"), "all")).toBe("all");
  });

  test("lists of words, and parameters left open", () => {
    expect(readField(field("elements", "elements"), "Fe, Mg Si")).toEqual({ value: ["Fe", "Mg", "Si"] });
    expect(readField(field("embed", "nEpochs", "umap"), "")).toEqual({ value: null });
    expect(fieldText(field("elements", "elements"), ["Fe", "Mg"])).toBe("Fe, Mg");
    expect(isStandard(field("find-phases", "detail"), 0.012)).toBe(true);
  });

  test("what is written as JSON says so when it is not", () => {
    const ranges = field("find-phases", "ignoredEnergiesKev");
    expect(readField(ranges, "[[0, 1]]")).toEqual({ value: [[0, 1]] });
    expect(readField(ranges, "[[0, 1")).toHaveProperty("problem");
  });
});

describe("changes are recipes again", () => {
  const auto = presetRecipe("auto");

  test("a parameter set, and set back", () => {
    const set = parseRecipe(withParameterOf(auto, "find-phases", "detail", 0.03));
    expect(parameterOf(set, "find-phases", "detail")).toBe(0.03);
    const index = set.steps.findIndex(({ step }) => step === "find-phases");
    expect(parseRecipe(withParameter(set, index, "detail", undefined))).toEqual(auto);
  });

  test("a step that was not there stands in the right place", () => {
    const binned = parseRecipe(withParameterOf(auto, "bin", "factor", 2, ["elements"]));
    expect(binned.steps[0]).toMatchObject({ step: "bin", factor: 2 });
  });

  test("another method starts at its defaults", () => {
    const index = auto.steps.findIndex(({ step }) => step === "embed");
    expect(parseRecipe(withMethod(auto, index, "pca")).steps[index]).toMatchObject({ step: "embed", method: "pca" });
  });
});
