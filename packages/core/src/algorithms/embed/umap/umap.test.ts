import { describe, expect, it } from "vitest";
import { AbortedError, DataCheckError, ParameterError, ShapeError } from "../../../errors.js";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import golden from "../golden/embed.json" with { type: "json" };
import { embeddingQuality } from "../quality.js";
import { umap } from "./umap.js";

const defaults = (given: object = {}) => parseParameters(umap, given);
const few = (rows: number, columns: number, valueAt: (i: number) => number) => ({
  rows,
  columns,
  data: Float32Array.from({ length: rows * columns }, (_, i) => valueAt(i)),
});
const noise = (rows: number, columns: number, seed = 1) => {
  const random = randomStream(seed, "noise");
  return few(rows, columns, () => random.normal());
};
const latentOf = async (features: ReturnType<typeof few>, given: object) => {
  const { latent } = await umap.run({ features }, defaults({ nEpochs: 20, ...given }), { seed: 1 });
  return latent;
};
const allFinite = (data: Float32Array) => data.every(Number.isFinite);

describe.each(golden.layouts)("UMAP of $name", ({ points, dimensions, minDist, quality }) => {
  it("keeps neighbours as well as umap-learn does", async () => {
    const features = { rows: points.length / dimensions, columns: dimensions, data: Float32Array.from(points) };
    const mean = { trustworthiness: 0, continuity: 0, preservedAmongSame: 0, preserved: 0 };
    for (const seed of [1, 2]) {
      const { latent } = await umap.run({ features }, defaults({ minDist }), { seed });
      const found = await embeddingQuality(features, latent, undefined, {}, { seed });
      for (const key of ["trustworthiness", "continuity", "preservedAmongSame", "preserved"] as const)
        mean[key] += found[key] / 2;
    }
    // Means of two seeds against means of five; seeds differ by up to 0.01 on so few points.
    expect(mean.trustworthiness).toBeGreaterThan(quality.trustworthiness - 0.01);
    expect(mean.continuity).toBeGreaterThan(quality.continuity - 0.01);
    expect(mean.preservedAmongSame).toBeGreaterThan(quality.preservedAmongSame - 0.015);
    expect(mean.preserved).toBeGreaterThan(quality.preserved - 0.015);
  });
});

