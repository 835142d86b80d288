import type { ClassIdentity, FamilyEvidence } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { artefactText, elementRows, overlapSentence, rangeAround, sureness } from "./element-rows.js";

const line = (name: string, measured: number, expected: number) => ({ line: name, measured, expected, error: 10 });

const identity = {
  elements: [
    {
      element: "S",
      significance: 40,
      from: "sample",
      reason: undefined,
      lines: [line("S_Ka", 900, 880)],
      overlaps: [{ line: "S_Ka", with: ["Mo_La", "Pb_Ma"] }],
    },
    { element: "C", significance: 6, from: "film", reason: "A film.", lines: [line("C_Ka", 90, 80)], overlaps: [] },
  ],
  composition: {
    method: "standardless",
    elements: [{ element: "S", massFraction: 0.53, countingError: 0.006, standardsError: 0, modelError: 0.008 }],
  },
} as unknown as ClassIdentity;

test("an element has its mass with the interval of counting; a film has none", () => {
  const [sulphur, carbon] = elementRows(identity);
  expect(sulphur!.mass).toEqual({ percent: 53, half95: expect.closeTo(1.96, 6) });
  expect(carbon).toMatchObject({ mass: undefined, from: "film", mainLine: "C_Ka" });
  expect(sulphur!.families[0]!.lines[0]!.energyKev).toBeCloseTo(2.308, 2);
});

test("the family that decides comes first", () => {
  const family = (name: string) => ({ element: "S", family: name, counts: 5, error: 1, significance: 5, lines: [] });
  const families = [family("L"), family("K"), { ...family("K"), element: "Pb" }] as unknown as FamilyEvidence[];
  expect(elementRows(identity, families)[0]!.families.map((one) => one.family)).toEqual(["K", "L"]);
});

test("overlaps say whose lines are elsewhere seen", () => {
  const overlap = { line: "S_Ka", with: ["Mo_La", "Pb_Ma"] };
  expect(overlapSentence(overlap, ["S"])).toBe("S Kα, Mo Lα and Pb Mα overlap. Mo and Pb are not seen by other lines.");
  expect(overlapSentence(overlap, ["S", "Pb"])).toBe(
    "S Kα, Mo Lα and Pb Mα overlap. Pb is here too; the fit separates them. Mo is not seen by other lines.",
  );
});

test("peaks that are no element's are named after what they come from", () => {
  const peak = { energyKev: 3.48, counts: 200, sigma: 3 };
  expect(artefactText({ kind: "sum", of: ["Si_Ka", "Si_Ka"], ...peak })).toBe("Si Kα + Si Kα at 3.48 keV");
  expect(artefactText({ kind: "escape", of: ["Ca_Ka"], ...peak })).toBe("Escape of Ca Kα at 3.48 keV");
});

test("ranges hold all lines and never fall below zero; sureness ends at 100 standard errors", () => {
  expect(rangeAround([0.2])).toEqual([0, 0.55]);
  const [from, to] = rangeAround([4.5, 6.5])!;
  expect(from).toBeLessThan(4.2);
  expect(to).toBeGreaterThan(6.8);
  expect(rangeAround([Number.NaN])).toBeUndefined();
  expect([sureness(0.1), sureness(10), sureness(1000)]).toEqual([0, 0.5, 1]);
});
