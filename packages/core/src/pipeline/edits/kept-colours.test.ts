import { expect, test } from "vitest";
import type { Analysis } from "../analysis.js";
import { worstColourDistance } from "../colours/colour-vision.js";
import { carriedEdits, sameClasses } from "./carried-edits.js";
import { classTableOf } from "./class-table.js";
import { type Edit, type EditInput, editSchema } from "./edit-schema.js";
import { replay } from "./replay.js";
import { labelsOfPicture, smallAnalysis } from "./small-analysis.test-support.js";

const context = { seed: 3 };
const edit = (given: object): Edit => editSchema.parse({ step: "edit", ...given } as EditInput);
/** Colours that differ from those of any map of three or four classes. */
const chosen = [
  edit({ action: "recolour", id: 0, colour: "#111111" }),
  edit({ action: "recolour", id: 1, colour: "#222222" }),
  edit({ action: "recolour", id: 2, colour: "#333333" }),
];
/** The classes of the small map with their numbers exchanged, and a fourth in the corner of the first. */
const fourClasses = () =>
  smallAnalysis(labelsOfPicture(["33322200", "11122200", "11122.00", "1112..00", "11222200", "11222211"]));

function coloursOf({ labels, ...analysis }: Analysis): Record<number, string> {
  const { entries } = classTableOf({ labels, ...analysis }, labels!);
  return Object.fromEntries(entries.map(({ id, colour }) => [id, colour]));
}

async function again(edited: Analysis, fresh: Analysis): Promise<{ edits: Edit[]; analysis: Analysis }> {
  const same = sameClasses(edited.edits?.before.labels ?? edited.labels!, fresh.labels!);
  const { edits } = await carriedEdits(edited, fresh, same, context);
  return { edits, analysis: await replay(fresh, edits, context) };
}

test("a class that is found again keeps the colour that it was found with, whatever its number; one that is new gets one that no class had", async () => {
  const before = coloursOf(smallAnalysis());
  const fresh = fourClasses();
  const { edits, analysis } = await again(smallAnalysis(), fresh);
  expect(edits.map(({ action }) => action)).toEqual(["keep-colours"]);
  const now = coloursOf(analysis);
  expect(coloursOf(fresh)).not.toMatchObject({ 0: before[2], 1: before[0], 2: before[1] });
  expect(now).toMatchObject({ 0: before[2], 1: before[0], 2: before[1] });
  expect(Object.values(before)).not.toContain(now[3]);
  // It lies between classes 1 and 2.
  for (const neighbour of [now[1]!, now[2]!]) expect(worstColourDistance(now[3]!, neighbour)).toBeGreaterThan(14);
});

test("what a person coloured goes with its class as an edit, and what is undone has the colour that the class was found with", async () => {
  const { edits, analysis } = await again(await replay(smallAnalysis(), chosen, context), fourClasses());
  expect(edits.map(({ action }) => action)).toEqual(["keep-colours", "recolour", "recolour", "recolour"]);
  expect(coloursOf(analysis)).toMatchObject({ 0: "#333333", 1: "#111111", 2: "#222222" });
  const found = coloursOf(smallAnalysis());
  expect(coloursOf(await replay(fourClasses(), edits.slice(0, -1), context))).toMatchObject({ 0: found[2] });
});

test("runs do not pile up edits, and classes that come back as they were need none", async () => {
  let analysis = smallAnalysis();
  for (const next of [fourClasses, () => smallAnalysis(), fourClasses, () => smallAnalysis(), fourClasses]) {
    const run = await again(analysis, next());
    expect(run.edits.length).toBeLessThan(2);
    analysis = run.analysis;
  }
  const back = await again(analysis, smallAnalysis());
  expect(back.edits).toEqual([]);
  expect(coloursOf(back.analysis)).toEqual(coloursOf(smallAnalysis()));
});

test("classes that an edit made or merged keep their colours too, by an edit behind it", async () => {
  const corner = edit({ action: "polygon", regions: [{ on: "map", corners: [[0, 4], [2, 4], [2, 6], [0, 6]] }] }); // biome-ignore format: corners
  const edited = await replay(smallAnalysis(), [corner, edit({ action: "merge", ids: [1, 2] })], context);
  const before = coloursOf(edited);
  // Class 1 of before is not found again: its colour is free for the class that is made, and 2 is the larger of the merged.
  const fresh = smallAnalysis(labelsOfPicture(["00011122", "00011122", "00011.22", "0022..22", "00222222", "00222200"]));
  const { edits, analysis } = await again(edited, fresh);
  const made = coloursOf(analysis);
  expect(made[3]).toBe(before[3]);
  expect(Object.values(made)).toContain(before[1]);
  const behind = edits.slice(edits.findIndex(({ action }) => action === "polygon"));
  expect(behind.map(({ action }) => action).filter((action) => action !== "keep-colours")).toEqual(["polygon", "merge"]);
  expect(behind.at(-1)?.action).toBe("keep-colours");
});

test("colours for classes that are not there are passed over; an edit of none that is there is refused", async () => {
  const some = edit({ action: "keep-colours", colours: [{ id: 1, colour: "#ABCDEF" }, { id: 9, colour: "#000000" }] }); // biome-ignore format: colours
  const none = edit({ action: "keep-colours", colours: [{ id: 9, colour: "#000000" }] });
  const { edits } = await replay(smallAnalysis(), [some, none], context);
  expect(edits!.outcomes.map(({ refusal }) => refusal?.code)).toEqual([undefined, "class-gone"]);
  expect(edits!.table.entries[1]!.colour).toBe("#abcdef");
});
