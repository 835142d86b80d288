import { parseRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { binsOver } from "../../worker/value-bins.js";
import { gateFields } from "./gate-fields.js";
import { expressionOf, extentOf, gateSentence, isBinIn } from "./gate-rules.js";

const extents: Readonly<Record<string, readonly [number, number]>> = { Fe_Ka: [0, 90], S_Ka: [0, 20], entropy: [0, 1] };

test("rules become one condition that a recipe takes; limits at the ends are left out", () => {
  const rules = [{ name: "Fe_Ka", from: 12.3456789, to: 90 }, { name: "S_Ka", from: 0, to: 3 }, { name: "entropy", from: 0, to: 1 }]; // biome-ignore format: rules
  const expression = expressionOf(rules, (name) => extents[name]!);
  expect(expression).toBe("Fe_Ka >= 12.3457 and S_Ka <= 3");
  const regions = [{ on: "gate", expression, of: "maps", mode: "replace" }];
  const recipe = { schemaVersion: 1, steps: [{ step: "find-phases" }, { step: "edit", action: "polygon", regions }] };
  expect(() => parseRecipe(recipe)).not.toThrow();
});

test("no limit, no condition", () => {
  expect(expressionOf([{ name: "Fe_Ka", from: 0, to: 90 }], (name) => extents[name]!)).toBe("");
});

test("all limits are said in one sentence, with their units", () => {
  const rules = [{ name: "Fe_Ka", from: 12, to: 40 }, { name: "S_Ka", from: 0, to: 3 }, { name: "entropy", from: 0, to: 1 }]; // biome-ignore format: rules
  const field = (name: string) => ({ title: name, unit: name === "entropy" ? "" : "counts", extent: extents[name]! });
  const sentence = "A pixel is selected when Fe_Ka is from 12 to 40 counts AND S_Ka is at most 3 counts.";
  expect(gateSentence(rules, field)).toBe(sentence);
  expect(gateSentence([], field)).toBe("A pixel is selected when every rule holds.");
});

test("values that are no number limit nothing", () => {
  expect(extentOf(Float32Array.of(0, 1.5, Number.NaN, 4))).toEqual([0, 4]);
  expect(extentOf(Float32Array.of(Number.NaN))).toEqual([0, 1]);
});

test("a bin is let through where the rule takes a whole number of it, or its middle", () => {
  const whole = binsOver([0, 89], true, 60);
  const taken = (from: number, to: number) =>
    Array.from({ length: whole.count }, (_, bin) => bin).filter((bin) => isBinIn(whole, bin, { name: "", from, to }, true));
  expect([taken(7, 7), taken(8, 9), taken(9, 12), taken(0, 89).length]).toEqual([[3], [4], [4, 5, 6], 45]);
  const shares = binsOver([0, 1], false, 4);
  expect([0, 1, 2, 3].map((bin) => isBinIn(shares, bin, { name: "", from: 0.3, to: 0.7 }, false))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("the area of the grain is offered in pixels, and in square micrometres where the scale is known", () => {
  const labels = Int32Array.of(0, 0, 1, 0, 1, -1);
  const grid = { width: 3, height: 2, frames: 1, pixelSizeUm: [0.5, 0.5] as const };
  const [pixels, area] = gateFields({ elementMaps: [], membership: undefined, labels, grid });
  expect([...pixels!.data]).toEqual([3, 3, 2, 3, 2, Number.NaN]);
  expect(pixels).toMatchObject({ name: "grain_px", unit: "px", isWhole: true, extent: [2, 3] });
  expect(area).toMatchObject({ name: "grain_um2", unit: "µm²", isWhole: false, extent: [0.5, 0.75] });
  const unknown = gateFields({ elementMaps: [], membership: undefined, labels, grid: { ...grid, pixelSizeUm: undefined } });
  expect(unknown.map(({ name }) => name)).toEqual(["grain_px"]);
});
