import { parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import {
  areaAround,
  areaInFile,
  areaKeptNext,
  areaWords,
  countsOfArea,
  cropOf,
  isWhole,
  sharesOfArea,
  withCrop,
} from "./crop-area.js";

const size = { width: 6, height: 4 };
const pixels = (...chosen: readonly number[]) => Uint8Array.from({ length: 24 }, (_, p) => (chosen.includes(p) ? 1 : 0));

test("the area around a selection is the smallest rectangle that holds it, whichever frame it is in", () => {
  expect(areaAround(pixels(8, 16), size)).toEqual({ x: [2, 5], y: [1, 3] });
  expect(areaAround(pixels(3, 13), { width: 6, height: 2 })).toEqual({ x: [1, 4], y: [0, 1] });
  expect(areaAround(pixels(), size)).toBeUndefined();
  expect(areaWords({ x: [2, 5], y: [1, 3] })).toBe("x 2 to 4, y 1 to 2");
});

test("a crop stands where the recipe allows it, is read back, and goes without leaving a step", () => {
  const recipe = presetRecipe("auto");
  const area = { x: [2, 5], y: [1, 3] } as const;
  const cropped = parseRecipe(withCrop(recipe, area));
  expect(cropped.steps[0]).toEqual({ step: "crop", x: [2, 5], y: [1, 3] });
  expect(cropOf(cropped, size)).toEqual(area);
  expect(parseRecipe(withCrop(cropped, undefined))).toEqual(recipe);
  const given = parseRecipe({
    schemaVersion: 1,
    steps: [{ step: "calibrate" }, { step: "crop", energyKev: [1, 9] }, { step: "bin" }],
  });
  const both = parseRecipe(withCrop(given, area));
  expect(both.steps.map(({ step }) => step)).toEqual(["calibrate", "crop", "bin"]);
  expect(both.steps[1]).toEqual({ step: "crop", energyKev: [1, 9], x: [2, 5], y: [1, 3] });
  expect(parseRecipe(withCrop(both, undefined))).toEqual(given);
});

test("an area of a map that is cropped and binned already is told in pixels of the file", () => {
  const shown = parseRecipe({
    schemaVersion: 1,
    steps: [
      { step: "crop", x: [10, 31], y: [4, 20] },
      { step: "bin", factor: 2 },
    ],
  });
  expect(areaInFile({ x: [1, 11], y: [0, 3] }, shown, { width: 100, height: 80 })).toEqual({ x: [12, 31], y: [4, 10] });
  expect(areaInFile({ x: [1, 3], y: [0, 2] }, undefined, size)).toEqual({ x: [1, 3], y: [0, 2] });
  expect(isWhole(cropOf(undefined, size), size)).toBe(true);
  expect(isWhole(cropOf(shown, { width: 100, height: 80 }), { width: 100, height: 80 })).toBe(false);
});

test("what the next run keeps is told in pixels of the map that is shown, and only where that is less than the map", () => {
  const file = { width: 100, height: 80 };
  const shown = parseRecipe({
    schemaVersion: 1,
    steps: [
      { step: "crop", x: [10, 31], y: [4, 20] },
      { step: "bin", factor: 2 },
    ],
  });
  const next = parseRecipe({ schemaVersion: 1, steps: [{ step: "crop", x: [12, 31], y: [4, 10] }] });
  expect(areaKeptNext(shown, next, file)).toEqual({ x: [1, 10], y: [0, 3] });
  expect(areaKeptNext(undefined, next, file)).toEqual({ x: [12, 31], y: [4, 10] });
  expect(areaKeptNext(shown, shown, file)).toBeUndefined();
  expect(areaKeptNext(shown, parseRecipe({ schemaVersion: 1, steps: [{ step: "bin" }] }), file)).toBeUndefined();
});

test("shares of pixels and of counts are those of the area", () => {
  const countMap = Float32Array.from({ length: 24 }, (_, p) => p);
  const grid = { ...size, frames: 1, pixelSizeUm: undefined };
  const inside = [8, 9, 10, 14, 15, 16].reduce((sum, value) => sum + value, 0);
  expect(sharesOfArea({ x: [2, 5], y: [1, 3] }, { grid, countMap })).toEqual({ pixels: 6 / 24, counts: inside / 276 });
});

test("counts of an area, row by row", () => {
  const image = {
    grid: { width: 4, height: 3, frames: 1, pixelSizeUm: undefined },
    countMap: Float32Array.from({ length: 12 }, (_, p) => p),
  };
  expect([...countsOfArea({ x: [1, 3], y: [1, 3] }, image)]).toEqual([5, 6, 9, 10]);
});
