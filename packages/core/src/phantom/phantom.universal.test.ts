import { describe, expect, test } from "vitest";
import { isSigmaError } from "../errors.js";
import type { CountBlock } from "../spectrum-image/counts.js";
import { classSpectra, countMap, pass, sumSpectrum } from "../spectrum-image/pass.js";
import { binnedTruth } from "./binned-truth.js";
import type { PhantomParametersInput } from "./parameters.js";
import { makePhantom, streamPhantom } from "./phantom.js";
import { phantomPresets } from "./presets.js";

const small: PhantomParametersInput = {
  width: 40,
  height: 30,
  channels: 1024,
  particles: 14,
  smallestRadiusPx: 3,
  largestRadiusPx: 8,
};

/** FNV-1a over numbers as float64 bytes. */
function hash(...arrays: readonly ArrayLike<number>[]): string {
  const bytes = new Uint8Array(8);
  const value = new DataView(bytes.buffer);
  let h = 0x811c9dc5;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      value.setFloat64(0, array[i]!, true);
      for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193);
    }
  }
  return (h >>> 0).toString(16).padStart(8, "0");
}

const hashOf = (blocks: readonly CountBlock[]) => hash(...blocks.flatMap((block) => [block.channel, block.count]));

async function blocksOf(parameters: PhantomParametersInput, rowsPerBlock: number): Promise<CountBlock[]> {
  const blocks: CountBlock[] = [];
  for await (const block of streamPhantom(parameters, { rowsPerBlock }).image.counts.blocks()) blocks.push(block);
  return blocks;
}

describe("phantom", () => {
  test("is the same in every engine", async () => {
    const { image, truth } = await makePhantom({ ...small, gainDrift: 0.002, absorbingMassMgCm2: 0.1, zeroPeakCounts: 5 });
    expect({
      counts: hashOf(image.counts.stored),
      fractions: hash(truth.fractions),
      spectra: hash(...truth.spectra),
      backscatter: hash(image.images[0]!.data),
    }).toEqual({ counts: "4da20d79", fractions: "0f103935", spectra: "ec271bdd", backscatter: "d5a656c0" });
  });

  test("does not depend on the size of blocks, and is the same at a second reading", async () => {
    const whole = await blocksOf(small, 30);
    expect(whole).toHaveLength(1);
    for (const rows of [1, 7]) {
      const parts = await blocksOf(small, rows);
      expect(parts).toHaveLength(Math.ceil(30 / rows));
      expect(hash(parts.flatMap((block) => [...block.channel]))).toBe(hash(whole[0]!.channel));
      expect(hash(parts.flatMap((block) => [...block.count]))).toBe(hash(whole[0]!.count));
    }
    const { counts } = streamPhantom(small).image;
    const [first] = await pass(counts, [countMap(counts)]);
    const [second] = await pass(counts, [countMap(counts)]);
    expect(second).toEqual(first);
  });

  test("changes with the seed", async () => {
    const first = await makePhantom({ ...small, seed: 1 });
    const second = await makePhantom({ ...small, seed: 2 });
    expect(hashOf(first.image.counts.stored)).not.toBe(hashOf(second.image.counts.stored));
    expect(first.truth.fractions).not.toEqual(second.truth.fractions);
    expect(first.truth.spectra[0]!.length).toBe(second.truth.spectra[0]!.length);
  });

  test("has the counts that were asked for, and each phase its expected spectrum (chi-square)", async () => {
    const { image, truth } = await makePhantom({ ...small, width: 80, height: 60, countsPerPixel: 300, blurPx: 0, thinShare: 0 });
    const phases = truth.phases.length;
    const pureLabels = truth.labels.map((label, p) => (truth.fractions[p * phases + label]! > 0.999 ? label : -1));
    const [sum, spectra] = await pass(image.counts, [sumSpectrum(image.counts), classSpectra(image.counts, pureLabels, phases)]);
    const total = sum.reduce((a, b) => a + b, 0);
    expect(Math.abs(total / 4800 / 300 - 1)).toBeLessThan(4 / Math.sqrt(total));
    truth.spectra.forEach((expected, k) => {
      const pixels = pureLabels.filter((label) => label === k).length;
      expect(pixels, truth.phases[k]!.name).toBeGreaterThan(20);
      let chiSquare = 0;
      let bins = 0;
      for (let c = 0; c + 8 <= expected.length; c += 8) {
        const want = pixels * expected.slice(c, c + 8).reduce((a, b) => a + b, 0);
        const got = spectra[k]!.slice(c, c + 8).reduce((a, b) => a + b, 0);
        if (want < 20) continue;
        chiSquare += ((got - want) * (got - want)) / want;
        bins += 1;
      }
      expect(Math.abs(chiSquare - bins) / Math.sqrt(2 * bins), truth.phases[k]!.name).toBeLessThan(5);
    });
  });

  test("scatters as Poisson numbers do: variance of a constant map equals its mean", async () => {
    const { image } = await makePhantom({ ...small, particlePhases: [], width: 60, height: 60, countsPerPixel: 90 });
    const [map] = await pass(image.counts, [countMap(image.counts)]);
    const mean = map.reduce((a, b) => a + b, 0) / map.length;
    const variance = map.reduce((a, b) => a + (b - mean) * (b - mean), 0) / (map.length - 1);
    expect(Math.abs(variance / mean - 1)).toBeLessThan(5 * Math.sqrt(2 / map.length));
  });

  test("describes itself: axes in keV and um, beam, detector, elements, a backscatter image that is brighter where atoms are heavier", async () => {
    const { image, truth } = streamPhantom({ ...small, pixelSizeUm: 0.25, offsetEv: -200 });
    expect(image.navigationAxes.map(({ name, size, scale, units }) => [name, size, scale, units])).toEqual([
      ["y", 30, 0.25, "um"],
      ["x", 40, 0.25, "um"],
    ]);
    expect(image.energyAxis).toMatchObject({ size: 1024, offset: -0.2, scale: 0.01, units: "keV" });
    expect(image.metadata).toMatchObject({
      instrument: "SEM",
      beamEnergyKev: 15,
      detector: { resolutionEv: 130, elevationAngleDeg: 35 },
    });
    expect(image.metadata.elements).toEqual(["Al", "C", "Ca", "F", "Fe", "K", "Mg", "Na", "O", "P", "Si", "Ti"]);
    const bse = image.images[0]!;
    const meanOf = (k: number) => {
      const values = [...bse.data].filter((_, p) => truth.labels[p] === k && truth.pure[p] === 1);
      return values.reduce((a, b) => a + b, 0) / values.length;
    };
    expect(meanOf(0)).toBeCloseTo(6, 0);
    expect(meanOf(6)).toBeGreaterThan(15);
  });
});

