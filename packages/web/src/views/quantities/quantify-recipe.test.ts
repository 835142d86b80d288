import { canonicalJson, parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import {
  compositionWords,
  doseOfSample,
  doseWords,
  formulaInName,
  hasComposition,
  quantifyStepOf,
  standardsOf,
  usualMethod,
  withoutStandard,
  withQuantify,
  withStandardFact,
  withStandards,
} from "./quantify-recipe.js";

const auto = presetRecipe("auto");
const counts = Array.from({ length: 16 }, (_, c) => c);
const periclase = { name: "MgO std", formula: "MgO", energyOffsetKev: 0, energyScaleKev: 0.01, counts, liveTimeS: 60 };
const fluorite = { ...periclase, name: "CaF2", formula: undefined, massFractions: { F: 0.486667, Ca: 0.513333 } };

test("a standard brings the step with it, at the end but before the labels go to the pixels of the file", () => {
  const upscaled = parseRecipe({
    ...auto,
    steps: [{ step: "bin", factor: 2 }, ...auto.steps, { step: "upscale", image: "BSE" }],
  });
  const { steps } = parseRecipe(withStandards(upscaled, [periclase]));
  expect(steps.slice(-2).map(({ step }) => step)).toEqual(["quantify", "upscale"]);
  expect(quantifyStepOf(auto)).toBeUndefined();
  expect(standardsOf(parseRecipe(withStandards(auto, [periclase])))).toMatchObject([{ name: "MgO std", elements: [] }]);
});

test("a standard of the same name gives way in its place; one that is removed is gone", () => {
  const both = parseRecipe(withStandards(auto, [periclase, fluorite]));
  const again = parseRecipe(withStandards(both, [{ ...periclase, liveTimeS: 90 }]));
  expect(standardsOf(again).map(({ name, liveTimeS }) => [name, liveTimeS])).toEqual([
    ["MgO std", 90],
    ["CaF2", 60],
  ]);
  expect(standardsOf(parseRecipe(withoutStandard(again, 0))).map(({ name }) => name)).toEqual(["CaF2"]);
});

test("a formula takes the place of what the file says, and facts can be taken back", () => {
  const given = parseRecipe(withStandards(auto, [fluorite]));
  const own = parseRecipe(withStandardFact(given, 0, "formula", "CaF2"));
  expect(standardsOf(own)[0]).toMatchObject({ formula: "CaF2" });
  expect(standardsOf(own)[0]!.massFractions).toBeUndefined();
  const dosed = parseRecipe(withStandardFact(own, 0, "beamCurrentNa", 1.2));
  expect(canonicalJson(parseRecipe(withStandardFact(dosed, 0, "beamCurrentNa", undefined)))).toBe(canonicalJson(own));
});

test("settings of the measurement are set and set back", () => {
  const tilted = parseRecipe(withQuantify(auto, { tiltDeg: 20, oxygen: "stoichiometry" }));
  expect(quantifyStepOf(tilted)).toMatchObject({ method: "xpp", tiltDeg: 20, oxygen: "stoichiometry" });
  expect(quantifyStepOf(parseRecipe(withQuantify(tilted, { tiltDeg: undefined })))).toMatchObject({ tiltDeg: 0 });
  expect(usualMethod({ instrument: "TEM", beamEnergyKev: 200 })).toBe("cliff-lorimer");
  expect(usualMethod({ beamEnergyKev: 15 })).toBe("xpp");
});

test("words of a standard, and what it lacks", () => {
  expect(compositionWords(fluorite)).toBe("Ca 51.3 %, F 48.7 %");
  expect(formulaInName("Example 2__CaF2 std")).toBe("CaF2");
  expect(formulaInName("K412 glass")).toBeUndefined();
  expect(hasComposition({ ...periclase, formula: undefined } as never)).toBe(false);
  const sample = { liveTimeS: 30, beamCurrentNa: 1 };
  expect(doseWords([], { liveTimeS: undefined, beamCurrentNa: undefined })).toBeUndefined();
  expect(doseWords([{ name: "MgO" }], sample)).toMatch(/live time of MgO/);
  expect(doseWords([{ name: "MgO", liveTimeS: 60 }], sample)).toMatch(/current of MgO.*sum to 100 %/);
  const known = [{ name: "MgO", liveTimeS: 60, beamCurrentNa: 1 }];
  expect(doseWords(known, sample)).toBeUndefined();
  expect(doseWords(known, { ...sample, beamCurrentNa: undefined })).toMatch(/beam current of the map/);
  const given = parseRecipe(withQuantify(auto, { beamCurrentNa: 2 }));
  expect(doseOfSample(given, { detector: { liveTimeS: 5 } })).toEqual({ liveTimeS: 5, beamCurrentNa: 2 });
});
