import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataCheckError, ParameterError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { parseParameters } from "../parameters.js";
import { noisyImage, spectrumOf } from "../preprocess/synthetic-image.test-support.js";
import { cliffLorimer } from "./cliff-lorimer.js";
import { cliffLorimerFormula } from "./cliff-lorimer-formula.js";
import golden from "./golden/cliff-lorimer.json" with { type: "json" };

const context = { seed: 0 };
const factor = ([line, kFactor]: [string, number], relativeError = 0) => ({ line, kFactor, relativeError });

describe("the formula", () => {
  test("agrees with exspy", () => {
    const formula = cliffLorimerFormula(Object.entries(golden.kFactors).map((entry) => factor(entry)));
    golden.net.forEach((net, i) => {
      const { massFraction, atomicFraction } = formula.composition(net, net);
      massFraction.forEach((value, k) => {
        expect(value).toBeCloseTo(golden.massFraction[i]![k]!, 12);
      });
      // The atomic weights of exspy's table differ in the fifth digit.
      atomicFraction.forEach((value, k) => {
        expect(value).toBeCloseTo(golden.atomicFraction[i]![k]!, 4);
      });
    });
  });

  test("two elements have the error of the textbook, of counts and of k-factors", () => {
    const [i, j, si, sj] = [900, 400, 33, 25];
    const kError = 0.1;
    const formula = cliffLorimerFormula([factor(["Fe_Ka", 1], kError), factor(["Si_Ka", 0.76], kError)]);
    const { massFraction, massFractionError } = formula.composition([i, j], [si * si, sj * sj]);
    const ratio = Math.sqrt((si / i) ** 2 + (sj / j) ** 2 + 2 * kError ** 2);
    expect(massFractionError[0]).toBeCloseTo(massFraction[0]! * massFraction[1]! * ratio, 12);
    expect(massFractionError[1]).toBeCloseTo(massFractionError[0]!, 12);
  });

  test("errors are the spread of repeated measurements", () => {
    const formula = cliffLorimerFormula([factor(["Fe_Ka", 1]), factor(["Si_Ka", 0.76]), factor(["Mg_Ka", 1.02])]);
    const mean = [400, 900, 250];
    const { atomicFractionError } = formula.composition(mean, mean);
    const stream = randomStream(3, "repeats");
    const draws = Array.from({ length: 4000 }, () => {
      const counts = mean.map((value) => stream.poisson(value));
      return formula.composition(counts, counts).atomicFraction;
    });
    for (let k = 0; k < 3; k++) {
      const average = draws.reduce((sum, draw) => sum + draw[k]!, 0) / draws.length;
      const spread = Math.sqrt(draws.reduce((sum, draw) => sum + (draw[k]! - average) ** 2, 0) / draws.length);
      expect(atomicFractionError[k]! / spread).toBeCloseTo(1, 1);
    }
  });

  test("fractions sum to 1, do not depend on the reference line, and ignore what is below 0", () => {
    const formula = (scale: number) =>
      cliffLorimerFormula([factor(["Fe_Ka", scale]), factor(["Si_Ka", 0.76 * scale]), factor(["Mg_Ka", 1.02 * scale])]);
    fc.assert(
      fc.property(
        fc.array(
          fc.double({ min: -20, max: 1e6, noNaN: true }).map((net) => (Math.abs(net) < 1e-6 ? 0 : net)),
          { minLength: 3, maxLength: 3 },
        ),
        (net) => {
          const { massFraction, atomicFraction } = formula(1).composition(net, net.map(Math.abs));
          if (net.every((value) => value <= 0)) {
            expect([...massFraction]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
            return;
          }
          expect(massFraction.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
          expect(atomicFraction.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
          net.forEach((value, k) => {
            if (value <= 0) expect(massFraction[k]).toBe(0);
          });
          expect(formula(7).composition(net, net.map(Math.abs)).massFraction[1]).toBeCloseTo(massFraction[1]!, 12);
        },
      ),
    );
  });

  test("the detection limit is Currie's", () => {
    const formula = cliffLorimerFormula([factor(["Fe_Ka", 1]), factor(["Si_Ka", 0.76])]);
    const limit = formula.detectionLimit([1000, -3], [1000, 80]);
    expect(limit[1]).toBeCloseTo((0.76 * (2.71 + 3.29 * Math.sqrt(80))) / 1000, 12);
    expect(limit[0]).toBeCloseTo(2.71 / 1000, 12);
  });
});

describe("of an image", () => {
  // Lines whose Kb lie clear of all windows, on a continuum.
  const left = spectrumOf({ Ca: 200, Cr: 300 }, 400);
  const right = spectrumOf({ Fe: 400, Cu: 100 }, 300);
  const image: SpectrumImage = noisyImage(12, 10, (x) => (x < 8 ? left : right), { beamEnergyKev: 120, instrument: "TEM" });
  const labels = Int32Array.from({ length: 120 }, (_, p) => (p % 12 < 8 ? 0 : 4));
  const lines = ["Ca_Ka", "Cr_Ka", "Fe_Ka", "Cu_Ka"];
  const run = (given: object = {}, input: object = {}) =>
    cliffLorimer.run(
      { image, labels, ...input },
      parseParameters(cliffLorimer, { lines, kFactors: { Ca_Ka: 1 }, ...given }),
      context,
    );

  test("classes have the fractions that their lines say, within their errors, background taken off", async () => {
    const { classes, elements, kFactors, findings } = await run();
    expect([elements, kFactors]).toEqual([
      ["Ca", "Cr", "Fe", "Cu"],
      [1, 0.9, 1, 1.17],
    ]);
    expect(findings).toEqual([]);
    expect(classes.map(({ id, pixels }) => [id, pixels])).toEqual([
      [0, 80],
      [4, 40],
    ]);
    const expected = [
      [200, 0.9 * 300, 0, 0],
      [0, 0, 400, 1.17 * 100],
    ].map((amounts) => amounts.map((amount) => amount / amounts.reduce((a, b) => a + b)));
    classes.forEach(({ composition, detectionLimit }, c) => {
      composition!.massFraction.forEach((value, k) => {
        expect(Math.abs(value - expected[c]![k]!)).toBeLessThan(4 * composition!.massFractionError[k]! + 0.002);
      });
      expect(Math.max(...detectionLimit)).toBeLessThan(0.02);
    });
    expect(classes[0]!.composition!.massFractionError[0]).toBeLessThan(0.01);
    const gross = await run({ background: "none" });
    expect(gross.classes[0]!.composition!.massFraction[2]).toBeGreaterThan(0.005);
  });

  test("classes are the sums of their pixels", async () => {
    const result = await run({ minimumCounts: 1 });
    expect(result.quantifiedPixels).toBe(120);
    const whole = await run({ minimumCounts: 1 }, { labels: new Int32Array(120) });
    expect(whole.classes[0]!.netCounts[1]).toBeCloseTo(result.classes[0]!.netCounts[1]! + result.classes[1]!.netCounts[1]!, 6);
    for (let p = 0; p < 120; p++) {
      const row = result.atomicFraction.subarray(p * 4, p * 4 + 4);
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    const mean = (from: Float32Array, p: number) => from[p * 4]!;
    const own = Array.from({ length: 80 }, (_, i) => mean(result.massFraction, Math.floor(i / 8) * 12 + (i % 8)));
    const average = own.reduce((a, b) => a + b) / 80;
    const spread = Math.sqrt(own.reduce((sum, value) => sum + (value - average) ** 2, 0) / 79);
    const stated = own.reduce((sum, _, i) => sum + mean(result.massFractionError, Math.floor(i / 8) * 12 + (i % 8)), 0) / 80;
    expect(stated / spread).toBeGreaterThan(0.75);
    expect(stated / spread).toBeLessThan(1.35);
  });

  test("pixels and classes with too few counts, and masked ones, have no composition", async () => {
    const poor = await run({ minimumCounts: 1e9 });
    expect(poor.quantifiedPixels).toBe(0);
    expect(poor.massFraction.every(Number.isNaN)).toBe(true);
    expect(poor.classes.map(({ composition }) => composition)).toEqual([undefined, undefined]);
    const mask = new Uint8Array(120).fill(1, 5);
    const masked = await run({}, { mask });
    expect(masked.quantifiedPixels).toBe(115);
    expect(masked.classes[0]!.pixels).toBe(75);
  });

  test("says where the formula or the table do not hold, and which lines overlap", async () => {
    const sem = { ...image, metadata: { ...image.metadata, instrument: "SEM" as const, beamEnergyKev: 15 } };
    const codes = async (given: object, input: object) => (await run(given, input)).findings.map(({ code }) => code);
    expect(await codes({}, { image: sem })).toEqual(["not-thin", "other-beam-energy"]);
    const own = { kFactorTable: "none", kFactors: { "Ca Kα": 1, Cr_Ka: 1, Fe_Ka: 1.2, Cu_Ka: 1 } };
    const at200 = { ...image, metadata: { ...image.metadata, beamEnergyKev: 200 } };
    expect(await codes({}, { image: at200 })).toEqual(["other-beam-energy"]);
    expect(await codes(own, { image: at200 })).toEqual([]);
    expect(await codes({ lines: ["Fe_Ka", "S_Ka", "Mo_La"], kFactors: { Mo_La: 2 } }, {})).toEqual(["overlap"]);
  });

  test("refuses with a name and a remedy", async () => {
    await expect(run({ lines: [] })).rejects.toThrow(ParameterError);
    await expect(run({ lines: ["Fe_Ka"] })).rejects.toThrow("two elements");
    await expect(run({ lines: ["Fe_Ka", "Fe_La"] })).rejects.toThrow("Fe_Ka and Fe_La");
    await expect(run({ lines: ["Fe_Ka", "O_Ka"] })).rejects.toThrow("no k-factor for O_Ka");
    await expect(run({ kFactorTable: "none" })).rejects.toThrow("no k-factor for Cr_Ka");
    await expect(run({}, { labels: new Int32Array(3) })).rejects.toThrow(ShapeError);
    const intensity = { ...image, counts: { ...image.counts, kind: "intensity" as const } };
    await expect(run({}, { image: intensity })).rejects.toThrow(DataCheckError);
  });
});