describe("truth", () => {
  test("fractions sum to 1; labels are the largest share; pure pixels are those of at least 95 %", () => {
    const { truth } = streamPhantom({ ...small, blurPx: 1.5 });
    const phases = truth.phases.length;
    for (let p = 0; p < truth.labels.length; p++) {
      const row = truth.fractions.slice(p * phases, (p + 1) * phases);
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      expect(row[truth.labels[p]!]).toBe(Math.max(...row));
      expect(truth.pure[p]).toBe(Math.max(...row) >= 0.95 ? 1 : 0);
    }
    expect(truth.phases.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(1200);
  });

  test("bins with the image", async () => {
    const { image, truth } = await makePhantom({ ...small, width: 41, countsPerPixel: 500 });
    const binned = binnedTruth(truth, { y: 3, x: 2, energy: 4 });
    expect(binned).toMatchObject({ width: 20, height: 10, energyAxis: { size: 256, scale: 0.04, offset: 0.015 } });
    const [map] = await pass(image.counts, [countMap(image.counts)]);
    const phases = truth.phases.length;
    let expected = 0;
    let counted = 0;
    for (let p = 0; p < 200; p++) {
      const row = binned.fractions.subarray(p * phases, (p + 1) * phases);
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      row.forEach((share, k) => {
        expected += share * binned.spectra[k]!.reduce((a, b) => a + b, 0);
      });
    }
    for (let y = 0; y < 30; y++) for (let x = 0; x < 40; x++) counted += map[y * 41 + x]!;
    expect(Math.abs(counted / expected - 1)).toBeLessThan(4 / Math.sqrt(counted));
  });

  test("a rare grain has its area, alone and whole", () => {
    const rarePhases = [
      { name: "zircon", formula: "ZrSiO4", pixels: 30 },
      { name: "pyrite", formula: "FeS2", pixels: 12 },
    ];
    const { truth } = streamPhantom({ ...small, width: 60, height: 60, rarePhases });
    const phases = truth.phases.length;
    for (const [k, pixels] of [
      [8, 30],
      [9, 12],
    ] as const) {
      let area = 0;
      for (let p = 0; p < truth.labels.length; p++) area += truth.fractions[p * phases + k]!;
      expect(Math.abs(area / pixels - 1), truth.phases[k]!.name).toBeLessThan(0.1);
    }
  });

  test("a thin particle shows what lies beneath", () => {
    const { truth } = streamPhantom({ ...small, thinShare: 1, blurPx: 0, particles: 1, largestRadiusPx: 8, smallestRadiusPx: 8 });
    const seen = Array.from(truth.fractions).filter((share) => share > 0.01 && share < 0.99);
    expect(seen.length).toBeGreaterThan(20);
    expect(Math.max(...seen.map((share) => Math.min(share, 1 - share)))).toBeGreaterThan(0.29);
  });
});

describe("instrument effects", () => {
  test("gain drift moves the lines of the last row by its share", async () => {
    const { image } = await makePhantom({
      ...small,
      particlePhases: [],
      matrix: { name: "iron", formula: "Fe" },
      gainDrift: 0.01,
      countsPerPixel: 3000,
    });
    const labels = Int32Array.from({ length: 1200 }, (_, p) => (p < 40 ? 0 : p >= 1160 ? 1 : -1));
    const [spectra] = await pass(image.counts, [classSpectra(image.counts, labels, 2)]);
    const centre = (spectrum: Float64Array) => {
      let sum = 0;
      let moment = 0;
      for (let c = 620; c < 670; c++) {
        sum += spectrum[c]!;
        moment += spectrum[c]! * c;
      }
      return moment / sum;
    };
    expect(centre(spectra[1]!) - centre(spectra[0]!)).toBeCloseTo(6.4, 0);
  });

  test("the zero peak lies at 0 keV and adds its counts", async () => {
    const { image } = await makePhantom({ ...small, offsetEv: -200, zeroPeakCounts: 40 });
    const [sum] = await pass(image.counts, [sumSpectrum(image.counts)]);
    const peak = sum.slice(10, 30).reduce((a, b) => a + b, 0) / 1200;
    expect(Math.abs(peak / 40 - 1)).toBeLessThan(0.05);
    expect(sum.indexOf(Math.max(...sum.slice(0, 30)))).toBeGreaterThan(17);
  });

  test("brightness and absorption fall to the right, oxygen most; the mean stays as asked", async () => {
    const { image } = await makePhantom({
      ...phantomPresets["thickness-gradient"].parameters,
      width: 40,
      height: 40,
      countsPerPixel: 400,
    });
    const labels = Int32Array.from({ length: 1600 }, (_, p) => (p % 40 < 6 ? 0 : p % 40 >= 34 ? 1 : -1));
    const [spectra, sum] = await pass(image.counts, [classSpectra(image.counts, labels, 2), sumSpectrum(image.counts)]);
    const line = (k: number, channel: number) => spectra[k]!.slice(channel - 6, channel + 7).reduce((a, b) => a + b, 0);
    const oxygen = line(1, 52) / line(0, 52);
    const calcium = line(1, 369) / line(0, 369);
    expect(calcium).toBeGreaterThan(0.45);
    expect(calcium).toBeLessThan(0.65);
    expect(oxygen / calcium).toBeLessThan(0.6);
    expect(sum.reduce((a, b) => a + b, 0) / 1600 / 400).toBeCloseTo(1, 1);
  });
});

describe("presets", () => {
  test.each(Object.entries(phantomPresets))("%s can be made", (_, { parameters, name, summary }) => {
    const { truth } = streamPhantom({ ...parameters, width: 50, height: 40, particles: 10, channels: 512 });
    expect(truth.spectra.every((spectrum) => spectrum.every((value) => Number.isFinite(value) && value >= 0))).toBe(true);
    expect(name.length * summary.length).toBeGreaterThan(100);
  });

  test("seven-minerals is the default and has eight phases with pure pixels", () => {
    const { truth } = streamPhantom(phantomPresets["seven-minerals"].parameters);
    expect(truth.phases).toHaveLength(8);
    expect(Math.min(...truth.phases.map(({ purePixels }) => purePixels))).toBeGreaterThan(500);
  });

  test.each([
    ["width", { width: 1 }],
    ["beamEnergykev", { beamEnergykev: 20 }],
    ["particlePhases.0.formula", { particlePhases: [{ name: "x", formula: "" }] }],
  ])("the field %s is named when it does not fit", (field, parameters) => {
    expect(() => streamPhantom(parameters as PhantomParametersInput)).toThrow(`phantom, field ${field}`);
  });

  test("a map whose truth would not fit into memory is refused", () => {
    expect(() => streamPhantom({ width: 16_384, height: 16_384 })).toThrow("too large");
  });

  test("a formula that cannot be read is a parameter error", async () => {
    const made = makePhantom({ ...small, matrix: { name: "nonsense", formula: "Qz" } });
    await expect(made).rejects.toSatisfy((error) => isSigmaError(error, "parameter"));
  });

  test("can be stopped", async () => {
    const controller = new AbortController();
    const made = makePhantom(
      { ...small, height: 400, width: 400 },
      {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      },
    );
    await expect(made).rejects.toSatisfy((error) => isSigmaError(error, "aborted"));
  });
});
