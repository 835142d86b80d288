import { expect, test } from "vitest";
import { polymerWindowDetector, windowlessDetector } from "../detector.js";
import { massFractions, parseFormula } from "../formula.js";
import { continuumOnAxis } from "./continuum-on-axis.js";
import { expectedContinuum } from "./expected-spectrum.js";

const axis = { name: "energy", size: 2048, offset: -0.48, scale: 0.0101, units: "keV" } as const;

test.each([
  [5, "SiO2"],
  [15, "NaAlSi3O8"],
  [15, "C"],
  [20, "PbMoO4"],
  [30, "Au"],
  [15, "B"],
] as const)("at %d keV the continuum of %s is that of the exact model within 3e-5", (beamEnergyKev, formula) => {
  const composition = massFractions(parseFormula(formula));
  const detector = beamEnergyKev === 20 ? windowlessDetector : polymerWindowDetector;
  const conditions = { beamEnergyKev, takeOffAngleDeg: 35, resolutionEv: 130, detector };
  const exact = expectedContinuum(composition, conditions, axis);
  const quick = continuumOnAxis(axis, conditions)(composition);
  const limit = beamEnergyKev / 1.02;
  let worst = 0;
  let worstAtEnd = 0;
  exact.forEach((value, c) => {
    if (value === 0) {
      expect(quick[c]).toBe(0);
      return;
    }
    const error = Math.abs(quick[c]! / value - 1);
    if (axis.offset + c * axis.scale < limit) worst = Math.max(worst, error);
    else worstAtEnd = Math.max(worstAtEnd, error);
  });
  expect(worst).toBeLessThan(3e-5);
  expect(worstAtEnd).toBeLessThan(1e-3);
});

test("the same axis, conditions and composition give the same bytes, whatever was asked between", () => {
  const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
  const quartz = massFractions(parseFormula("SiO2"));
  const first = continuumOnAxis(axis, conditions)(quartz);
  continuumOnAxis(axis, { ...conditions, beamEnergyKev: 20 })(massFractions(parseFormula("FeTiO3")));
  expect(continuumOnAxis({ ...axis }, { ...conditions })(quartz)).toEqual(first);
});
