import { expect, test } from "vitest";
import type { NameCandidate } from "../algorithms/name-phases/name-phase.js";
import { shortName } from "./short-name.js";

const named = (name: string, series?: string): NameCandidate =>
  ({ name, series, members: [{ name, share: 0.64 }] }) as unknown as NameCandidate;

test("one name stands alone, two stand together, more are counted, a series says what it holds most of", () => {
  expect(shortName({ verdict: "one", shown: [named("annite", "biotite")] })).toBe("biotite (64 % annite)");
  expect(shortName({ verdict: "set", shown: [named("albite", "plagioclase"), named("quartz")] })).toBe("plagioclase or quartz");
  expect(shortName({ verdict: "set", shown: [named("calcite"), named("aragonite")] })).toBe("calcite or aragonite");
  expect(shortName({ verdict: "set", shown: [named("quartz"), named("opal"), named("coesite")] })).toBe("quartz or 2 others");
  expect(shortName({ verdict: "mixture", shown: [named("magnetite"), named("fayalite")] })).toBe("magnetite + fayalite");
  expect(shortName({ verdict: "none", shown: [] })).toBe("–");
});
