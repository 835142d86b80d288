import { expect, test } from "vitest";
import { editSchema } from "./edit-schema.js";
import { lastingNames } from "./lasting-names.js";
import { replay } from "./replay.js";
import { labelsOfPicture, smallAnalysis } from "./small-analysis.test-support.js";

const context = { seed: 1 };
/** Class k of the small map has most counts in channels k, k + 4, k + 8 and so on; a class without pixels has no name of its own. */
const kindOf = (spectrum: Float64Array): string => {
  const sums = [0, 1, 2, 3].map((kind) => spectrum.reduce((sum, value, c) => sum + (c % 4 === kind ? value : 0), 0));
  const most = Math.max(...sums);
  return most === 0 ? "Class" : "ABCD"[sums.indexOf(most)]!;
};
const box = (x0: number, y0: number, x1: number, y1: number) => ({
  on: "map",
  shape: [6, 8],
  corners: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]], // biome-ignore format: corners
});

async function names(edits: readonly object[], labels?: Int32Array): Promise<Record<number, string>> {
  const parsed = edits.map((edit) => editSchema.parse({ step: "edit", ...edit }));
  const edited = await replay(smallAnalysis(labels), parsed, context);
  expect(edited.edits?.outcomes.flatMap(({ refusal }) => refusal?.message ?? [])).toEqual([]);
  return Object.fromEntries(await lastingNames(edited, kindOf, context));
}

const rightSide = { action: "polygon", regions: [box(6, 0, 8, 5)], target: "new" };

test("a class keeps the name that it was found with when its pixels go, and a new one gets another", async () => {
  expect(await names([rightSide])).toEqual({ 0: "A", 1: "B", 2: "C", 3: "C 2" });
  const ofAnother = { action: "polygon", regions: [box(0, 0, 3, 6)], target: 2 };
  expect(await names([ofAnother])).toEqual({ 0: "A", 1: "B", 2: "C" });
});

test("a new class keeps the name of what it began with, whatever it is given, and when one made before it goes", async () => {
  const one = { action: "polygon", regions: [box(6, 0, 7, 3)], target: "new" };
  const other = { action: "polygon", regions: [box(7, 0, 8, 3)], target: "new" };
  const more = { action: "polygon", regions: [box(0, 0, 3, 6)], target: 4 };
  expect(await names([one, other])).toMatchObject({ 3: "C 2", 4: "C 3" });
  expect(await names([one, other, more])).toMatchObject({ 3: "C 2", 4: "C 3" });
  expect(await names([one, other, { action: "delete", id: 3 }])).toMatchObject({ 4: "C 3" });
});

test("what a person said stands: another class of that name gets a number, and numbers do not move up", async () => {
  const twice = labelsOfPicture(["00011122", "00011122", "00011122", "00011122", "00011122", "00011122"]);
  expect(await names([{ action: "rename", id: 0, name: "B" }], twice)).toEqual({ 0: "B", 1: "B 2", 2: "C" });
  const split = { action: "split", id: 0 };
  const rename = { action: "rename", id: 0, name: "Rim" };
  expect(await names([split])).toEqual({ 0: "A", 1: "B", 2: "C", 3: "A 2" });
  expect(await names([split, rename])).toEqual({ 0: "Rim", 1: "B", 2: "C", 3: "A 2" });
});

test("without edits there are no names to keep", async () => {
  expect(await lastingNames(smallAnalysis(), kindOf, context)).toEqual(new Map());
});
