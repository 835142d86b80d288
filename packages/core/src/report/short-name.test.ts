import { expect, test } from "vitest";
import type { NameCandidate } from "../algorithms/name-phases/name-phase.js";
import { shortName } from "./short-name.js";

const named = (name: string, series?: string): NameCandidate => ({ name, series }) as NameCandidate;

test("one name stands alone, two stand together, more are counted, a series goes by its own name", () => {
  expect(shortName({ verdict: "one", shown: [named("annite", "biotite")] })).toBe("biotite");
  expect(shortName({ verdict: "set", shown: [named("calcite"), named("aragonite")] })).toBe("calcite or aragonite");
  expect(shortName({ verdict: "set", shown: [named("quartz"), named("opal"), named("coesite")] })).toBe("quartz or 2 others");
  expect(shortName({ verdict: "mixture", shown: [named("magnetite"), named("fayalite")] })).toBe("magnetite + fayalite");
  expect(shortName({ verdict: "none", shown: [] })).toBe("–");
});
