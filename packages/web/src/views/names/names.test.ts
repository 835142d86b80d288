import { type ClassIdentity, type NameCandidate, parseRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { decidingSentence, freeName, nameRows } from "./name-rows.js";
import { checkedPhase, libraryOfRecipe, libraryOfText, recipeWithLibrary, textOfLibrary, withPhase } from "./own-library.js";

const candidate = (name: string, more: Partial<NameCandidate> = {}): NameCandidate => ({
  ...{ name, series: undefined, members: [{ name, share: 1 }], formula: "SiO2", densityGcm3: 2.65, probability: 0.5 },
  ...{ misfitSigma: 0, chiSquare: 1, degreesOfFreedom: 2, pulls: [] },
  ...more,
});

function rowsOf(identity: Partial<ClassIdentity> | undefined, className = "Class 1") {
  const identities = identity === undefined ? [] : [{ id: 3, sentence: "", shown: [], rejected: [], deciding: [], ...identity }];
  const classes = [{ id: 3, name: className, colour: "#355cc1" }];
  return nameRows({ classes, identities } as unknown as AnalysisSnapshot)[0]!;
}

test("a set may be accepted by its best name or as the set that it is", () => {
  const shown = ["kyanite", "andalusite", "sillimanite", "mullite"].map((name) => candidate(name));
  const row = rowsOf({ verdict: "set", shown });
  expect(row.tag).toBe("cannot be told apart");
  expect(row.accepts).toEqual(["Kyanite", "Kyanite / andalusite / sillimanite / …"]);
});

test("a series is called by its own name, a mixture by both of its phases, no match not at all", () => {
  const biotite = candidate("annite", { series: "biotite", members: [{ name: "annite", share: 0.55 }] });
  expect(rowsOf({ verdict: "one", shown: [biotite] }).accepts).toEqual(["Biotite"]);
  const parts = [candidate("quartz", { members: [{ name: "quartz", share: 0.61 }] }), candidate("orthoclase")];
  const mixture = rowsOf({ verdict: "mixture", shown: parts });
  expect(mixture.accepts).toEqual(["Quartz + Orthoclase"]);
  expect(mixture.shown[0]!.probability).toBe(0.61);
  expect(rowsOf({ verdict: "none", rejected: [candidate("quartz")] }).accepts).toEqual([]);
  expect(rowsOf(undefined)).toMatchObject({ verdict: "not asked", tag: "not identified" });
});

test("a class that has the name already is accepted, with a number behind it too", () => {
  const identity = { verdict: "one", shown: [candidate("quartz")] } as const;
  expect(rowsOf(identity, "Quartz").accepted).toBe(true);
  expect(rowsOf(identity, "Quartz 2").accepted).toBe(true);
  expect(rowsOf(identity, "Quartz vein").accepted).toBe(false);
  expect(freeName("Quartz", ["Quartz", "Quartz 2"])).toBe("Quartz 3");
});

test("sentences name lines as people write them", () => {
  expect(rowsOf({ verdict: "one", sentence: "Dolomite. Ca_Ka, Mg_Ka decide." }).sentence).toBe("Dolomite. Ca Kα, Mg Kα decide.");
});

test("lines that decide are a sentence", () => {
  expect(decidingSentence(["Mg_Ka", "Ti_Ka"])).toBe("Mg Kα and Ti Kα decide.");
  expect(decidingSentence([])).toBe("");
});

test("a library of one's own is read whole or refused in words", () => {
  const library = libraryOfText('[{"name": "slag", "formula": "Ca2SiO4", "densityGcm3": 3.3}]');
  expect(library).toMatchObject({ kind: "phases", phases: [{ name: "slag", rarity: 1 }] });
  const phases = library.kind === "phases" ? library.phases : [];
  expect(libraryOfText(textOfLibrary(phases))).toEqual(library);
  expect(libraryOfText("{")).toMatchObject({ kind: "refused" });
  expect(libraryOfText('{"phases": 3}')).toMatchObject({ kind: "refused", reason: expect.stringContaining("list of phases") });
  expect(libraryOfText('[{"name": "x"}]')).toMatchObject({ kind: "refused", reason: expect.stringContaining("Phase 1") });
  expect(checkedPhase({ name: "x", formula: "Qq2" })).toEqual(expect.any(String));
});

test("phases go into the step identify, which is added before what comes after it", () => {
  const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "find-phases" }, { step: "identify", significance: 7 }] });
  const slag = checkedPhase({ name: "slag", formula: "Ca2SiO4" });
  if (typeof slag === "string") return expect.fail(slag);
  const kept = parseRecipe(recipeWithLibrary(recipe, [slag]));
  expect(libraryOfRecipe(kept)).toEqual([slag]);
  expect(kept.steps[1]).toMatchObject({ significance: 7 });
  const bare = parseRecipe({ schemaVersion: 1, steps: [{ step: "find-phases" }] });
  expect(parseRecipe(recipeWithLibrary(bare, [slag])).steps.map(({ step }) => step)).toEqual(["find-phases", "identify"]);
  expect(withPhase([slag], { ...slag, densityGcm3: 3 })).toHaveLength(1);
});

test("the composition is told with its intervals, the largest first", () => {
  const elements = [
    { element: "Si", massFraction: 0.4674, countingError: 0.002, standardsError: 0, modelError: 0.02 },
    { element: "O", massFraction: 0.5326, countingError: 0.002, standardsError: 0, modelError: 0 },
  ];
  const identity = { verdict: "one", shown: [candidate("quartz")], composition: { method: "standardless", elements } } as never;
  expect(rowsOf(identity).composition).toBe("O 53.3 ± 0.4 · Si 46.7 ± 3.9");
  expect(rowsOf({ verdict: "none" }).composition).toBe("");
});
