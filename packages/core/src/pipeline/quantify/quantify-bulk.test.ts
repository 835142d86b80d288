import { describe, expect, test } from "vitest";
import { resultFiles } from "../../report/result-files.js";
import { type Amounts, massFractions, parseFormula } from "../../xray/formula.js";
import { type Analysis, startAnalysis } from "../analysis.js";
import { parseRecipe } from "../recipe.js";
import { quantify } from "../steps/quantify.js";
import { projectedAngleDeg } from "./bulk-conditions.js";
import type { BulkQuantification } from "./bulk-quantification.js";
import { imageOf, type Simulated, standardOf } from "./simulated.test-support.js";

/** NIST SRM 470, glass K412, as certified. */
const k412: Amounts = { O: 0.42758, Mg: 0.116567, Al: 0.049062, Si: 0.211982, Ca: 0.10899, Fe: 0.07742 };
const sum = Object.values(k412).reduce((a, b) => a + b, 0);
const glass = Object.fromEntries(Object.entries(k412).map(([symbol, value]) => [symbol, value / sum]));
const albite = massFractions(parseFormula("NaAlSi3O8"));

const perPixel = { liveTimeS: 2, beamCurrentNa: 1 };
const sample = (given: Partial<Simulated>): Simulated => ({ ...perPixel, ...given });
const dose = { liveTimeS: 60, beamCurrentNa: 1 };
const standards = [
  standardOf("MgO", { formula: "MgO", ...dose }, { elements: ["Mg"] }),
  standardOf("Al2O3", { formula: "Al2O3", ...dose }, { elements: ["Al"] }),
  standardOf("SiO2", { formula: "SiO2", ...dose }, { elements: ["Si", "O"] }),
  standardOf("CaF2", { formula: "CaF2", ...dose }, { elements: ["Ca"] }),
  standardOf("Fe", { formula: "Fe", ...dose }),
];

async function quantified(samples: readonly Simulated[], given: object, more: Partial<Analysis> = {}) {
  const height = 4;
  const pixels = samples.length * height;
  const image = imageOf(samples, height, { liveTimeS: perPixel.liveTimeS * pixels, beamCurrentNa: 1 });
  const labels = Int32Array.from({ length: pixels }, (_, p) => p % samples.length);
  const before: Analysis = { ...startAnalysis(image), labels, ...more };
  const parameters = quantify.schema.parse({ step: "quantify", method: "xpp", ...given });
  const after = await quantify.run(before, parameters, { seed: 0 });
  return { after, result: after.quantification as BulkQuantification };
}

const elements = ["O", "Mg", "Al", "Si", "Ca", "Fe"];

/** Every element within so many of its own standard errors of the truth. */
function expectWithin(
  { classes }: BulkQuantification,
  at: number,
  truth: Readonly<Record<string, number>>,
  sigmas: number,
  model = 0.1,
) {
  for (const one of classes[at]!.quantified!.elements) {
    const { element, massFraction, countingError, standardsError, modelError } = one;
    const error = Math.hypot(countingError, standardsError, model * modelError);
    expect(Math.abs(massFraction - truth[element]!), `${element}: ${massFraction} for ${truth[element]} ± ${error}`).toBeLessThan(
      sigmas * error,
    );
  }
}

