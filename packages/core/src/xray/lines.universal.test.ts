import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { edgesOf } from "./edges.js";
import { elementNamed, elementNumbered, elements } from "./elements.js";
import { lineNamed, normaliseLineName } from "./line-names.js";
import { linesNear, linesOf, mainLine, xrayLines } from "./lines.js";

describe("elements", () => {
  test("are 98, in order, with sound values", () => {
    expect(elements).toHaveLength(98);
    elements.forEach((element, i) => {
      expect(element.number).toBe(i + 1);
      expect(elementNumbered(i + 1)).toBe(element);
      expect(elementNamed(element.symbol)).toBe(element);
      expect(element.atomicWeight).toBeGreaterThan(1);
      expect(element.densityGcm3).toBeGreaterThan(0);
    });
    expect(elementNamed("Fe")).toMatchObject({ number: 26, name: "iron", atomicWeight: 55.845 });
  });

  test("refuses what is none, and says what to write", () => {
    expect(() => elementNamed("fe")).toThrow(/"fe".*capital/);
    expect(() => elementNumbered(99)).toThrow("1 to 98");
    expect(() => elementNumbered(1.5)).toThrow("1.5");
    expect(() => elementNamed("constructor")).toThrow("no element");
  });
});

describe("lines", () => {
  test("every element from lithium on has lines; energies lie below their edges; the strongest weighs 1", () => {
    for (const { symbol, number } of elements) {
      const lines = linesOf(symbol);
      expect(lines.length > 0, symbol).toBe(number >= 3);
      for (const family of ["K", "L", "M"] as const) {
        const members = lines.filter((line) => line.family === family);
        if (members.length > 0) expect(Math.max(...members.map((line) => line.weight)), `${symbol} ${family}`).toBe(1);
      }
      for (const line of lines) {
        expect(line.energyKev, line.name).toBeLessThanOrEqual(line.edgeKev);
        expect(line.weight).toBeGreaterThan(0);
        expect(line.share).toBeLessThanOrEqual(1.0001);
        expect(edgesOf(symbol).find((edge) => edge.level === line.level)?.energyKev).toBe(line.edgeKev);
      }
    }
  });

  test("have the energies that the field knows (Bearden 1967, joined lines by intensity), within 5 eV", () => {
    const known = {
      Li_Ka: 0.0543,
      C_Ka: 0.277,
      O_Ka: 0.5249,
      Na_Ka: 1.041,
      Si_Ka: 1.7398,
      S_Ka: 2.3075,
      Ca_Ka: 3.6907,
      Ca_La: 0.3413,
      Ti_Ka: 4.5089,
      Ti_Ll: 0.3953,
      Fe_Ka: 6.3995,
      Fe_Kb: 7.058,
      Fe_La: 0.705,
      Cu_Ka: 8.0413,
      Cu_La: 0.9297,
      Zr_La: 2.0424,
      Zr_Lb2: 2.2194,
      Ag_La: 2.9832,
      Ba_La: 4.4649,
      Ba_Lb1: 4.8275,
      Ce_Ma: 0.883,
      Au_Ma: 2.1229,
      Au_La: 9.7048,
      Au_Lb2: 11.5847,
      Pb_Ma: 2.3455,
      U_Ma: 3.1708,
      U_Mb: 3.3367,
      U_Lb2: 16.4283,
    };
    for (const [name, energyKev] of Object.entries(known)) {
      expect(Math.abs(lineNamed(name).energyKev - energyKev), name).toBeLessThan(0.005);
    }
  });

  test("are found near an energy, nearest first, exactly as a full search finds them", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 30, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (energyKev, tolerance) => {
          const found = linesNear(energyKev, tolerance);
          const all = xrayLines.filter((l) => l.energyKev >= energyKev - tolerance && l.energyKev <= energyKev + tolerance);
          expect(new Set(found)).toEqual(new Set(all));
          const distances = found.map((line) => Math.abs(line.energyKev - energyKev));
          expect(distances).toEqual([...distances].sort((a, b) => a - b));
        },
      ),
      { numRuns: 200 },
    );
    expect(linesNear(6.4, 0.05, { families: ["K"] })[0]?.name).toBe("Fe_Ka");
    expect(linesNear(4.5, 0.1, { elements: ["Ba", "Ti"], minimumWeight: 0.5 }).map((line) => line.name)).toEqual([
      "Ti_Ka",
      "Ba_La",
    ]);
  });

  test.each([
    ["Fe", 15, "Fe_Ka"],
    ["Fe", 8, "Fe_La"],
    ["Zn", 15, "Zn_Ka"],
    ["Zr", 15, "Zr_La"],
    ["Au", 15, "Au_Ma"],
    ["Au", 200, "Au_La"],
    ["Pb", undefined, "Pb_La"],
    ["O", 15, "O_Ka"],
    ["H", 15, undefined],
    ["Li", 15, undefined],
  ])("main line of %s at %s keV is %s", (symbol, beamEnergyKev, expected) => {
    expect(mainLine(symbol, beamEnergyKev)?.name).toBe(expected);
  });
});

describe("line names", () => {
  test.each([
    ["Fe_Ka", "Fe_Ka"],
    ["Fe Kα", "Fe_Ka"],
    ["FeKa", "Fe_Ka"],
    ["fe_ka", "Fe_Ka"],
    ["FE K-alpha", "Fe_Ka"],
    ["Fe Kα1", "Fe_Ka"],
    ["Fe Kα1,2", "Fe_Ka"],
    ["Fe Kα₁", "Fe_Ka"],
    ["Fe K", "Fe_Ka"],
    ["SK", "S_Ka"],
    ["BKa", "B_Ka"],
    ["K Ka", "K_Ka"],
    ["KKa", "K_Ka"],
    ["Fe Kβ1,3", "Fe_Kb"],
    ["Au Lβ", "Au_Lb1"],
    ["Au Lβ2,15", "Au_Lb2"],
    ["Pb M", "Pb_Ma"],
    ["Pb Mζ1", "Pb_Mz"],
    ["au m2n4", "Au_M2N4"],
    ["Cu Ll", "Cu_Ll"],
    ["Cu Lη", "Cu_Ln"],
  ])("%s is %s", (text, expected) => {
    expect(normaliseLineName(text)).toBe(expected);
  });

  test.each(["", "Fe", "Xx_Ka", "Fe_Ma", "BSE", "Fe_Kz", "C", "__proto__"])("%j is no line", (text) => {
    expect(normaliseLineName(text)).toBeUndefined();
    expect(() => lineNamed(text)).toThrow("no X-ray line");
  });

  test("every line's own name is normal, and survives loss of its separator", () => {
    for (const { name } of xrayLines) {
      expect(normaliseLineName(name)).toBe(name);
      expect(normaliseLineName(name.replace("_", " ").toUpperCase())).toBe(name);
    }
  });
});
