import type { ClassIdentity, NameCandidate } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { exampleEdits } from "./example-edits.js";
import { isOwnWork } from "./saved-page.js";

const candidate = (name: string, series?: string): NameCandidate => ({ name, series }) as NameCandidate;
const identity = (id: number, verdict: ClassIdentity["verdict"], ...shown: readonly NameCandidate[]): ClassIdentity =>
  ({ id, verdict, shown }) as unknown as ClassIdentity;
const found = {
  classes: [
    { id: 0, name: "Si-O", pixels: 20 },
    { id: 1, name: "C", pixels: 90 },
    { id: 2, name: "Mg-Fe", pixels: 10 },
    { id: 3, name: "K-Al", pixels: 10 },
    { id: 4, name: "Fe", pixels: 5 },
  ],
  identities: [
    identity(0, "one", candidate("quartz")),
    identity(1, "set", candidate("graphite"), candidate("diamond")),
    identity(2, "one", candidate("annite", "biotite")),
    identity(3, "set", candidate("orthoclase"), candidate("sanidine")),
    identity(4, "mixture", candidate("magnetite"), candidate("fayalite")),
  ],
} as unknown as Pick<AnalysisSnapshot, "classes" | "identities">;

test("names with evidence are taken, the largest class is the tape, mixtures keep the name of their lines", () => {
  const [names, tape] = exampleEdits(found);
  expect(names).toMatchObject({ sentence: "Named 3 classes" });
  expect(names?.edits).toEqual([
    { step: "edit", action: "rename", id: 0, name: "Quartz" },
    { step: "edit", action: "rename", id: 2, name: "Biotite" },
    { step: "edit", action: "rename", id: 3, name: "Orthoclase" },
  ]);
  expect(tape).toMatchObject({ sentence: "Renamed “C” to “Carbon tape”" });
  expect(tape?.edits.map((edit) => [edit.action, "id" in edit && edit.id])).toEqual([
    ["rename", 1],
    ["recolour", 1],
  ]);
});

test("an example as it came is nobody's work; one more edit, or one less, makes it that", () => {
  const timeline = exampleEdits(found);
  expect(isOwnWork({ timeline, applied: 2 })).toBe(false);
  expect(isOwnWork({ timeline, applied: 1 })).toBe(true);
  expect(isOwnWork({ timeline: [...timeline, { id: 3, kind: "edit", sentence: "", edits: [] }], applied: 3 })).toBe(true);
});
