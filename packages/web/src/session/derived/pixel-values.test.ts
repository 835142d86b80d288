import type { PhaseClass } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { probabilityField, ratioField } from "./pixel-values.js";

const map = (line: string, ...counts: number[]) => ({ line, data: Float32Array.from(counts) });
type Maps = NonNullable<Parameters<typeof ratioField>[1]["analysis"]>;

test("a ratio of two lines is in powers of two, whole where there are no counts, and exchanged with its sign turned", () => {
  const maps: unknown = { elementMaps: [map("Ca_Ka", 15.5, 0, 3.5), map("P_Ka", 1.5, 0, 31.5)] };
  const analysis = maps as Maps;
  const field = ratioField({ over: "Ca_Ka", under: "P_Ka" }, { analysis })!;
  expect([...field.data]).toEqual([3, 0, -3]);
  expect([...ratioField({ over: "P_Ka", under: "Ca_Ka" }, { analysis })!.data]).toEqual([-3, 0, 3]);
  expect(field.title).toBe("Ca Kα over P Kα");
  expect(ratioField({ over: "Ca_Ka", under: "P_Ka" }, { analysis })!.data).toBe(field.data);
  expect(ratioField({ over: "Ca_Ka", under: "Fe_Ka" }, { analysis })).toBeUndefined();
});

test("the probability of a class is its column, whatever its id; nothing where memberships are of other classes", () => {
  const phase = (id: number, name: string) => ({ id, name });
  const classes: unknown = [phase(7, "Quartz"), phase(2, "Calcite")];
  const analysis = {
    classes: classes as PhaseClass[],
    membership: { classes: 2, data: Float32Array.of(0.75, 0.25, 0.5, 0.5) },
  };
  const field = probabilityField(2, analysis)!;
  expect([...field.data]).toEqual([0.25, 0.5]);
  expect([field.title, field.fixed]).toEqual(["Probability of Calcite", [0, 1]]);
  expect(probabilityField(3, analysis)).toBeUndefined();
  expect(probabilityField(2, { ...analysis, membership: { classes: 3, data: new Float32Array(6) } })).toBeUndefined();
});
