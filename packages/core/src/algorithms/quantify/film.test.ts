/** Films: absorption, k-factors with thickness, zeta factors. */
import { describe, expect, test } from "vitest";
import { ParameterError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { parseParameters } from "../parameters.js";
import { noisyImage, spectrumOf } from "../preprocess/synthetic-image.test-support.js";
import { cliffLorimer } from "./cliff-lorimer.js";
import { cliffLorimerFormula } from "./cliff-lorimer-formula.js";
import { filmAbsorption } from "./film-absorption.js";
import golden from "./golden/zeta-factor.json" with { type: "json" };
import { zetaFactor } from "./zeta-factor.js";
import { zetaFormula } from "./zeta-formula.js";

const lines = Object.keys(golden.zetaFactors);
const zetas = Object.entries(golden.zetaFactors).map(([line, factor]) => ({ line, factor, relativeError: 0 }));
const truth = [0.12, 0.3, 0.18, 0.4];

describe("absorption in a film", () => {
  const absorption = filmAbsorption(lines, 20);

  test("is none in a film of no thickness, x / (1 - exp(-x)) else, and the same for a film twice as thick seen twice as steeply", () => {
    expect([...absorption.factors(truth, 0)]).toEqual([1, 1, 1, 1]);
    const thick = absorption.factors(truth, 1e-4);
    expect(thick[0]).toBeGreaterThan(thick[1]!);
    for (const factor of thick) expect(factor).toBeGreaterThan(1);
    const steep = filmAbsorption(lines, (Math.asin(2 * Math.sin((20 * Math.PI) / 180)) * 180) / Math.PI);
    steep.factors(truth, 2e-4).forEach((value, i) => {
      expect(value).toBeCloseTo(thick[i]!, 12);
    });
    // Photons made evenly over the depth: the mean of what each depth lets out.
    const steps = 20_000;
    const x = 1.7;
    const mean = Array.from({ length: steps }, (_, i) => Math.exp((-x * (i + 0.5)) / steps)).reduce((a, b) => a + b, 0) / steps;
    expect(x / (1 - Math.exp(-x))).toBeCloseTo(1 / mean, 6);
  });

  test("Cliff and Lorimer's formula takes it back: counts of a thick film give its composition", () => {
    const kFactors = lines.map((line, i) => ({ line, kFactor: [1.02, 0.76, 0.88, 1][i]!, relativeError: 0 }));
    const massThicknessGcm2 = 6e-5;
    const absorbed = absorption.factors(truth, massThicknessGcm2);
    const net = truth.map((fraction, i) => (1e6 * fraction) / (kFactors[i]!.kFactor * absorbed[i]!));
    const corrected = cliffLorimerFormula(kFactors, { absorption, massThicknessGcm2 }).composition(net, net);
    const plain = cliffLorimerFormula(kFactors).composition(net, net);
    truth.forEach((fraction, i) => {
      expect(corrected.massFraction[i]).toBeCloseTo(fraction, 6);
      expect(corrected.absorption[i]).toBeCloseTo(absorbed[i]!, 5);
    });
    expect(plain.massFraction[0]! / truth[0]!).toBeLessThan(0.97);
  });
});

describe("zeta factors", () => {
  test("agree with exspy, without absorption and with it", () => {
    const plain = zetaFormula(zetas, undefined);
    const absorbing = zetaFormula(zetas, filmAbsorption(lines, golden.takeOffAngleDeg));
    golden.net.forEach((net, i) => {
      const one = plain.composition(net, net, golden.electrons);
      const other = absorbing.composition(net, net, golden.electrons);
      expect(one.massThicknessKgM2! / golden.plain.massThickness[i]!).toBeCloseTo(1, 12);
      expect(other.massThicknessKgM2! / golden.absorbing.massThickness[i]!).toBeCloseTo(1, 4);
      lines.forEach((_, k) => {
        expect(one.massFraction[k]).toBeCloseTo(golden.plain.massFraction[i]![k]!, 12);
        expect(other.massFraction[k]).toBeCloseTo(golden.absorbing.massFraction[i]![k]!, 5);
      });
    });
  });

  test("composition and mass thickness come back from the counts of a film, and their errors are the scatter of repeats", () => {
    const absorption = filmAbsorption(lines, 20);
    const massThicknessKgM2 = 4e-4;
    const absorbed = absorption.factors(truth, 0.1 * massThicknessKgM2);
    const electrons = 1e10;
    const net = truth.map((fraction, i) => (fraction * massThicknessKgM2 * electrons) / (zetas[i]!.factor * absorbed[i]!));
    const formula = zetaFormula(zetas, absorption);
    const found = formula.composition(net, net, electrons);
    expect(found.massThicknessKgM2! / massThicknessKgM2).toBeCloseTo(1, 6);
    truth.forEach((fraction, i) => {
      expect(found.massFraction[i]).toBeCloseTo(fraction, 6);
    });
    const random = randomStream(2, "zeta");
    const draws = Array.from({ length: 600 }, () => {
      const counts = net.map((value) => random.poisson(value));
      return formula.composition(counts, counts, electrons);
    });
    const scatter = (of: (draw: (typeof draws)[number]) => number) => {
      const mean = draws.reduce((sum, draw) => sum + of(draw), 0) / draws.length;
      return Math.sqrt(draws.reduce((sum, draw) => sum + (of(draw) - mean) ** 2, 0) / (draws.length - 1));
    };
    expect(found.massThicknessError! / scatter((draw) => draw.massThicknessKgM2!)).toBeCloseTo(1, 0);
    expect(found.massFractionError[1]! / scatter((draw) => draw.massFraction[1]!)).toBeCloseTo(1, 0);
  });
});

describe("of an image", () => {
  const image: SpectrumImage = noisyImage(8, 6, () => spectrumOf({ Ca: 400, Cr: 300, Fe: 500 }, 300), {
    beamEnergyKev: 200,
    instrument: "TEM",
  });
  const labels = new Int32Array(48);
  const chosen = ["Ca_Ka", "Cr_Ka", "Fe_Ka"];
  const zeta = {
    lines: chosen,
    zetaFactors: { Ca_Ka: 700, Cr_Ka: 850, Fe_Ka: 950 },
    beamCurrentNa: 0.5,
    liveTimeS: 480,
    takeOffAngleDeg: 22,
  };
  const byZeta = (given: object = {}) =>
    zetaFactor.run({ image, labels }, parseParameters(zetaFactor, { ...zeta, ...given }), { seed: 0 });
  const byK = (given: object) => {
    const k = { lines: chosen, kFactors: { Ca_Ka: 0.9, Cr_Ka: 0.95, Fe_Ka: 1 }, ...given };
    return cliffLorimer.run({ image, labels }, parseParameters(cliffLorimer, k), { seed: 0 });
  };

  test("zeta factors give the mass thickness of classes and pixels, by the electrons of each", async () => {
    const { classes, massThickness, electronsPerPixel, quantifiedPixels } = await byZeta();
    expect(electronsPerPixel).toBeCloseTo((480 * 0.5e-9) / 1.602176634e-19 / 48, -6);
    expect(quantifiedPixels).toBe(48);
    const { composition, netCounts } = classes[0]!;
    const expected = netCounts.reduce((sum, net, i) => sum + net * [700, 850, 950][i]! * composition!.absorption[i]!, 0);
    expect(composition!.massThicknessKgM2! / (expected / (48 * electronsPerPixel))).toBeCloseTo(1, 6);
    const mean = massThickness!.reduce((sum, value) => sum + value, 0) / 48;
    expect(mean / composition!.massThicknessKgM2!).toBeCloseTo(1, 2);
    const plain = await byZeta({ absorption: false, takeOffAngleDeg: undefined });
    expect(plain.classes[0]!.composition!.massThicknessKgM2).toBeLessThan(composition!.massThicknessKgM2!);
  });

  test("thickness and density raise what is absorbed", async () => {
    const thin = await byK({});
    const thick = await byK({ thicknessNm: 2000, densityGcm3: 7, takeOffAngleDeg: 22 });
    expect(thick.film).toEqual({ thicknessNm: 2000, densityGcm3: 7, takeOffAngleDeg: 22 });
    const [of, at] = [thin, thick].map(({ classes }) => classes[0]!.composition!);
    expect(of!.absorption.every((factor) => factor === 1)).toBe(true);
    expect(at!.absorption.every((factor) => factor > 1.1)).toBe(true);
    const ratio = (composition: typeof of) => composition!.massFraction[1]! / composition!.massFraction[2]!;
    expect(ratio(at)).toBeCloseTo((ratio(of) * at!.absorption[1]!) / at!.absorption[2]!, 9);
    expect(Math.abs(ratio(at) / ratio(of) - 1)).toBeGreaterThan(0.02);
  });

  test("says what is missing", async () => {
    await expect(byK({ thicknessNm: 100 })).rejects.toThrow(/thickness and density/);
    await expect(byK({ thicknessNm: 100, densityGcm3: 3 })).rejects.toThrow(/take-off angle/);
    await expect(byZeta({ zetaFactors: { Ca_Ka: 1 } })).rejects.toThrow(/no zeta factor for Cr_Ka/);
    await expect(byZeta({ beamCurrentNa: undefined })).rejects.toThrow(ParameterError);
    await expect(byZeta({ takeOffAngleDeg: undefined })).rejects.toThrow(/take-off angle/);
  });
});
