import { describe, expect, test } from "vitest";
import { polymerWindowDetector } from "../detector.js";
import { massFractions, parseFormula } from "../formula.js";
import { depthDistribution, emitted, materialOf } from "./depth-distribution.js";
import { addGaussian, expectedContinuum, expectedSpectrum, lineYields } from "./expected-spectrum.js";
import { ionisationCrossSectionCm2, overvoltageExponent } from "./ionisation.js";

const axis = { name: "energy", size: 1600, offset: 0, scale: 0.01, units: "keV" } as const;
const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
const composition = (formula: string) => massFractions(parseFormula(formula));
const cases = [
  ["SiO2", 1.839, 15, 0.86],
  ["SiO2", 0.5431, 15, 0.869],
  ["FeTiO3", 7.112, 15, 0.86],
  ["ZrSiO4", 2.222, 20, 0.82],
  ["Au", 2.206, 25, 0.78],
  ["MgO", 1.303, 5, 0.86],
] as const;

describe("depth distribution", () => {
  test.each(cases)(
    "of %s at the edge %d keV and %d keV has the area, surface, slope and mean depth that it was made from",
    (...given) => {
      const [formula, edgeKev, beamEnergyKev, exponent] = given;
      const d = depthDistribution(materialOf(composition(formula)), edgeKev, beamEnergyKev, exponent);
      expect(emitted(d, 0) / d.area).toBeCloseTo(1, 9);
      const phi = (depth: number) => d.A * Math.exp(-d.a * depth) + (d.B * depth + d.surface - d.A) * Math.exp(-d.b * depth);
      expect(phi(0)).toBeCloseTo(d.surface, 9);
      const n = 40_000;
      const step = (60 * d.meanDepth) / n;
      let area = 0;
      let moment = 0;
      for (let i = 0; i < n; i++) {
        const depth = (i + 0.5) * step;
        area += phi(depth) * step;
        moment += phi(depth) * depth * step;
      }
      expect(area / d.area).toBeCloseTo(1, 3);
      expect(moment / area / d.meanDepth).toBeCloseTo(1, 2);
      expect(d.surface).toBeGreaterThanOrEqual(1);
    },
  );

  test("emits less the more is absorbed, and nearly the surface value over chi when nearly all is", () => {
    const d = depthDistribution(materialOf(composition("SiO2")), 1.839, 15, 0.86);
    const values = [0, 100, 1000, 1e4, 1e5, 1e8].map((chi) => emitted(d, chi));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect((values[5]! * 1e8) / d.surface).toBeCloseTo(1, 3);
  });
});

describe("ionisation", () => {
  test("needs the edge, and is largest where the overvoltage is e to 1 over the exponent", () => {
    expect(ionisationCrossSectionCm2("K", 26, 7.112, 7)).toBe(0);
    const best = 7.112 * Math.exp(1 / overvoltageExponent("K", 26));
    const at = (beam: number) => ionisationCrossSectionCm2("K", 26, 7.112, beam);
    expect(at(best)).toBeGreaterThan(at(best * 1.05));
    expect(at(best)).toBeGreaterThan(at(best * 0.95));
  });

  test("of silicon K at 15 keV is about 5e-21 cm2", () => {
    // Bethe with the constants of Powell 1976, doi:10.1103/RevModPhys.48.33: 7e-21; the exponent below 1 makes it larger.
    expect(ionisationCrossSectionCm2("K", 14, 1.839, 15)).toBeGreaterThan(3e-21);
    expect(ionisationCrossSectionCm2("K", 14, 1.839, 15)).toBeLessThan(2e-20);
  });
});

describe("expected spectrum", () => {
  test("a Gaussian keeps its area and centre", () => {
    const spectrum = new Float64Array(axis.size);
    addGaussian(spectrum, axis, 1.7432, 0.04, 1000);
    const sum = spectrum.reduce((a, b) => a + b, 0);
    const centre = spectrum.reduce((a, b, i) => a + b * i * axis.scale, 0) / sum;
    expect(sum).toBeCloseTo(1000, 4);
    expect(centre).toBeCloseTo(1.7432, 6);
  });

  test("is lines plus continuum, nowhere negative, nothing above the beam energy", () => {
    const feldspar = composition("KAlSi3O8");
    const spectrum = expectedSpectrum(feldspar, conditions, axis);
    const continuum = expectedContinuum(feldspar, conditions, axis);
    const lines = lineYields(feldspar, conditions).reduce((sum, { photons }) => sum + photons, 0);
    const total = spectrum.reduce((a, b) => a + b, 0);
    const background = continuum.reduce((a, b) => a + b, 0);
    expect((total - background) / lines).toBeCloseTo(1, 6);
    expect(Math.min(...spectrum)).toBe(0);
    expect(Math.max(...spectrum.slice(1501))).toBe(0);
    const peakToBackground = spectrum[174]! / continuum[174]!;
    expect(peakToBackground).toBeGreaterThan(30);
    expect(peakToBackground).toBeLessThan(150);
  });

  test("in silicates silicon is the strongest line and oxygen strong", () => {
    for (const formula of ["SiO2", "NaAlSi3O8", "KAlSi3O8", "CaMgSi2O6"]) {
      const yields = lineYields(composition(formula), conditions).sort((a, b) => b.photons - a.photons);
      expect(yields[0]!.line.name, formula).toBe("Si_Ka");
      expect(
        yields.findIndex(({ line }) => line.name === "O_Ka"),
        formula,
      ).toBeLessThan(3);
    }
  });

  test("a lower take-off angle absorbs oxygen more than iron", () => {
    const at = (takeOffAngleDeg: number, name: string) =>
      lineYields(composition("Fe2O3"), { ...conditions, takeOffAngleDeg }).find(({ line }) => line.name === name)!.photons;
    expect(at(15, "O_Ka") / at(60, "O_Ka")).toBeLessThan(0.6);
    expect(at(15, "Fe_Ka") / at(60, "Fe_Ka")).toBeGreaterThan(0.95);
  });
});
