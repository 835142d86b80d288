import { describe, expect, it } from "vitest";
import { noisyImage, spectrumOf } from "../../algorithms/preprocess/synthetic-image.test-support.js";
import { ParameterError, RecipeError } from "../../errors.js";
import { type Analysis, startAnalysis } from "../analysis.js";
import { pooledNmf, pooledNmfParameters } from "../pooled-nmf.js";
import { withoutZeroPeak, ZERO_PEAK_END_KEV } from "../without-zero-peak.js";
import { spectra } from "./spectra.js";
import { unmix } from "./unmix.js";

const pure = [spectrumOf({ O: 60, Si: 50 }, 80), spectrumOf({ Fe: 50, S: 40 }, 20)];
const width = 12;
const context = { seed: 0 };
const parse = (given: object = {}) => unmix.schema.parse({ step: "unmix", method: "nmf", ...given });

/** Three stripes: the first phase, both, the second. Class 2 is the mixture; class ids have a gap, as after an edit. */
async function stripes(): Promise<Analysis> {
  const mixed = pure[0]!.map((value, c) => 0.5 * value + 0.5 * pure[1]![c]!);
  const image = noisyImage(width, 8, (x) => (x < 4 ? pure[0]! : x < 8 ? mixed : pure[1]!));
  const labels = Int32Array.from({ length: width * 8 }, (_, p) => [0, 2, 1][Math.floor((p % width) / 4)]!);
  return spectra.run({ ...startAnalysis(image), labels }, spectra.schema.parse({ step: "spectra" }), context);
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squareA * squareB);
}

describe("unmix step", () => {
  it("finds two endmembers behind three classes, in counts per pixel, with the weights of the classes", async () => {
    for (const normaliseSpectra of ["none", "maximum", "sum"]) {
      const { unmixing } = await unmix.run(await stripes(), parse({ nComponents: 2, normaliseSpectra, maxIter: 2000 }), context);
      const { endmembers, classWeights } = unmixing!;
      for (const [j, spectrum] of pure.entries()) {
        const like = endmembers.map((endmember) => cosine(endmember, spectrum));
        expect(Math.max(...like)).toBeGreaterThan(0.95);
        const counts = endmembers[like.indexOf(Math.max(...like))]!.reduce((sum, value) => sum + value, 0);
        expect(counts / pure[j]!.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0.7);
        expect(counts / pure[j]!.reduce((sum, value) => sum + value, 0)).toBeLessThan(1.5);
      }
      expect(classWeights!.classIds).toEqual([0, 1, 2]);
      expect(classWeights!.data.length).toBe(6);
    }
  });

  it("unmixes chosen classes only", async () => {
    const { unmixing } = await unmix.run(await stripes(), parse({ classes: [1, 0] }), context);
    expect(unmixing!.endmembers.length).toBe(2);
    expect(unmixing!.classWeights!.classIds).toEqual([1, 0]);
  });

  it("keeps the shape of spectra that are held fixed, from classes or from elsewhere", async () => {
    const analysis = await stripes();
    const { offset, scale } = analysis.image.energyAxis;
    const seedSpectra = [
      { name: "pyrite.msa", energyOffsetKev: offset!, energyScaleKev: scale!, counts: [...pure[1]!.map((v) => 7 * v)] },
    ];
    const given = parse({ nComponents: 2, seedClasses: [0], seedSpectra, seeds: "fixed" });
    const { unmixing } = await unmix.run(analysis, given, context);
    expect(unmixing!.seedNames).toEqual([analysis.classes[0]!.name, "pyrite.msa"]);
    const cut = (spectrum: Float64Array) => withoutZeroPeak(spectrum, analysis.image.energyAxis, ZERO_PEAK_END_KEV);
    expect(cosine(unmixing!.endmembers[0]!, cut(analysis.classSpectra[0]!))).toBeCloseTo(1, 9);
    expect(cosine(unmixing!.endmembers[1]!, cut(pure[1]!))).toBeCloseTo(1, 9);
    const [first, , third] = [0, 1, 2].map((row) => unmixing!.classWeights!.data.slice(2 * row, 2 * row + 2));
    expect(first![0]).toBeCloseTo(1, 1);
    expect(third![0]! + third![1]!).toBeCloseTo(1, 1);
    const abundance = (x: number) => unmixing!.abundances[2 * (width + x)]!;
    expect(abundance(1)).toBeGreaterThan(0.8);
    expect(abundance(10)).toBeLessThan(0.2);
  });

  it("lets seeds move when they are free", async () => {
    const analysis = await stripes();
    const { unmixing } = await unmix.run(analysis, parse({ nComponents: 2, seedClasses: [2, 1], maxIter: 500 }), context);
    expect(cosine(unmixing!.endmembers[0]!, pure[0]!)).toBeGreaterThan(cosine(analysis.classSpectra[2]!, pure[0]!));
  });

  it.each([
    ["classes", { classes: [5] }],
    ["seedClasses", { seedClasses: [3] }],
  ])("names %s when there is no such class", async (field, given) => {
    const failure = await unmix.run(await stripes(), parse(given), context).catch((error: unknown) => error);
    expect(failure instanceof ParameterError && failure.facts.field).toBe(field);
  });

  it("needs class spectra", async () => {
    const { image } = await stripes();
    await expect(unmix.run(startAnalysis(image), parse(), context)).rejects.toThrow(RecipeError);
  });
});

describe("pooled NMF", () => {
  const parameters = (given: object = {}) => pooledNmfParameters.parse(given);

  it("finds common endmembers of maps with different energy axes, in the order of maps and classes", async () => {
    const one = await stripes();
    const other = await stripes();
    const axis = one.image.energyAxis;
    // The second map as a detector with channels of half the width would have seen it.
    const finer = { ...axis, size: 2 * axis.size, scale: axis.scale! / 2, offset: axis.offset! - axis.scale! / 4 };
    const split = (spectrum: Float64Array) => Float64Array.from({ length: finer.size }, (_, c) => spectrum[c >> 1]! / 2);
    const second = { ...other, image: { ...other.image, energyAxis: finer }, classSpectra: other.classSpectra.map(split) };
    const found = await pooledNmf(
      [
        { name: "one", analysis: one },
        { name: "two", analysis: second },
      ],
      parameters({ nComponents: 2, maxIter: 2000 }),
      context,
    );
    expect(found.classes.map(({ analysis, classId }) => `${analysis} ${classId}`)).toEqual([
      "one 0",
      "one 1",
      "one 2",
      "two 0",
      "two 1",
      "two 2",
    ]);
    expect(found.energyAxis.offset).toBeGreaterThanOrEqual(0.1);
    expect(found.endmembers[0]!.length).toBe(found.energyAxis.size);
    for (let i = 0; i < 3; i++) {
      found.classes[i]!.weights.forEach((weight, j) => {
        expect(weight).toBeCloseTo(found.classes[i + 3]!.weights[j]!, 2);
      });
    }
  });

  it("refuses an empty list and a range without channels", async () => {
    await expect(pooledNmf([], parameters(), context)).rejects.toThrow(ParameterError);
    const failure = pooledNmf([{ name: "one", analysis: await stripes() }], parameters({ fromKev: 500, toKev: 600 }), context);
    await expect(failure).rejects.toThrow(ParameterError);
  });
});
