import { othersColour } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { classesAsShown, othersOf, othersWords } from "./others.js";

function found(count: number, evidence?: object): AnalysisSnapshot {
  const classes = Array.from({ length: count }, (_, id) => ({ id, pixels: id === 0 ? 1 : 100 - id }));
  return { classes, evidence, recipe: { steps: [{ step: "find-phases" }] } } as unknown as AnalysisSnapshot;
}

test("more classes than there are colours: the smallest are others; of a search that goes on, all but twelve", () => {
  expect(othersOf(found(24, {})).size).toBe(0);
  expect([...othersOf(found(26, {}))]).toEqual([25, 0]);
  expect(othersOf(found(26)).size).toBe(14);
  expect(othersOf(undefined).size).toBe(0);
  expect(othersWords(found(12))).toBeUndefined();
  expect(othersWords(found(25, {}))).toBe("the smallest class as others");
  expect(othersWords(found(26))).toBe("the 14 smallest classes as others");
});

test("pictures show others in one grey, the rest as they are", () => {
  const analysis = found(26, {});
  const shown = classesAsShown(analysis);
  expect(shown.filter(({ colour }) => colour === othersColour).map(({ id }) => id)).toEqual([0, 25]);
  expect(shown[1]).toBe(analysis.classes[1]);
});
