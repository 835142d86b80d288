import { type Analysis, countsFromDense, parseRecipe, type Recipe, startAnalysis } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { labelsOnMapOf } from "./same-place.js";

function mapped(width: number, height: number, ...views: unknown[]): { recipe: Recipe; analysis: Analysis } {
  const axis = (name: string, size: number) => ({ name, size, offset: 0, scale: 1, units: "um" });
  const image = {
    title: "small",
    counts: countsFromDense([height, width], 4, new Uint8Array(width * height * 4)),
    navigationAxes: [axis("y", height), axis("x", width)],
    energyAxis: { name: "energy", size: 4, offset: 0, scale: 1, units: "keV" },
    ...{ images: [], originalMetadata: {}, loadReport: { findings: [] } },
    metadata: { detector: {}, elements: [] },
  };
  return { recipe: parseRecipe({ schemaVersion: 1, steps: [...views, { step: "elements" }] }), analysis: startAnalysis(image) };
}

const whole = mapped(6, 4);
const labels = Int32Array.from({ length: 24 }, (_, p) => p);

test("the same map has the labels that it had", () => {
  expect(labelsOnMapOf({ ...whole, labels }, mapped(6, 4))).toEqual(labels);
});

test("a part of the map has those of its place, and joined pixels that of their middle; what lies outside has none", () => {
  const crop = mapped(3, 2, { step: "crop", x: [2, 5], y: [1, 3] });
  expect([...labelsOnMapOf({ ...whole, labels }, crop)!]).toEqual([8, 9, 10, 14, 15, 16]);
  const joined = mapped(3, 2, { step: "bin", factor: 2 });
  expect([...labelsOnMapOf({ ...whole, labels }, joined)!]).toEqual([7, 9, 11, 19, 21, 23]);
  const back = labelsOnMapOf({ ...joined, labels: Int32Array.of(0, 1, 2, 3, 4, 5) }, whole)!;
  expect([...back.subarray(0, 12)]).toEqual([0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2]);
  const outside = labelsOnMapOf({ ...crop, labels: Int32Array.of(0, 1, 2, 3, 4, 5) }, whole)!;
  expect([...outside.subarray(6, 12)]).toEqual([-1, -1, 0, 1, 2, -1]);
  expect(outside.slice(0, 6).every((label) => label === -1)).toBe(true);
});
