import { expect, test } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { polymerWindowDetector } from "../../../xray/detector.js";
import { massFractions, parseFormula } from "../../../xray/formula.js";
import { expectedSpectrum } from "../../../xray/physics/expected-spectrum.js";
import { fitSpectrum } from "../../line-fit/fit-spectrum.js";
import { fitForAreas } from "./fit-for-areas.js";

const axis = { name: "energy", size: 800, offset: 0, scale: 0.02, units: "keV" } as const;
const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
const expected = expectedSpectrum(massFractions(parseFormula("(Mg0.9Fe0.1)2SiO4")), conditions, axis);
const sum = expected.reduce((total, value) => total + value, 0);
const elements = ["O", "Mg", "Si", "Fe"];

function drawn(counts: number, seed: number): Float64Array {
  const random = randomStream(seed, "areas");
  return expected.map((value) => random.poisson((value * counts) / sum));
}

test("few counts are fitted as ever", () => {
  const spectrum = drawn(50_000, 1);
  expect(fitForAreas(spectrum, axis, conditions, elements)).toEqual(fitSpectrum(spectrum, axis, conditions, elements));
});

test("errors of many counts are their scatter, and model and residual are those of the whole spectrum", () => {
  const counts = 3_000_000;
  const fits = Array.from({ length: 16 }, (_, seed) => {
    const spectrum = drawn(counts, seed);
    return { spectrum, fit: fitForAreas(spectrum, axis, conditions, elements) };
  });
  const { spectrum, fit } = fits[0]!;
  fit.model.forEach((value, c) => {
    if (value > 0) expect(value + fit.residual[c]!).toBeCloseTo(spectrum[c]!, 3);
  });
  let ratios = 0;
  fit.families.forEach(({ variance, family }, i) => {
    if (family !== "K") return;
    const values = fits.map((one) => one.fit.families[i]!.counts);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const scatter = values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
    ratios += scatter / variance / 4;
  });
  // 16 draws of four families scatter by about a fifth; what is known of the peaks' shape keeps them together.
  expect(ratios).toBeGreaterThan(0.3);
  expect(ratios).toBeLessThan(1.6);
});
