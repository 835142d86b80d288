import { describe, expect, test } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { energyAxis, spectrumOf } from "../preprocess/synthetic-image.test-support.js";
import { findPhases } from "./find-phases.js";
import type { FoundPhases } from "./found-phases.js";
import { findPhasesParameters } from "./parameters.js";
import { scoreTrial, trialMap } from "./trial-map.test-support.js";

const defaults = findPhasesParameters.parse({});

/** A map of one spectrum with Poisson noise. */
async function onePhase(width: number, height: number, spectrum: Float64Array, seed: number): Promise<FoundPhases> {
  const stream = randomStream(seed, "one phase");
  const dense = new Float64Array(width * height * spectrum.length);
  for (let i = 0; i < dense.length; i++) dense[i] = stream.poisson(spectrum[i % spectrum.length]!);
  return findPhases({ counts: countsFromDense([height, width], spectrum.length, dense), energyAxis }, defaults, {});
}

describe("small maps", () => {
  const poor = spectrumOf({ Fe: 5, O: 5 }, 10);
  const usual = spectrumOf({ Si: 40, O: 20 }, 60);

  // With noise spread evenly over the axes in mind, each of the first four gave two to four phases.
  test.each([
    [24, 12, poor, 0],
    [16, 12, poor, 1],
    [40, 25, poor, 2],
    [32, 32, poor, 3],
    [32, 32, usual, 0],
    // Smaller than the kernel that smooths them: with nothing but darkness seen beyond their ends, all was taken for vacuum.
    [1, 1, usual, 0],
    [5, 1, poor, 0],
    [3, 4, usual, 0],
  ])(
    "of one phase, %i x %i pixels, are one phase without an axis",
    async (width, height, spectrum, seed) => {
      const found = await onePhase(width, height, spectrum, seed);
      expect(found.phases).toHaveLength(1);
      expect(found.labels.every((label) => label === 0)).toBe(true);
      expect(found.choices.join(" ")).toMatch(/\b0 directions/);
      expect(found.choices[0]).toMatch(/^A typical pixel holds \d+ counts? at the energies that decide: half of these/);
      for (const values of [found.abundances, found.membership]) expect(values.every((value) => value === 1)).toBe(true);
      expect(found.residualSigma.every(Number.isFinite)).toBe(true);
    },
    20_000,
  );

  test.each([
    [60, 60, 150, 30],
    [32, 32, 40, 60],
  ])(
    "of one phase and a grain, %i x %i pixels, are two phases",
    async (width, height, countsPerPixel, pixels) => {
      const rare = [{ phase: 1, pixels }];
      const map = trialMap({ formulas: ["SiO2", "FeTiO3"], width, height, countsPerPixel, seed: 0, grains: 0, rare });
      const found = await findPhases(map, defaults, {});
      expect(scoreTrial(map, found.labels, found.endmembers)).toMatchObject({ found: 2, missed: 0, surplus: 0 });
    },
    20_000,
  );

  test("of a composition that changes step by step are one phase, or several where gradients are not joined", async () => {
    const [left, right] = [spectrumOf({ Si: 40, O: 20 }, 20), spectrumOf({ Si: 30, Fe: 10, O: 20 }, 20)];
    const [width, height] = [64, 32];
    const stream = randomStream(1, "gradient");
    const dense = new Float64Array(width * height * left.length);
    for (let i = 0; i < dense.length; i++) {
      const [c, share] = [i % left.length, (Math.floor(i / left.length) % width) / (width - 1)];
      dense[i] = stream.poisson((1 - share) * left[c]! + share * right[c]!);
    }
    const input = { counts: countsFromDense([height, width], left.length, dense), energyAxis };
    const joined = await findPhases(input, { ...defaults, correctAbsorption: false }, {});
    expect(joined.phases).toHaveLength(1);
    expect(joined.choices.join(" ")).toMatch(/Ends of gradients that were joined .*: [12]/);
    const apart = await findPhases(input, { ...defaults, correctAbsorption: false, joinGradients: false }, {});
    expect(apart.phases.length).toBeGreaterThan(1);
    expect(apart.labels[0]).not.toBe(apart.labels[width - 1]);
    expect(apart.rejected.some(({ reason }) => reason === "continuum")).toBe(false);
  });

  test("of pixels that have nothing in common are unassigned, which is said", async () => {
    const symbols = ["Al", "Si", "Ca", "Ti", "Fe", "Cu"];
    const spectra = symbols.map((symbol) => spectrumOf({ [symbol]: 4000 }, 200));
    const stream = randomStream(3, "nothing in common");
    const dense = Float64Array.from(spectra.flatMap((spectrum) => [...spectrum].map((mean) => stream.poisson(mean))));
    const found = await findPhases({ counts: countsFromDense([2, 3], energyAxis.size, dense), energyAxis }, defaults, {});
    expect(found.labels.every((label) => label === -1)).toBe(true);
    expect(found.warnings.join(" ")).toMatch(/No pixel is explained/);
  });

  test("of three phases and few counts keep them, and every phase has pixels", async () => {
    const map = trialMap({
      formulas: ["NaAlSi3O8", "SiO2", "FeTiO3"],
      width: 32,
      height: 32,
      countsPerPixel: 60,
      seed: 4,
      grains: 5,
    });
    const found = await findPhases(map, defaults, {});
    expect(found.phases).toHaveLength(3);
    expect(found.phases.every(({ pixels }) => pixels > 0)).toBe(true);
  });
});