describe("with standards", () => {
  test("a glass comes back, oxygen by stoichiometry, with its raw total, k-ratios and where each number is from", async () => {
    const { after, result } = await quantified([sample({ massFractions: glass })], { elements, standards });
    const { quantified: found } = result.classes[0]!;
    expectWithin(result, 0, glass, 3.5);
    expect(found!.method).toBe("standards");
    expect(found!.normalised).toBe(false);
    expect(found!.oxygen).toBe("stoichiometry");
    expect(found!.doseNas).toBeCloseTo(8, 9);
    expect(Math.abs(found!.rawTotal - 1)).toBeLessThan(4 * found!.rawTotalError + 0.01);
    const iron = found!.elements.find(({ element }) => element === "Fe")!;
    expect(iron.standard).toBe("Fe");
    // About the mass fraction over 1, lifted by less absorption and lowered by more backscatter in pure iron.
    expect(iron.kRatio! / glass["Fe"]!).toBeGreaterThan(0.75);
    expect(iron.kRatio! / glass["Fe"]!).toBeLessThan(1.05);
    expect(iron.kRatioError! / iron.kRatio!).toBeGreaterThan(iron.countsError / iron.counts);
    expect(result.standards.map(({ name, elements: served }) => [name, served.map(({ element }) => element)])).toEqual([
      ["MgO", ["Mg"]],
      ["Al2O3", ["Al"]],
      ["SiO2", ["Si"]],
      ["CaF2", ["Ca"]],
      ["Fe", ["Fe"]],
    ]);
    expect(after.choices.join()).toContain("Oxygen is by the stoichiometry");
  });

  test("oxygen can be measured, or be the difference", async () => {
    const measured = await quantified([sample({ massFractions: glass })], { elements, standards, oxygen: "measured" });
    expectWithin(measured.result, 0, glass, 3.5);
    const rest = await quantified([sample({ massFractions: glass })], {
      elements: elements.slice(1),
      standards,
      oxygen: "none",
      difference: "O",
    });
    expect(rest.result.classes[0]!.quantified!.rawTotal).toBeCloseTo(1, 9);
    expectWithin(rest.result, 0, glass, 3.5);
  });

  test("oxygen whose line is far weaker than oxides would show it is measured: pyrite and carbon with a film, beside a silicate", async () => {
    const film = (formula: string, oxygen: number) =>
      Object.fromEntries([
        ...Object.entries(massFractions(parseFormula(formula))).map(([symbol, share]) => [symbol, (1 - oxygen) * share]),
        ["O", oxygen],
      ]);
    const samples = [film("FeS2", 0.03), film("C", 0.08)].map((massFractions) => sample({ massFractions }));
    const wanted = { elements: ["C", "O", "Si", "S", "Fe"], oxygen: "auto" };
    const { result, after } = await quantified([...samples, sample({ formula: "SiO2" })], wanted);
    const [pyrite, carbon, silicate] = result.classes.map(({ quantified: found }) => found!);
    expect([pyrite!.oxygen, carbon!.oxygen, silicate!.oxygen]).toEqual(["measured", "measured", "stoichiometry"]);
    const fraction = (of: typeof pyrite, symbol: string) => of!.elements.find(({ element }) => element === symbol)!.massFraction;
    expect(fraction(pyrite, "O")).toBeLessThan(0.06);
    expect(fraction(carbon, "C")).toBeGreaterThan(0.85);
    // By stoichiometry carbon would be CO2, 73 % oxygen, and pyrite a sulphate.
    expect(fraction(carbon, "O")).toBeLessThan(0.15);
    expect(carbon!.elements.every(({ oxide }) => oxide === undefined)).toBe(true);
    expect(fraction(silicate, "O")).toBeCloseTo(0.5326, 1);
    expect(after.choices.join()).toContain("Oxygen is by its own line, which is weaker than oxides would show it, in");
  });

  test("carbon of a carbonate goes with its metals", async () => {
    const dolomite = massFractions(parseFormula("CaMg(CO3)2"));
    const { result } = await quantified([sample({ formula: "CaMg(CO3)2" })], {
      elements: ["O", "Mg", "Ca"],
      standards,
      oxygen: "stoichiometry",
      tied: [{ element: "C", perAtomOf: ["Ca", "Mg", "Fe", "Mn"], atoms: 1 }],
    });
    expectWithin(result, 0, dolomite, 3.5);
    expect(result.classes[0]!.quantified!.elements.find(({ element }) => element === "C")!.line).toBeUndefined();
  });

  test("an element without a standard takes those of the others, and it is said", async () => {
    const some = standards.filter(({ name }) => name !== "CaF2");
    const { after, result } = await quantified([sample({ massFractions: glass })], { elements, standards: some });
    expect(result.classes[0]!.quantified!.method).toBe("mixed");
    expect(after.warnings.join()).toContain("There is no standard for Ca");
    const calcium = result.classes[0]!.quantified!.elements.find(({ element }) => element === "Ca")!;
    expect(calcium.sensitivity).toBe("other standards");
    expect(calcium.kRatio).toBeUndefined();
    expect(calcium.modelError / calcium.massFraction).toBeGreaterThan(0.04);
    expectWithin(result, 0, glass, 3.5, 0.3);
  });

  test("without a beam current the fractions are normalised, and there is no raw total", async () => {
    const image = imageOf([sample({ massFractions: glass })], 4, { liveTimeS: 8 });
    const { after, result } = await quantified([sample({ massFractions: glass })], { elements, standards }, { image });
    const { quantified: found } = result.classes[0]!;
    expect([found!.normalised, found!.rawTotalError, found!.doseNas]).toEqual([true, 0, undefined]);
    expect(found!.rawTotal).toBeCloseTo(1, 9);
    expect(after.warnings.join()).toContain("no raw total");
    expectWithin(result, 0, glass, 3.5);
  });

  test("a coat that is not stated makes totals low; stated, they are right, and its element is left out", async () => {
    const gold = { massFractions: { Au: 1 }, densityGcm3: 19.3, thicknessUm: 0.03 };
    const coated = sample({ massFractions: glass, coating: gold });
    const forgotten = await quantified([coated], { elements, standards });
    const stated = await quantified([coated], { elements, standards, coating: { material: "Au", thicknessNm: 30 } });
    expect(forgotten.result.classes[0]!.quantified!.rawTotal).toBeLessThan(0.95);
    expect(forgotten.after.warnings.join()).toContain("raw total");
    expect(Math.abs(stated.result.classes[0]!.quantified!.rawTotal - 1)).toBeLessThan(0.02);
    expectWithin(stated.result, 0, glass, 3.5, 0.3);
    expect(stated.after.choices.join()).toContain("Au of the coating");
  });

  test("what cannot be is refused with a name: no live time, a sum that is no whole, a difference without standards, a sample that is thin", async () => {
    const [magnesia] = standards;
    const one = [sample({ massFractions: glass })];
    await expect(quantified(one, { elements, standards: [{ ...magnesia, liveTimeS: undefined }] })).rejects.toThrow(
      /live time of the standard MgO/,
    );
    await expect(
      quantified(one, { elements, standards: [{ ...magnesia, formula: undefined, massFractions: { Mg: 0.3 }, elements: [] }] }),
    ).rejects.toThrow(/not a whole/);
    await expect(quantified(one, { elements, standards: [{ ...magnesia, elements: ["Fe"] }] })).rejects.toThrow(
      /does not hold Fe/,
    );
    await expect(quantified(one, { elements, difference: "O" })).rejects.toThrow(/raw total/);
    await expect(quantified(one, {})).rejects.toThrow(/which elements/);
    const image = imageOf(one, 4, {});
    const thin = { ...image, metadata: { ...image.metadata, instrument: "TEM" as const } };
    await expect(quantified(one, { elements }, { image: thin })).rejects.toThrow(/bulk samples/);
    expect(() =>
      quantify.schema.parse({ step: "quantify", method: "xpp", standards: [{ ...magnesia, formula: undefined }] }),
    ).toThrow(/formula/);
  });
});

