import { describe, expect, test } from "vitest";
import { berylliumWindowDetector, detectorEfficiency, fwhmKev, sigmaKev, windowlessDetector } from "./detector.js";

describe("resolution", () => {
  test("is the stated one at Mn Ka and follows the square root law", () => {
    expect(fwhmKev(5.8987, 130)).toBeCloseTo(0.13, 12);
    expect(fwhmKev(1.74, 130)).toBeCloseTo(Math.sqrt(2.5 * (1740 - 5898.7) + 130 ** 2) / 1000, 12);
    expect(sigmaKev(5.8987)).toBeCloseTo(0.13 / Math.sqrt(8 * Math.LN2), 12);
  });

  test("is held at 30 eV where the formula has no root", () => {
    expect(fwhmKev(0, 110)).toBe(0.03);
    expect(fwhmKev(-1, 130)).toBe(0.03);
  });
});

describe("efficiency", () => {
  test("of a polymer window: carbon seen, a dip above the carbon edge, near the open share at 3 keV, falling past 20 keV", () => {
    expect(detectorEfficiency(0.277)).toBeGreaterThan(0.2);
    expect(detectorEfficiency(0.3)).toBeLessThan(0.4 * detectorEfficiency(0.277));
    expect(detectorEfficiency(0.525)).toBeGreaterThan(0.3);
    expect(detectorEfficiency(3)).toBeCloseTo(0.755, 1);
    expect(detectorEfficiency(40)).toBeLessThan(0.6 * detectorEfficiency(10));
  });

  test("of a beryllium window: no oxygen, sodium weakly, silicon well", () => {
    expect(detectorEfficiency(0.525, berylliumWindowDetector)).toBeLessThan(0.01);
    expect(detectorEfficiency(1.74, berylliumWindowDetector)).toBeGreaterThan(0.75);
  });

  test("without window is never below that with one", () => {
    for (let energyKev = 0.1; energyKev < 30; energyKev += 0.1) {
      expect(detectorEfficiency(energyKev, windowlessDetector)).toBeGreaterThanOrEqual(detectorEfficiency(energyKev));
    }
  });
});
