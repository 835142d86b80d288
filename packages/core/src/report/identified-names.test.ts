import { expect, test } from "vitest";
import type { IdentifiedPhase } from "../algorithms/identify/identify-phase.js";
import { identityFrom } from "../pipeline/identified-classes.js";
import { phasesCsv } from "./tables.js";

const candidate = (name: string, series: string | undefined, share: number) => ({ name, series, members: [{ name, share }] });

function identity(verdict: string, ...shown: ReturnType<typeof candidate>[]) {
  const found = {
    name: { verdict, shown, rejected: [], deciding: [], sentence: "" },
    identification: { elements: [], rejected: [], fit: {} },
  } as unknown as IdentifiedPhase;
  return identityFrom(0, { pixels: 9, counts: 9000, pure: true }, 100, () => found).identity;
}

const albite = candidate("albite", "plagioclase", 0.64);

test("a class in a solid solution is called by the series and what it holds most of, never by the end member alone", () => {
  expect(identity("one", albite).name).toBe("plagioclase (64 % albite)");
  expect(identity("one", candidate("quartz", undefined, 1)).name).toBe("quartz");
  expect(identity("mixture", candidate("magnetite", undefined, 0.6), candidate("fayalite", undefined, 0.4)).name).toBe(
    "magnetite + fayalite",
  );
});

test("phases.csv has the same names, also of what else it could be", () => {
  const phase = { id: 0, name: "Ca-Al-Na", colour: "#000000", pixels: 9, areaFraction: 1, areaUm2: undefined };
  const classes = [{ ...phase, counts: 9000, countsPerPixel: 1000, dominantLines: [] }];
  const identities = [identity("set", candidate("oligoclase", undefined, 1), albite)];
  expect(phasesCsv({ classes, identities })).toContain(",oligoclase,set,plagioclase (64 % albite),");
});
