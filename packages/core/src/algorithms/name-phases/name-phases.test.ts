/** Names of drawn spectra of known minerals; the statistics they rest on against closed forms. */
import { describe, expect, test } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { polymerWindowDetector } from "../../xray/detector.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import { ownPhase, ownPhases } from "../../xray/phases/own-phases.js";
import { phaseLibrary, withOwnPhases } from "../../xray/phases/phase-library.js";
import { expectedSpectrum } from "../../xray/physics/expected-spectrum.js";
import { identifyElements } from "../identify/identify-elements.js";
import { chiSquareExcess } from "./chi-square.js";
import { evidenceBound, matchOf } from "./likelihood.js";
import { type MeasuredAmounts, measuredAmounts } from "./measured-amounts.js";
import { namePhase } from "./name-phase.js";

const axis = { name: "energy", size: 2048, offset: 0, scale: 0.01, units: "keV" } as const;
const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
const library = phaseLibrary();
const absent = [...new Set(library.phases.flatMap((phase) => Object.keys(phase.massFractions)))];

function amountsOf(parts: readonly (readonly [formula: string, counts: number])[], seed = 1): MeasuredAmounts {
  const random = randomStream(seed, "name-test");
  const expected = new Float64Array(axis.size);
  for (const [formula, counts] of parts) {
    const spectrum = expectedSpectrum(massFractions(parseFormula(formula)), conditions, axis);
    const dose = counts / spectrum.reduce((sum, value) => sum + value, 0);
    spectrum.forEach((value, c) => {
      expected[c]! += value * dose;
    });
  }
  const { fit, elements } = identifyElements(
    expected.map((value) => random.poisson(value)),
    axis,
    conditions,
  );
  const doubtful = elements.filter(({ from }) => from !== "sample").map(({ element }) => element);
  return measuredAmounts({ fit, axis, conditions, doubtful, absent });
}

describe("names from 8,000 counts", () => {
  test.each([
    ["SiO2", "quartz", ["cristobalite", "tridymite", "coesite"]],
    ["NaAlSi3O8", "albite", []],
    ["KAlSi3O8", "orthoclase", ["microcline", "sanidine"]],
    ["Ca5(PO4)3F", "fluorapatite", []],
    ["FeTiO3", "ilmenite", []],
    ["CaMg(CO3)2", "dolomite", []],
    ["CaCO3", "calcite", ["aragonite", "vaterite"]],
    ["Al2SiO5", "kyanite", ["andalusite", "sillimanite"]],
    ["Fe3O4", "magnetite", ["hematite"]],
    ["ZrSiO4", "zircon", []],
    ["CuFeS2", "chalcopyrite", []],
    ["BaSO4", "barite", []],
    ["PbS", "galena", []],
  ])("%s is %s", (formula, name, others) => {
    const { shown, verdict } = namePhase(amountsOf([[formula, 8000]]), library);
    expect(shown[0]!.name).toBe(name);
    expect(shown.map((one) => one.name)).toEqual(expect.arrayContaining(others));
    expect(verdict).toBe(shown.length === 1 ? "one" : "set");
    expect(shown[0]!.misfitSigma).toBeLessThan(3);
  });

  test("biotite is a series with its proportions", () => {
    const [best] = namePhase(amountsOf([["K(Mg1.5Fe1.5)AlSi3O10(OH)2", 20_000]]), library).shown;
    expect(best!.series).toBe("biotite");
    expect(best!.members.map((member) => member.name)).toEqual(["annite", "phlogopite"]);
    // Annite is 1.5 / 3 of the formula units and 0.551 of the mass.
    expect(best!.members[0]!.share).toBeCloseTo(0.551, 1);
    expect(best!.densityGcm3).toBeGreaterThan(2.8);
    expect(best!.densityGcm3).toBeLessThan(3.36);
  });

  test("what no single phase explains is a mixture of two, by mass", () => {
    const name = namePhase(
      amountsOf([
        ["SiO2", 30_000],
        ["FeS2", 30_000],
      ]),
      library,
    );
    expect(name.verdict).toBe("mixture");
    expect(name.shown.map((one) => one.name).sort()).toEqual(["pyrite", "quartz"]);
  });

  test("what nothing explains has no name, and says how far the nearest is", () => {
    const name = namePhase(amountsOf([["MgAl0.3Zr0.5Ag0.4S0.6Cl", 60_000]]), library);
    expect(name.verdict).toBe("none");
    expect(name.shown).toEqual([]);
    expect(name.sentence).toMatch(/standard errors away/);
  });

  test("a phase of the user's goes before an equal one of the library", () => {
    const own = ownPhases([ownPhase.parse({ name: "our sand", formula: "SiO2" })]);
    const { shown } = namePhase(amountsOf([["SiO2", 8000]]), withOwnPhases(library, own));
    expect(shown[0]!.name).toBe("our sand");
    expect(shown.map((one) => one.name)).toContain("quartz");
  });
});

test("chi-square as standard errors: 95 % points of tables are at 1.645", () => {
  for (const [chiSquare, degrees] of [
    [3.841, 1],
    [7.815, 3],
    [18.307, 10],
    [43.773, 30],
  ] as const) {
    expect(chiSquareExcess(chiSquare, degrees)).toBeCloseTo(1.645, 1);
  }
});

test("evidence of fixed phases is the normal density of the amounts, the scale fitted", () => {
  const measured: MeasuredAmounts = {
    elements: ["Fe", "S"],
    fitted: 2,
    lines: amountsOf([["FeS2", 8000]]).lines.slice(0, 2),
    amounts: Float64Array.of(0.45, 0.55),
    covariance: Float64Array.of(4e-4, 0, 0, 4e-4),
    modelErrors: Float64Array.of(0, 0),
    doubt: Float64Array.of(0, 0),
  };
  const member = Float64Array.of(0.5, 0.5);
  const match = matchOf(measured, [member])!;
  const variance = 4e-4 + 0.004 * 0.004;
  // Residuals from the best scale, 0.5: -0.05 and +0.05.
  expect(match.chiSquare).toBeCloseTo((2 * 0.0025) / variance, 6);
  expect(match.logEvidence).toBeCloseTo(-0.5 * (match.chiSquare + 2 * Math.log(variance)), 6);
});

test("no phase or series of the library has more evidence than its bound, and most need not be worked out", () => {
  const measured = amountsOf([["NaAlSi3O8", 20_000]]);
  const bound = evidenceBound(measured);
  const groups = [...library.phases.map((phase) => [phase]), ...library.solidSolutions.map(({ members }) => members)];
  let far = 0;
  for (const members of groups) {
    const most = bound((element) => members.some((phase) => (phase.massFractions[element] ?? 0) > 0));
    const vectors = members.map((phase) => Float64Array.from(measured.elements, (symbol) => phase.massFractions[symbol] ?? 0));
    const match = matchOf(measured, vectors);
    if (match !== undefined) expect(match.logEvidence, members[0]!.name).toBeLessThanOrEqual(most);
    if (most < -100) far += 1;
  }
  expect(far).toBeGreaterThan(0.7 * groups.length);
});
