import { featureTreatments, histogram, parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import { linkedValues } from "../../session/linked.js";
import type { StageSpread } from "../../worker/engine-protocol.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { chainSentence } from "./chain-words.js";
import { distributionRows } from "./distribution-rows.js";
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
  expect(second!.draw(300)).toMatch(/^<svg[\s\S]*Fe Kα, counts per pixel[\s\S]*<\/svg>\s*$/);
  expect(second!.subject).toContain("5 pixels with none left out");
});

test("figures: the axis of values is named by its quantity and has round numbers, 0 among them, within the page", () => {
  const spread = { line: "O_Ka", histogram: { edges: Float64Array.of(-6.2, -2, 1, 3.4), counts: Float64Array.of(2, 9, 4) } };
  const stage = {
    after: "z-score",
    spreads: [{ ...spread, zeros: 0, selected: undefined }],
  } as unknown as (typeof stages)[number];
  const svg = spreadFigures([stage])[0]!.draw(317);
  expect(svg).toContain("O Kα, z-score (standard deviations from the mean)");
  const numbers = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle"[^>]*>([−\d.]+)</g)];
  expect(numbers.map(([, , value]) => Number(value!.replace("−", "-")))).toEqual([-6, -4, -2, 0, 2]);
  for (const [, x, value] of numbers) {
    expect(Number(x) - 3 * value!.length).toBeGreaterThanOrEqual(0);
    expect(Number(x) + 3 * value!.length).toBeLessThanOrEqual(317);
  }
});

test("settings that do not fit become the default", () => {
  expect(parseDistributionsSpec({ mode: "step by step" }).mode).toBe("step by step");
  expect(parseDistributionsSpec({ mode: 3 }).mode).toBe("as clustered");
});

test("what was done to the features is a sentence, whatever was done", () => {
  expect(chainSentence(["divided by the counts of the pixel", "neighbour-average", "z-score"])).toBe(
    "divided by the counts of the pixel, then averaged with the eight neighbours, then brought to mean 0 and spread 1 for each line.",
  );
  expect(chainSentence([])).toBe("the same counts, as they are.");
  for (const treatment of featureTreatments) expect(chainSentence([treatment])).not.toContain(treatment);
});

test("counts and features that are counts still have the same bins; others have their own", () => {
  const { session } = smallMapSession(linkedValues());
  const data = Float32Array.from({ length: 24 * 16 }, (_, p) => 1 + (p % 12));
  const elementMaps = [{ line: "Fe_Ka", fromKev: 6, toKev: 7, background: "none", data }] as const;
  const rowsOf = (treatment: readonly string[]) => {
    const features = { lines: ["Fe_Ka"], data: data.map((value) => value / 4), windows: [], treatment };
    const [row] = distributionRows({ ...session.analysis!, elementMaps, features });
    return [row!.before!.histogram.edges, row!.after!.histogram.edges] as const;
  };
  const [counts, averaged] = rowsOf(["neighbour-average"]);
  expect(averaged).toEqual(counts);
  expect([...counts]).toEqual([-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5]);
  const [, scaled] = rowsOf(["neighbour-average", "z-score"]);
  expect([scaled[0], scaled.at(-1)]).toEqual([0.25, 3]);
});
