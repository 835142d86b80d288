/** The closed form against the double integral it stands for, and sizes that textbooks state. */
import { describe, expect, test } from "vitest";
import { polymerWindowDetector } from "../detector.js";
import { massFractions, parseFormula } from "../formula.js";
import { depthDistribution, materialOf } from "./depth-distribution.js";
import { fluorescedPhotons, lineEmissions } from "./emission.js";
import { absorbedAndEmitted, shareOfLevel } from "./fluorescence.js";

const conditions = { beamEnergyKev: 20, takeOffAngleDeg: 40, resolutionEv: 130, detector: polymerWindowDetector };

/** E1 by its continued fraction and series (Abramowitz and Stegun 5.1.11 and 5.1.22). */
function e1(x: number): number {
  if (x < 1) {
    let sum = -0.5772156649015329 - Math.log(x);
    let term = 1;
    for (let k = 1; k < 40; k++) {
      term *= -x / k;
      sum -= term / k;
    }
    return sum;
  }
  let f = 0;
  for (let k = 60; k > 0; k--) f = k / (1 + k / (x + f));
  return Math.exp(-x) / (x + f);
}

describe("fluorescence", () => {
  test("is the double integral over the depths of making and absorbing", () => {
    const source = depthDistribution(materialOf(massFractions(parseFormula("FeNi"))), 8.333, 20, 0.86);
    const [u, chi] = [300, 120];
    const phi = (z: number) =>
      source.A * Math.exp(-source.a * z) + (source.B * z + source.surface - source.A) * Math.exp(-source.b * z);
    const n = 600;
    const depth = 8 * source.meanDepth;
    const step = depth / n;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const z = (i + 0.5) * step;
      // Substitution x = u |z - z'| removes the logarithm's peak: fine steps near it, coarse ones away from it.
      let inner = 0;
      for (const side of [-1, 1]) {
        const reach = side < 0 ? u * z : 25;
        const m = 400;
        for (let k = 0; k < m; k++) {
          const t = (k + 0.5) / m;
          const x = reach * t * t * t;
          inner += 0.5 * e1(x) * Math.exp(-chi * Math.max(0, z + (side * x) / u)) * ((reach * 3 * t * t) / m);
        }
      }
      sum += phi(z) * inner * step;
    }
    expect(absorbedAndEmitted(source, u, chi) / sum).toBeCloseTo(1, 2);
  });

  test("of iron by nickel is a fifth to a third in Fe-Ni with little iron, as microprobe textbooks have it", () => {
    const composition = { Fe: 0.1, Ni: 0.9 };
    const emissions = lineEmissions(composition, conditions);
    const secondary = fluorescedPhotons(emissions, composition, conditions.takeOffAngleDeg);
    const ratio = (name: string) => {
      const i = emissions.findIndex(({ line }) => line.name === name);
      return secondary[i]! / emissions[i]!.primary;
    };
    expect(ratio("Fe_Ka")).toBeGreaterThan(0.2);
    expect(ratio("Fe_Ka")).toBeLessThan(0.33);
    expect(ratio("Ni_Ka")).toBe(0);
  });

  test("shares of the levels are those of the jump ratios and add up to less than 1", () => {
    expect(shareOfLevel("Fe", "K", 7.0)).toBe(0);
    expect(shareOfLevel("Fe", "K", 7.4)).toBeCloseTo(0.876, 1);
    const levels = ["K", "L1", "L2", "L3", "M1", "M2", "M3", "M4", "M5"] as const;
    const sum = levels.reduce((total, level) => total + shareOfLevel("Pb", level, 20), 0);
    expect(sum).toBeGreaterThan(0.7);
    expect(sum).toBeLessThanOrEqual(1);
  });
});
