import { makePhantom, presetRecipe, runRecipe, type SpectrumImage } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { shownWarning, shownWarnings } from "./warnings.js";

function actionsTold() {
  const told: string[] = [];
  const actions = {
    openPanel: (id: string) => told.push(`panel ${id}`),
    openView: (id: string) => told.push(`view ${id}`),
    showAllControls: (all: boolean) => told.push(`all ${all}`),
  };
  return { told, actions };
}

test("a thin sample: what the core warns of leads to the tab that measures amounts", async () => {
  const { image } = await makePhantom({ title: "Thin", width: 12, height: 10, countsPerPixel: 200 });
  const thin: SpectrumImage = { ...image, metadata: { ...image.metadata, instrument: "TEM" } };
  const steps = presetRecipe("auto").steps.filter(({ step }) =>
    ["elements", "find-phases", "spectra", "identify"].includes(step),
  );
  const { analysis } = await runRecipe(thin, { ...presetRecipe("auto"), steps });
  const { told, actions } = actionsTold();
  const shown = shownWarnings(analysis.warnings, actions).find(({ sentence }) => sentence.startsWith("Phases are not named"));
  expect(shown?.sentence).toMatch(/by Cliff and Lorimer's method, in the tab Amounts\.$/);
  expect(shown?.act?.label).toBe("Open Amounts");
  shown?.act?.run();
  expect(told).toEqual(["panel quantities"]);
});

test("other sentences stay as they are", () => {
  expect(shownWarning("Class 4 has few counts.", actionsTold().actions)).toEqual({
    sentence: "Class 4 has few counts.",
    act: undefined,
  });
});
