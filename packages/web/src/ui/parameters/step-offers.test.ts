import { parseRecipe, presetRecipe, presets, stages, steps } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { withMethod } from "../../session/recipe-change.js";
import { withoutStep, withStepAdded } from "../../session/recipe-steps.js";
import { stepForms } from "./schema-fields.js";
import { type StepOffer, stepOffers } from "./step-offers.js";

/** A value for what a step cannot do without. */
const given: Readonly<Record<string, unknown>> = { image: "BSE" };

function entryOf({ entry, missing }: StepOffer) {
  return { ...entry, ...Object.fromEntries(missing.map(({ name }) => [name, given[name]])) };
}

test("every step of the registry but the edits is offered, in the order of recipes, with a title and a sentence", () => {
  const offered = stepOffers();
  expect(offered.map(({ step }) => step).toSorted()).toEqual(
    Object.keys(steps)
      .filter((id) => id !== "edit")
      .toSorted(),
  );
  const places = offered.map(({ step }) => stages.indexOf(step));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const { title, summary } of offered)
    expect([title, summary]).toEqual([expect.stringMatching(/^\w/), expect.stringMatching(/\.$/)]);
});

describe.each(stepOffers().map((offer) => [offer.step, offer] as const))("the step %s", (step, offer) => {
  test("goes into every preset, to its place, and out again", () => {
    for (const name of Object.keys(presets)) {
      const before = presetRecipe(name);
      const after = parseRecipe(withStepAdded(before, entryOf(offer)));
      const index = after.steps.findLastIndex((entry) => entry.step === step);
      expect(parseRecipe(withoutStep(after, index))).toEqual(before);
    }
  });

  test("can be given each of its methods by the control of its section", () => {
    const recipe = parseRecipe(withStepAdded(presetRecipe("auto"), entryOf(offer)));
    const index = recipe.steps.findLastIndex((entry) => entry.step === step);
    const form = stepForms(recipe).find((one) => one.index === index);
    expect(form?.methods).toEqual(offer.methods);
    for (const method of offer.methods)
      expect(parseRecipe(withMethod(recipe, index, method)).steps[index]).toMatchObject({ step, method });
  });
});

test("helps speak of what a form shows: automatic, never null", () => {
  const helps = Object.keys(presets).flatMap((id) =>
    stepForms(presetRecipe(id as keyof typeof presets)).flatMap(({ fields }) => fields.map(({ help }) => help)),
  );
  expect(helps.filter((help) => /\bnull\b/.test(help))).toEqual([]);
  expect(helps.some((help) => help.includes("automatic stands for"))).toBe(true);
});