describe("without standards", () => {
  test("is called so, sums to 100 % and gives formulas with errors on the basis asked for", async () => {
    const { after, result } = await quantified([sample({ formula: "NaAlSi3O8" })], {
      elements: ["O", "Na", "Al", "Si"],
      formula: { of: "O", count: 8 },
    });
    const { quantified: found } = result.classes[0]!;
    expect([found!.method, found!.normalised]).toEqual(["standardless", true]);
    expect(found!.rawTotal).toBeCloseTo(1, 9);
    expectWithin(result, 0, albite, 3.5);
    const truth: Readonly<Record<string, number>> = { O: 8, Na: 1, Al: 1, Si: 3 };
    for (const { element, atoms, countingError, modelError } of found!.formula!.atoms) {
      expect(Math.abs(atoms - truth[element]!), element).toBeLessThan(3.5 * countingError + 0.1 * modelError + 1e-9);
    }
    expect(found!.formula!.atoms.find(({ element }) => element === "O")!.countingError).toBeLessThan(1e-6);
    expect(after.choices.join()).toContain("standardless");
  });

  test("classes with too few counts, and lines that lie too high, are named", async () => {
    const poor = await quantified([sample({ formula: "SiO2" })], { elements: ["O", "Si"], minimumCounts: 1e8 });
    expect(poor.result.classes[0]!.quantified).toBeUndefined();
    const quartz = await quantified([sample({ formula: "SiO2" })], { elements: ["O", "Si"] });
    expect(quartz.after.choices.join()).toContain("Only one element is measured in class 0");
    expect(poor.after.warnings.join()).toMatch(/Not quantified: class 0 \(.*asked for/);
    const high = await quantified([sample({ formula: "SiO2" })], { elements: ["O", "Si", "H"] });
    expect(high.after.warnings.join()).toContain("no line of them lies in the spectrum: H");
    const soft = await quantified([sample({ formula: "SiO2" })], { elements: ["O", "Si"], oxygen: "measured" });
    expect(soft.after.warnings.join()).toContain("Lines below 1 keV without a standard");
  });

  test("the whole is quantified where there are no classes", async () => {
    const { result } = await quantified([sample({ formula: "MgSiO3" })], { elements: ["O", "Mg", "Si"] }, { labels: undefined });
    expect(result.classes.map(({ id, pixels }) => [id, pixels])).toEqual([[-1, 4]]);
    expectWithin(result, 0, massFractions(parseFormula("MgSiO3")), 3.5);
  });
});

test("pixels have the composition of their class within their own errors, and none where counts are too few", async () => {
  const samples = [sample({ massFractions: glass }), sample({ formula: "NaAlSi3O8" })];
  const all = ["O", "Na", "Mg", "Al", "Si", "Ca", "Fe"];
  const { result } = await quantified(samples, { elements: all, pixels: true });
  const { massFraction, massFractionError, quantifiedPixels } = result.pixels!;
  expect(quantifiedPixels).toBe(8);
  let squares = 0;
  let n = 0;
  for (let p = 0; p < 8; p++) {
    const truth: Readonly<Record<string, number>> = p % 2 === 0 ? glass : albite;
    const row = massFraction.subarray(p * all.length, (p + 1) * all.length);
    expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    result.elements.forEach((element, k) => {
      if ((truth[element] ?? 0) < 0.02) return;
      const ofClass = result.classes[p % 2]!.composition!.massFraction[k]!;
      squares += ((row[k]! - ofClass) / massFractionError[p * all.length + k]!) ** 2;
      n += 1;
    });
  }
  // Four pixels make a class, so that its own scatter takes a quarter of theirs.
  expect(squares / n / 0.75).toBeGreaterThan(0.5);
  expect(squares / n / 0.75).toBeLessThan(1.6);
  const none = await quantified(samples, { elements: all, pixels: true, minimumPixelCounts: 1e9 });
  expect(none.result.pixels!.quantifiedPixels).toBe(0);
  expect(none.result.pixels!.massFraction.every(Number.isNaN)).toBe(true);
});

test("a tilted sample absorbs by the projected depth", () => {
  expect(projectedAngleDeg(35, 0)).toBe(35);
  const chi = (takeOff: number, tilt: number) => Math.cos((tilt * Math.PI) / 180) / Math.sin((takeOff * Math.PI) / 180);
  for (const [takeOff, tilt] of [
    [45, 10],
    [25, -10],
    [50, 30],
  ] as const) {
    expect(1 / Math.sin((projectedAngleDeg(takeOff, tilt) * Math.PI) / 180)).toBeCloseTo(chi(takeOff, tilt), 9);
  }
  expect(projectedAngleDeg(80, 45)).toBe(90);
});

test("the result folder has tables, JSON and maps, and the report the evidence", async () => {
  const samples = [sample({ massFractions: glass }), sample({ formula: "NaAlSi3O8" })];
  const given = { elements: ["O", "Na", "Mg", "Al", "Si", "Ca", "Fe"], standards, pixels: true, formula: { of: "O", count: 8 } };
  const { after } = await quantified(samples, given);
  const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "quantify", method: "xpp", ...given }] });
  const context = { inputName: "made", inputSha256: "0", recipe, recipeSha256: "0", programVersion: "0" };
  const files = new Map([...resultFiles(after, context)].map(({ path, bytes }) => [path, bytes]));
  const text = (path: string) => new TextDecoder().decode(files.get(path));
  const rows = text("quantification/elements.csv")
    .trim()
    .split("\r\n")
    .map((row) => row.split(","));
  expect(rows).toHaveLength(1 + 2 * 7);
  const silicon = Object.fromEntries(
    rows[0]!.map((head, i) => [head, rows.find(([id, , element]) => id === "1" && element === "Si")![i]]),
  );
  expect(silicon["standard"]).toBe("SiO2");
  expect(Math.abs(Number(silicon["mass_fraction"]) - albite["Si"]!)).toBeLessThan(0.02);
  expect(Number(silicon["detection_limit_3_sigma"])).toBeLessThan(Number(silicon["detection_limit_95"]));
  expect(Number(silicon["atoms_per_formula"])).toBeCloseTo(3, 0);
  expect(text("quantification/classes.csv").split("\r\n")).toHaveLength(1 + 2 + 1);
  expect(text("quantification/standards.csv")).toContain("CaF2,Ca,Ca_Ka,");
  const json = JSON.parse(text("quantification/quantification.json"));
  expect(json.classes[0].quantified.covariance).toHaveLength(7);
  expect([...files.keys()].filter((path) => path.startsWith("quantification/maps/"))).toHaveLength(14);
  const report = text("report.html");
  for (const part of ["With standards", "k-ratio", "Limit 95 %", "Atoms on 8 O", "Total"]) expect(report).toContain(part);
});
