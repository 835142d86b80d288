import { describe, expect, test } from "vitest";
import { ParameterError } from "../../errors.js";
import { meanAtomicNumber, parseFormula } from "../formula.js";
import { ownPhase, ownPhases } from "./own-phases.js";
import { phaseLibrary, phaseNamed } from "./phase-library.js";

const { phases, solidSolutions } = phaseLibrary();

/** Valences that elements have in minerals, lowest and highest. */
const valences: Readonly<Record<string, readonly [number, number]>> = {
  H: [1, 1],
  Li: [1, 1],
  Be: [2, 2],
  B: [3, 3],
  C: [3, 4],
  N: [-3, 5],
  O: [-2, -2],
  F: [-1, -1],
  Na: [1, 1],
  Mg: [2, 2],
  Al: [3, 3],
  Si: [4, 4],
  P: [5, 5],
  S: [-2, 6],
  Cl: [-1, -1],
  K: [1, 1],
  Ca: [2, 2],
  Sc: [3, 3],
  Ti: [3, 4],
  V: [3, 5],
  Cr: [3, 6],
  Mn: [2, 4],
  Fe: [2, 3],
  Co: [2, 3],
  Ni: [2, 3],
  Cu: [1, 2],
  Zn: [2, 2],
  Ge: [4, 4],
  As: [-3, 5],
  Sr: [2, 2],
  Y: [3, 3],
  Zr: [4, 4],
  Nb: [4, 5],
  Mo: [6, 6],
  Cs: [1, 1],
  Ba: [2, 2],
  La: [3, 3],
  Ce: [3, 4],
  Nd: [3, 3],
  Hf: [4, 4],
  Ta: [5, 5],
  W: [6, 6],
  Hg: [1, 2],
  Pb: [2, 4],
  Th: [4, 4],
  U: [4, 6],
  Sn: [4, 4],
  Te: [4, 4],
  Cd: [2, 2],
  Ag: [1, 1],
  Br: [-1, -1],
  I: [-1, -1],
  Bi: [3, 3],
};

describe("phase library", () => {
  test("holds at least 400 minerals, and each name once", () => {
    expect(phases.filter(({ kind }) => kind === "mineral").length).toBeGreaterThanOrEqual(400);
    const names = phases.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(solidSolutions.length).toBeGreaterThan(40);
    for (const { members } of solidSolutions) expect(members.length).toBeGreaterThanOrEqual(2);
  });

  test("formulas of minerals with oxygen or fluorine are neutral for some valences of their elements", () => {
    const charged = phases
      .filter(({ kind, formula }) => kind === "mineral" && /O|F(?!e)/.test(formula!))
      .filter(({ formula }) => {
        let [low, high] = [0, 0];
        for (const [symbol, count] of Object.entries(parseFormula(formula!))) {
          const range = valences[symbol] ?? [0, 0];
          low += count * range[0];
          high += count * range[1];
        }
        return low > 1e-6 || high < -1e-6;
      })
      .map(({ name, formula }) => `${name} ${formula}`);
    expect(charged).toEqual([]);
  });

  test("densities go with the weight of the atoms", () => {
    for (const { name, massFractions, densityGcm3 } of phases) {
      const z = meanAtomicNumber(massFractions);
      expect(densityGcm3! / z, name).toBeGreaterThan(0.06);
      expect(densityGcm3! / z, name).toBeLessThan(0.65);
      expect(
        Object.values(massFractions).reduce((sum, value) => sum + value, 0),
        name,
      ).toBeCloseTo(1, 9);
    }
  });

  test("compositions of well-known minerals are those of the handbooks, wt %", () => {
    expect(100 * phaseNamed("ilmenite").massFractions["Fe"]!).toBeCloseTo(36.81, 1);
    expect(100 * phaseNamed("albite").massFractions["Na"]!).toBeCloseTo(8.77, 1);
    expect(100 * phaseNamed("chalcopyrite").massFractions["Cu"]!).toBeCloseTo(34.63, 1);
    expect(100 * phaseNamed("fluorapatite").massFractions["P"]!).toBeCloseTo(18.43, 1);
    expect(() => phaseNamed("unobtainium")).toThrow(ParameterError);
  });

  test("own phases are a formula or a composition, not both", () => {
    const given = ownPhase.parse({ name: "slag", massFractions: { Ca: 40, Si: 20, O: 40 } });
    expect(ownPhases([given])[0]!.massFractions["Ca"]).toBeCloseTo(0.4, 9);
    expect(ownPhase.safeParse({ name: "x", formula: "SiO2", massFractions: { Si: 1 } }).success).toBe(false);
    expect(ownPhase.safeParse({ name: "x" }).success).toBe(false);
    expect(() => ownPhases([ownPhase.parse({ name: "none", massFractions: { Si: 0 } })])).toThrow(ParameterError);
  });
});
