import type { IdentifiedPixels } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { fitMarks } from "./fit-marks.js";

const element = (name: string, line: string, significance: number) => ({ element: name, significance, lines: [{ line }] });

const answer = {
  identity: { elements: [element("Si", "Si_Ka", 90), element("Al", "Al_Ka", 30), element("Fe", "Fe_Ka", 20)] },
  artefacts: [{ kind: "escape", energyKev: 1.95, of: ["Ca_Ka"], counts: 40, sigma: 3 }],
} as unknown as IdentifiedPixels;

test("marks stand in the order of energy, artefacts with a dagger, and only those in view", () => {
  expect(fitMarks(answer, [1, 3]).map(({ name }) => name)).toEqual(["Al", "Si", "†"]);
});

test("of names that would lie over each other the surer stays", () => {
  expect(fitMarks(answer, [0, 20]).map(({ name }) => name)).toEqual(["Si", "Fe"]);
});
