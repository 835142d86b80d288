/** Net intensities against the known counts of simulated spectra: overlaps, absent elements, errors that mean what they say. */
import { describe, expect, test } from "vitest";
import { DataCheckError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { polymerWindowDetector } from "../../xray/detector.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import { type Conditions, expectedSpectrum, lineYields } from "../../xray/physics/expected-spectrum.js";
import { solveColumns } from "./columns.js";
import { fitSpectrum, type SpectrumFit } from "./fit-spectrum.js";

const axis = { name: "energy", size: 2048, offset: 0, scale: 0.01, units: "keV" } as const;
const at = (beamEnergyKev: number): Conditions => ({
  beamEnergyKev,
  takeOffAngleDeg: 35,
  resolutionEv: 130,
  detector: polymerWindowDetector,
});

/** A spectrum of about `counts` counts, drawn, and the true counts of each family. */
function drawn(formula: string, conditions: Conditions, counts: number, seed: number) {
  const composition = massFractions(parseFormula(formula));
  const expected = expectedSpectrum(composition, conditions, axis);
  const dose = counts / expected.reduce((sum, value) => sum + value, 0);
  const random = randomStream(seed, "line-fit-test");
  const spectrum = expected.map((value) => random.poisson(value * dose));
  const truth = new Map<string, number>();
  for (const { line, photons } of lineYields(composition, conditions)) {
    if (line.energyKev < 0.2) continue;
    const key = `${line.element} ${line.family}`;
    truth.set(key, (truth.get(key) ?? 0) + photons * dose);
  }
  return { spectrum, truth };
}

function of(fit: SpectrumFit, element: string, family: string) {
  return fit.families.find((one) => one.element === element && one.family === family)!;
}

describe("overlaps are taken apart", () => {
  test.each([
    ["BaTiO3", 20, ["Ba", "Ti", "O", "S"], ["Ba L", "Ti K"]],
    ["BaSO4", 20, ["Ba", "Ti", "O", "S"], ["Ba L", "Ti K", "S K"]],
    ["MoS2", 25, ["Mo", "S", "Pb"], ["Mo L", "S K", "Pb M"]],
    ["PbS", 20, ["Mo", "S", "Pb"], ["Mo L", "S K", "Pb M"]],
    ["PbMoO4", 25, ["Mo", "S", "Pb", "O"], ["Mo L", "S K", "Pb M"]],
    ["ZrSiO4", 20, ["Zr", "P", "Si", "O"], ["Zr L", "P K", "Si K"]],
    ["(ZrSiO4)9(YPO4)", 20, ["Zr", "P", "Si", "O", "Y"], ["Zr L", "P K"]],
  ])("%s at %d keV", (formula, beam, elements, families) => {
    const { spectrum, truth } = drawn(formula, at(beam), 400_000, 3);
    const fit = fitSpectrum(spectrum, axis, at(beam), elements);
    for (const key of families) {
      const [element, family] = key.split(" ") as [string, string];
      const { counts, variance } = of(fit, element, family);
      const expected = truth.get(key) ?? 0;
      // Fluorescence and K beta differ between the spectrum's physics and the fit's: 2 % of the peaks around, besides counting.
      const around = 0.02 * [...truth].filter(([, value]) => value > 0).reduce((most, [, value]) => Math.max(most, value), 0);
      expect(Math.abs(counts - expected), `${key}: ${counts} ± ${Math.sqrt(variance)} for ${expected}`).toBeLessThan(
        3.5 * Math.sqrt(variance) + around,
      );
    }
    expect(fit.reducedChiSquare).toBeLessThan(2);
  });
});

test("errors mean what they say: 20 draws of a spectrum of 15,000 counts scatter by them around the truth", () => {
  const conditions = at(15);
  const pulls: number[] = [];
  for (let seed = 0; seed < 20; seed++) {
    const { spectrum, truth } = drawn("NaAlSi3O8", conditions, 15_000, seed);
    const fit = fitSpectrum(spectrum, axis, conditions, ["O", "Na", "Al", "Si", "K"], {
      composition: massFractions(parseFormula("NaAlSi3O8")),
    });
    for (const key of ["O K", "Na K", "Al K", "Si K"]) {
      const [element, family] = key.split(" ") as [string, string];
      const { counts, variance } = of(fit, element, family);
      pulls.push((counts - truth.get(key)!) / Math.sqrt(variance));
    }
  }
  const mean = pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length;
  const spread = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) * (pull - mean), 0) / pulls.length);
  expect(Math.abs(mean)).toBeLessThan(0.35);
  expect(spread).toBeGreaterThan(0.7);
  expect(spread).toBeLessThan(1.3);
});

test("a wrong resolution and a shifted axis are found and make little difference", () => {
  const { spectrum, truth } = drawn("CaMgSi2O6", { ...at(15), resolutionEv: 138 }, 200_000, 5);
  const shifted = { ...axis, offset: -0.006 };
  const fit = fitSpectrum(spectrum, shifted, at(15), ["O", "Mg", "Si", "Ca"]);
  expect(Math.abs(fit.shape.resolutionEv - 138)).toBeLessThan(1.5);
  expect(Math.abs(fit.shape.shiftKev + 0.006 + fit.shape.gain * 1.7)).toBeLessThan(0.001);
  expect(of(fit, "Si", "K").counts / truth.get("Si K")!).toBeCloseTo(1, 1.7);
});

test("sum peaks and escape peaks are part of the model, not elements", () => {
  const { spectrum } = drawn("SiO2", at(15), 2_000_000, 1);
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  const piled = Float64Array.from(spectrum);
  for (let a = 20; a < 400; a++) for (let b = 20; b < 400; b++) piled[a + b]! += (0.01 * spectrum[a]! * spectrum[b]!) / total;
  const fit = fitSpectrum(piled, axis, at(15), ["O", "Si"]);
  const sum = fit.pileUp.reduce((all, value) => all + value, 0);
  expect(sum / (0.01 * total)).toBeCloseTo(1, 0.7);
  expect(fit.reducedChiSquare).toBeLessThan(1.5);
});

test("an empty spectrum is refused with what to do", () => {
  expect(() => fitSpectrum(new Float64Array(2048), { ...axis, offset: 30 }, at(15), ["Fe"])).toThrow(DataCheckError);
});

test("linear least squares with ties is the solution of the normal equations", () => {
  const columns = [
    { start: 0, values: Float64Array.of(1, 2, 1) },
    { start: 1, values: Float64Array.of(1, 3) },
  ];
  const data = Float64Array.of(1, 5, 8, 0);
  const weight = Float64Array.of(1, 0.5, 2, 1);
  const { amplitudes, covariance } = solveColumns(columns, data, weight, [
    { terms: [{ column: 1, factor: 1 }], target: 2, error: 0.5 },
  ]);
  // Normal matrix [[1 + 2 + 2, 1 + 6], [7, 0.5 + 18 + 4]], right-hand side [1 + 5 + 16, 2.5 + 48 + 8].
  const determinant = 5 * 22.5 - 49;
  expect(amplitudes[0]).toBeCloseTo((22 * 22.5 - 7 * 58.5) / determinant, 6);
  expect(amplitudes[1]).toBeCloseTo((5 * 58.5 - 7 * 22) / determinant, 6);
  expect(covariance[0]).toBeCloseTo(22.5 / determinant, 6);
  expect(covariance[1]).toBeCloseTo(-7 / determinant, 6);
});
