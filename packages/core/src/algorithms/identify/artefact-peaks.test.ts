import { expect, test } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { polymerWindowDetector } from "../../xray/detector.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import { expectedSpectrum } from "../../xray/physics/expected-spectrum.js";
import { fitSpectrum } from "../line-fit/fit-spectrum.js";
import { pileUpColumn } from "../line-fit/pile-up.js";
import { artefactPeaks } from "./artefact-peaks.js";

const axis = { name: "energy", size: 1600, offset: 0, scale: 0.01, units: "keV" } as const;
const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };

/** A drawn spectrum; `pileUp`: share of the counts that are two photons. */
function drawn(formula: string, counts: number, pileUp = 0): Float64Array {
  const expected = expectedSpectrum(massFractions(parseFormula(formula)), conditions, axis);
  const total = expected.reduce((sum, value) => sum + value, 0);
  const mean = expected.map((value) => (value * counts) / total);
  const { start, values } = pileUpColumn(mean, axis, 0.2, 15);
  values.forEach((value, i) => {
    mean[start + i]! += (value * counts * pileUp) / values.reduce((sum, one) => sum + one, 0);
  });
  const random = randomStream(5, "artefact-test");
  return mean.map((value) => random.poisson(value));
}

test("the escape peak of calcium lies one Si Ka below it, with less than a hundredth of its counts", () => {
  const spectrum = drawn("CaCO3", 2_000_000);
  const fit = fitSpectrum(spectrum, axis, conditions, ["Ca", "C", "O"], { pileUp: false });
  const peaks = artefactPeaks(fit, axis);
  const escaped = peaks.find(({ of }) => of[0] === "Ca_Ka")!;
  expect(escaped.kind).toBe("escape");
  expect(escaped.energyKev).toBeCloseTo(3.691 - 1.74, 2);
  const calcium = fit.families.find(({ element }) => element === "Ca")!;
  expect(escaped.counts).toBeGreaterThan(0.002 * calcium.counts);
  expect(escaped.counts).toBeLessThan(0.01 * calcium.counts);
  expect(peaks.some(({ kind }) => kind === "sum")).toBe(false);
});

test("the sum peak of silicon lies at twice its energy", () => {
  const fit = fitSpectrum(drawn("SiO2", 2_000_000, 0.02), axis, conditions, ["Si", "O"]);
  const sum = artefactPeaks(fit, axis).find(({ kind, of }) => kind === "sum" && of.join() === "Si_Ka,Si_Ka")!;
  expect(sum.energyKev).toBeCloseTo(2 * 1.74, 2);
  expect(sum.sigma).toBeGreaterThan(10);
});

test("few counts have no artefacts that are worth a mark", () => {
  const fit = fitSpectrum(drawn("CaCO3", 3000), axis, conditions, ["Ca", "C", "O"]);
  expect(artefactPeaks(fit, axis)).toEqual([]);
});
