import { histogram, parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import type { StageSpread } from "../../worker/engine-protocol.js";
import { parseDistributionsSpec } from "./distributions-spec.js";
import { recipeWithTreatments, spreadFigures, spreadsTable, treatmentsOf } from "./treatments.js";

const auto = presetRecipe("auto");

test("treatments go after the features, in the place of those that were there, or away altogether", () => {
  expect(treatmentsOf(auto)).toEqual(["neighbour-average", "z-score"]);
  const other = parseRecipe(recipeWithTreatments(auto, ["softmax", "z-score"])!);
  const ids = other.steps.map(({ step }) => step);
  expect(ids).toEqual(auto.steps.map(({ step }) => step));
  expect(treatmentsOf(other)).toEqual(["softmax", "z-score"]);
  const none = parseRecipe(recipeWithTreatments(auto, [])!);
  expect(none.steps.map(({ step }) => step)).not.toContain("normalise");
  expect(parseRecipe(recipeWithTreatments(none, ["neighbour-average", "z-score"])!)).toEqual(auto);
  expect(recipeWithTreatments(parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }] }), [])).toBeUndefined();
});

const spread = { line: "Fe_Ka", histogram: histogram([1, 2, 2, 4], 3, [1, 4]), zeros: 5, selected: Float64Array.of(0, 1, 0) };
const stages: readonly StageSpread[] = [
  { after: "counts", spreads: [spread] },
  { after: "z-score", spreads: [{ ...spread, zeros: 0, selected: undefined }] },
];

test("the table has a row for each bin of each stage, zeros apart", () => {
  const lines = tableCsv(spreadsTable(stages)).trim().split("\r\n");
  expect(lines[0]).toBe("stage,after,line,from,to,pixels,selected");
  expect(lines[1]).toBe("0,counts,Fe_Ka,0,0,5,");
  expect(lines.slice(2, 5)).toEqual(["0,counts,Fe_Ka,1,2,1,0", "0,counts,Fe_Ka,2,3,2,1", "0,counts,Fe_Ka,3,4,1,0"]);
  expect(lines).toHaveLength(9);
});

test("figures: the last stage first, each complete", () => {
  const [first, second] = spreadFigures(stages);
  expect(first!.title).toBe("Fe Kα, z-score");
  expect(second!.draw(300)).toMatch(/^<svg[\s\S]*5 pixels with none[\s\S]*<\/svg>\s*$/);
});

test("settings that do not fit become the default", () => {
  expect(parseDistributionsSpec({ mode: "step by step" }).mode).toBe("step by step");
  expect(parseDistributionsSpec({ mode: 3 }).mode).toBe("as clustered");
});