describe("UMAP", () => {
  it("reports what the layout was made from", async () => {
    const { latent, graph, findings } = await umap.run({ features: noise(200, 3) }, defaults({ nEpochs: 20 }), { seed: 1 });
    expect([latent.rows, latent.columns]).toEqual([200, 2]);
    expect(graph).toMatchObject({ nNeighbors: 15, components: 1, epochs: 20 });
    expect(graph.edges).toBeGreaterThan(200 * 7);
    expect(findings).toEqual([]);
  });

  it("runs 500 epochs up to 10,000 pixels", async () => {
    const { graph } = await umap.run({ features: noise(30, 2) }, defaults(), { seed: 1 });
    expect(graph.epochs).toBe(500);
  });

  it.each([1, 2, 3, 4, 5, 15, 16])("lays out %i pixels", async (rows) => {
    const { latent, graph, findings } = await umap.run({ features: noise(rows, 4) }, defaults({ nEpochs: 50 }), { seed: 1 });
    expect(latent.data.length).toBe(2 * rows);
    expect(allFinite(latent.data)).toBe(true);
    expect(graph.nNeighbors).toBe(rows > 15 ? 15 : Math.max(rows - 1, Math.min(rows, 2)));
    expect(findings.map(({ code }) => code)).toEqual(rows === 1 ? ["one-pixel"] : rows > 15 ? [] : ["fewer-neighbours"]);
  });

  it("takes exact neighbours of few pixels, and with an error others that keep about as much", async () => {
    const features = noise(1200, 12);
    const exact = await latentOf(features, { neighbourError: 0 });
    expect(await latentOf(features, {})).toEqual(exact);
    const bounded = await latentOf(features, { neighbourError: 0.5 });
    expect(bounded).not.toEqual(exact);
    const kept = async (latent: typeof exact) => embeddingQuality(features, latent, undefined, {}, { seed: 1 });
    expect((await kept(bounded)).trustworthiness).toBeGreaterThan((await kept(exact)).trustworthiness - 0.02);
  });

  it("lays out pixels that are all equal, half equal, or differ in one feature of many only", async () => {
    const random = randomStream(2, "values");
    for (const valueAt of [
      () => 3,
      (i: number) => (i < 300 ? 0 : random.normal()),
      (i: number) => (i % 6 === 2 ? random.normal() : 1),
    ]) {
      const features = few(100, 6, valueAt);
      const { latent } = await umap.run({ features }, defaults({ nEpochs: 30 }), { seed: 1 });
      expect(allFinite(latent.data)).toBe(true);
    }
  });

  it.each(["euclidean", "manhattan", "cosine"])(
    "separates clouds with the %s metric, in 1, 2 and 3 dimensions",
    async (metric) => {
      const random = randomStream(4, "clouds");
      const features = few(120, 3, (i) => random.normal() + (Math.floor(i / 120) === i % 3 ? 30 : 0));
      for (const nComponents of [1, 2, 3]) {
        const given = defaults({ metric, nComponents, nEpochs: 100 });
        const { latent, graph, findings } = await umap.run({ features }, given, { seed: 1 });
        const found = await embeddingQuality(features, latent, undefined, { k: 5, among: 39 }, { seed: 1 });
        // On a line points cannot go round each other: from seed to seed 0.91 to 1.
        expect(found.preserved).toBeGreaterThan(nComponents === 1 ? 0.88 : 0.95);
        expect(graph.components).toBe(3);
        expect(findings.map(({ code }) => code)).toEqual(["graph-in-parts"]);
      }
    },
  );

  it("leaves masked pixels out: as if they were not there, and NaN in the result", async () => {
    const features = noise(80, 3);
    features.data.fill(Number.NaN, 3 * 10, 3 * 20);
    const mask = Uint8Array.from({ length: 80 }, (_, i) => (i >= 10 && i < 20 ? 0 : 1));
    const masked = await umap.run({ features, mask }, defaults({ nEpochs: 20 }), { seed: 1 });
    const rest = { rows: 70, columns: 3, data: features.data.filter((value) => !Number.isNaN(value)) };
    const { latent } = await umap.run({ features: rest }, defaults({ nEpochs: 20 }), { seed: 1 });
    expect([...masked.latent.data.subarray(20, 40)].every(Number.isNaN)).toBe(true);
    expect(masked.latent.data.filter((_, i) => i < 20 || i >= 40)).toEqual(latent.data);
  });

  it("refuses no pixels, no features, NaN, a mask of another size, and a smallest distance above the spread", async () => {
    const run = (rows: number, columns: number, valueAt: (i: number) => number, mask?: Uint8Array, given: object = {}) =>
      umap.run({ features: few(rows, columns, valueAt), mask }, defaults(given), { seed: 1 });
    await expect(run(0, 3, () => 1)).rejects.toThrow(DataCheckError);
    await expect(run(3, 0, () => 1)).rejects.toThrow(DataCheckError);
    await expect(run(3, 2, () => 1, new Uint8Array(3))).rejects.toThrow(DataCheckError);
    await expect(run(40, 2, (i) => (i === 13 ? Number.NaN : i))).rejects.toThrow("pixel 6, feature 1");
    await expect(run(40, 2, (i) => (i === 13 ? Infinity : i))).rejects.toThrow(DataCheckError);
    await expect(run(4, 2, (i) => i, new Uint8Array(3))).rejects.toThrow(ShapeError);
    await expect(run(40, 2, (i) => i, undefined, { minDist: 2, spread: 1 })).rejects.toThrow(ParameterError);
  });

  it("stops within a second of being asked, wherever it is", async () => {
    const features = noise(3000, 8);
    for (const after of [0.05, 0.32, 0.5]) {
      const stopper = new AbortController();
      let asked = 0;
      const onProgress = (fraction: number) => {
        if (fraction < after || asked > 0) return;
        asked = performance.now();
        stopper.abort();
      };
      await expect(umap.run({ features }, defaults(), { seed: 1, signal: stopper.signal, onProgress })).rejects.toThrow(
        AbortedError,
      );
      expect(performance.now() - asked).toBeLessThan(1000);
    }
  });

  it("reports progress that never falls, epoch by epoch, also for a graph in many parts", async () => {
    const fractions: number[] = [];
    const messages: string[] = [];
    const random = randomStream(1, "parts");
    const features = few(200, 2, (i) => random.normal() + 1000 * Math.floor(i / 40));
    await umap.run({ features }, defaults({ nEpochs: 12, nNeighbors: 5 }), {
      seed: 1,
      onProgress(fraction, message) {
        fractions.push(fraction);
        if (message !== undefined) messages.push(message);
      },
    });
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(messages.at(-1)).toBe("epoch 12 of 12");
  });
});
