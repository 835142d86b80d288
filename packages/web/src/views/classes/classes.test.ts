import { expect, test } from "vitest";
import type { Selection } from "../../session/linked.js";
import { areaText, intervalText, shareText } from "../../ui/area-text.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { classRows, idsBetween, mediansOf, nestedLabels, sortedRows, unassignedRow } from "./class-rows.js";

const phase = (id: number, name: string, pixels: number) => ({
  id,
  name,
  colour: "#355cc1",
  pixels,
  areaFraction: pixels / 6,
  areaUm2: undefined,
  counts: pixels * 100,
  countsPerPixel: 100,
  dominantLines: [],
});

/** Six pixels: three of class 0, two of class 4, one unassigned. */
const analysis = {
  labels: Int32Array.from([0, 0, 0, 4, 4, -1]),
  classes: [phase(0, "b", 3), phase(4, "a", 2)],
  membership: { classes: 2, data: Float32Array.from([1, 0, 0.9, 0.1, 0.8, 0.2, 0.5, 0.5, 0.4, 0.6, 0, 0]) },
} as unknown as AnalysisSnapshot;

const selection: Selection = { mask: Uint8Array.from([1, 0, 0, 1, 1, 1]), count: 4, made: "", parts: [] };

test("rows tell area, its interval, and the share of the selection", () => {
  const [first, second] = classRows(analysis, selection);
  expect(first).toMatchObject({ id: 0, number: 1, areaFraction: 0.5, inSelection: 0.25, doubtful: undefined });
  expect(second).toMatchObject({ id: 4, number: 2, inSelection: 0.5 });
  // 1.96 sqrt(0.09 + 0.16 + 0.25 + 0.24) / 6
  expect(first!.interval95).toBeCloseTo((1.96 * Math.sqrt(0.74)) / 6, 6);
  expect(second!.doubtful).toBeCloseTo(0.5, 2);
  expect(unassignedRow(analysis, selection)).toEqual({ pixels: 1, areaFraction: 1 / 6, inSelection: 0.25 });
});

test("nothing selected is no share, not a share of nothing", () => {
  const none: Selection = { mask: new Uint8Array(6), count: 0, made: "", parts: [] };
  expect(classRows(analysis, none)[0]!.inSelection).toBeUndefined();
});

test("median memberships are those of each class's own pixels", () => {
  expect(mediansOf(analysis)?.get(0)).toBeCloseTo(0.9, 2);
  expect(mediansOf(analysis)?.get(4)).toBeCloseTo(0.5, 2);
});

test("rows are sorted, and a range is taken in the order shown", () => {
  const rows = classRows(analysis, selection);
  expect(sortedRows(rows, "name").map(({ id }) => id)).toEqual([4, 0]);
  expect(sortedRows(rows, "area").map(({ id }) => id)).toEqual([0, 4]);
  expect(idsBetween(rows, 4, 0)).toEqual([0, 4]);
  expect(idsBetween(rows, undefined, 4)).toEqual([4]);
});

test("numbers of the list", () => {
  expect([areaText(0.478), areaText(0.0004), areaText(0)]).toEqual(["47.8", "< 0.1", "–"]);
  expect([areaText(0.43296, 0.0009), areaText(0.0004, 0.0003), areaText(0.00001, 0.004)]).toEqual(["43.30", "0.04", "< 0.1"]);
  expect([intervalText(0.009), intervalText(0.0004), intervalText(undefined)]).toEqual(["0.9", "0.04", "?"]);
  expect([shareText(0.764), shareText(0.001), shareText(undefined)]).toEqual(["76 %", "< 1 %", "–"]);
});

test("parts of a class are numbered within it, and stand behind it", () => {
  const part = (id: number, from: number, action: "split" | "recluster" = "split") => ({
    id,
    madeOf: [{ action, from: [from] }],
  });
  const classes = [
    { id: 0, madeOf: [{ action: "split" as const, from: [0] }] },
    { id: 1 },
    part(2, 0),
    part(3, 0, "recluster"),
    part(4, 2),
  ];
  expect(nestedLabels(classes)).toEqual(["1", "2", "1.1", "1.2", "1.1.1"]);
  expect(nestedLabels([{ id: 1 }, part(2, 0)])).toEqual(["1", "2"]);
  expect(nestedLabels([{ id: 0 }, { id: 5, madeOf: [{ action: "merge" as const, from: [0, 5] }] }])).toEqual(["1", "2"]);
  const labelled = ["2", "1.10", "1.2", "1"].map((label) => ({ label }) as never);
  expect(sortedRows(labelled, "number").map(({ label }) => label)).toEqual(["1", "1.2", "1.10", "2"]);
});
