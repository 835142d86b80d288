import { parseRecipe, presetRecipe, type Recipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import { captionOf } from "./paper-figure.js";

const grid = { width: 30, height: 20, frames: 1, pixelSizeUm: [2, 2] } as const;
const image = {
  title: "P45",
  name: "P45.bcf",
  grid,
  metadata: { beamEnergyKev: 20 },
  totalCounts: 1234,
} as unknown as LoadedImage;

function caption(recipe: Recipe): string {
  const analysis = { grid, classes: [{}, {}], recipe } as unknown as AnalysisSnapshot;
  return captionOf({ title: "Phase map", subject: undefined }, image, analysis).replace(/[\u00a0\u202f]/g, " ");
}

const auto = presetRecipe("auto");
const withSteps = (...more: unknown[]): Recipe => {
  const at = auto.steps.findIndex(({ step }) => step === "spectra");
  return parseRecipe({ ...auto, steps: [...auto.steps.slice(0, at), ...more, ...auto.steps.slice(at)] });
};

test("a caption says whether anything was set or moved by hand", () => {
  expect(caption(auto)).toBe(
    "Phase map of P45; 20 kV; 30 × 20 pixels of 2 µm; 1,234 counts; 2 classes found with SIGMA (automatic recipe, seed 0).",
  );
  expect(caption(withSteps({ step: "edit", action: "rename", id: 0, name: "Quartz" }))).toContain("(automatic recipe, seed 0)");
  expect(caption(withSteps({ step: "edit", action: "merge", ids: [0, 1] }))).toContain(
    "(automatic recipe, edited by hand, seed 0)",
  );
  const steps = auto.steps.map((entry) => (entry.step === "find-phases" ? { ...entry, detail: 0.3 } : entry));
  expect(caption(parseRecipe({ ...auto, steps }))).toContain("(automatic recipe, with settings changed, seed 0)");
  expect(caption({ ...auto, name: undefined })).toContain("(an own recipe, seed 0)");
});
