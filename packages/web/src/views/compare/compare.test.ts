import { type ComparedResult, compareResults } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import { resultBeforeEdits } from "../../session/kept-results.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { agreementSentence, confusionTable, matchRows, valueText } from "./comparison-rows.js";
import { matchTable } from "./comparison-tables.js";

const result = (labels: number[], names: Readonly<Record<number, string>>, recipe: unknown = {}): ComparedResult => ({
  labels: Int32Array.from(labels),
  shape: [2, labels.length / 2],
  classes: Object.entries(names).map(([id, name]) => ({
    id: Number(id),
    name,
    areaFraction: labels.filter((label) => label === Number(id)).length / labels.length,
  })),
  spectra: [],
  recipe,
});

const before = result([0, 0, 0, 1, 1, 2, 2, -1], { 0: "Quartz", 1: "Mica", 2: "Ore" }, { seed: 1 });
const after = result([4, 4, 4, 4, 1, 1, 1, 1], { 1: "Rest", 4: "Quartz" }, { seed: 2 });

test("classes are matched by their pixels, and those without a partner come last", () => {
  const comparison = compareResults(before, after);
  const rows = matchRows(comparison, before, after);
  expect(rows.map(({ firstName, secondName }) => [firstName, secondName])).toEqual([
    ["Quartz", "Quartz"],
    ["Ore", "Rest"],
    ["Mica", "–"],
  ]);
  expect(rows[0]!.overlap).toBe(0.75);
  expect(agreementSentence(comparison)).toMatch(/37\.5.% of the pixels changed/);
  expect(tableCsv(matchTable(rows)).split("\r\n")[3]).toBe("1,Mica,,–,0.25,,,");
});

test("the confusion follows the order of the matches, with unassigned pixels last", () => {
  const table = confusionTable(compareResults(before, after), before, after)!;
  expect(table.columns.map(({ name }) => name)).toEqual(["Quartz", "Rest"]);
  expect(table.rows.map(({ name, counts, partner }) => [name, ...counts, partner])).toEqual([
    ["Quartz", 3, 0, 0],
    ["Ore", 0, 2, 1],
    ["Mica", 1, 1, -1],
    ["Unassigned", 0, 1, -1],
  ]);
});

test("the same result twice has nothing to tell", () => {
  const comparison = compareResults(before, before);
  expect(agreementSentence(comparison)).toBe("Every pixel is in the class that it was in.");
  expect(comparison.recipe).toEqual([]);
});

test("values of a recipe are cut where they are long", () => {
  expect([valueText(undefined), valueText("x"), valueText([1, 2])]).toEqual(["absent", "x", "[1,2]"]);
  expect(valueText("x".repeat(99))).toHaveLength(60);
});

test("the classes before edits are those that the method found", () => {
  const analysis = {
    labels: Int32Array.of(0, 0),
    classes: [{ id: 0, name: "Both" }],
    edits: { before: { labels: Int32Array.of(0, 3) } },
    grid: { width: 2, height: 1, frames: 1 },
    recipe: { steps: [{ step: "find-phases" }, { step: "edit" }] },
  } as unknown as AnalysisSnapshot;
  expect(resultBeforeEdits(analysis)).toMatchObject({
    classes: [
      { id: 0, name: "Both, as found", areaFraction: 0.5 },
      { id: 3, name: "Class 4, as found" },
    ],
    recipe: { steps: [{ step: "find-phases" }] },
  });
  expect(resultBeforeEdits({ ...analysis, edits: undefined })).toBeUndefined();
});
