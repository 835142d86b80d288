import { parseRecipe, presetRecipe, steps } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import {
  editsSentence,
  expectedSeconds,
  recipeWithoutStability,
  recipeWithStability,
  stabilityRows,
  stabilitySentence,
} from "./stability-rows.js";

const auto = presetRecipe("auto");
const stability = {
  runs: 5,
  resample: "thinning",
  classNumbers: [3, 3, 2, 3, 3],
  classes: [
    { id: 0, jaccard: 0.9, found: 1 },
    { id: 1, jaccard: 0.6, found: 0.8 },
    { id: 2, jaccard: 0.3, found: 0 },
  ],
  pixels: Float32Array.of(1, 0.6, Number.NaN, 0.8, 0.2),
} as const;
const classes = [
  { id: 0, name: "Quartz", colour: "#355cc1" },
  { id: 2, name: "Glass", colour: "#dab000" },
] as unknown as AnalysisSnapshot["classes"];

test("each class as it was found, with what Hennig's limits say of it; one that edits took away keeps its number", () => {
  expect(stabilityRows({ classes }, stability).map(({ name, verdict }) => [name, verdict])).toEqual([
    ["Quartz", "stable"],
    ["Class 2, edited away", "doubtful"],
    ["Glass", "dissolves"],
  ]);
  expect(stabilitySentence(stability)).toMatch(/^Found 5 times more, .*half of the counts.*: 2 to 3 classes\. 50\.0\s%/u);
});

test("that edits are not repeated is said, and only where there are any that were applied", () => {
  const outcome = (refusal: object | undefined) => ({ refusal });
  const edits = (...outcomes: object[]) =>
    ({
      edits: { outcomes: outcomes.map((outcome) => ({ edit: { action: "merge" }, ...outcome })) },
    }) as unknown as AnalysisSnapshot;
  expect(editsSentence({ edits: undefined })).toBeUndefined();
  expect(editsSentence(edits(outcome({ code: "locked" })))).toBeUndefined();
  expect(editsSentence(edits(outcome(undefined), outcome(undefined)))).toMatch(/before your 2 edits/);
});

test("the step stands after the spectra, once, and goes again", () => {
  const tried = parseRecipe(recipeWithStability(auto, { runs: 7 })!);
  const ids = tried.steps.map(({ step }) => step);
  expect(ids[ids.indexOf("spectra") + 1]).toBe("stability");
  const again = parseRecipe(recipeWithStability(tried, { resample: "none" })!);
  expect(again.steps.filter(({ step }) => step === "stability")).toEqual([{ step: "stability", runs: 7, resample: "none" }]);
  expect(recipeWithoutStability(again)).toEqual(auto);
  expect(recipeWithStability(parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }] }), {})).toBeUndefined();
});

test("what it will take is what the repeated steps took, times the runs", () => {
  const took = (step: "find-phases" | "embed", seconds: number) =>
    ({ title: steps[step].title, state: "done", fraction: 1, message: undefined, seconds }) as const;
  expect(expectedSeconds(auto, [took("find-phases", 4), took("embed", 20)], 5)).toBe(20);
  expect(expectedSeconds(presetRecipe("sigma-umap-gmm"), [took("find-phases", 4), took("embed", 20)], 2)).toBe(40);
  expect(expectedSeconds(auto, [], 5)).toBeUndefined();
});
