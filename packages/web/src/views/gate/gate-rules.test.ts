import { parseRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { expressionOf, extentOf, histogramOf } from "./gate-rules.js";

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

test("histograms hold every finite value once", () => {
  const data = Float32Array.of(0, 1, 2, 3, 4, Number.NaN);
  expect([...histogramOf(data, extentOf(data), 4)]).toEqual([1, 1, 1, 2]);
  expect(extentOf(Float32Array.of(Number.NaN))).toEqual([0, 1]);
});
