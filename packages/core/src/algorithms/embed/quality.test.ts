import { describe, expect, it } from "vitest";
import { ParameterError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import golden from "./golden/embed.json" with { type: "json" };
import { embeddingQuality } from "./quality.js";

const asMatrix = (columns: number, values: number[]) => ({
  rows: values.length / columns,
  columns,
  data: Float32Array.from(values),
});
const clouds = asMatrix(3, golden.graphPoints.clouds);
const picture = asMatrix(2, golden.quality.picture);

describe("embeddingQuality", () => {
  it("is scikit-learn's trustworthiness, both ways, and the shares of neighbours kept", async () => {
    const found = await embeddingQuality(clouds, picture, undefined, {}, { seed: 1 });
    expect(found).toMatchObject({ k: 15, among: 50, queries: 80, exact: true });
    expect(found.trustworthiness).toBeCloseTo(golden.quality.trustworthiness, 12);
    expect(found.continuity).toBeCloseTo(golden.quality.continuity, 12);
    expect(found.preservedAmongSame).toBeCloseTo(golden.quality.preservedAmongSame, 12);
    expect(found.preserved).toBeCloseTo(golden.quality.preserved, 12);
  });

  it("is 1 for the features themselves, and about chance for unrelated points", async () => {
    const itself = await embeddingQuality(clouds, clouds, undefined, { k: 10 }, { seed: 1 });
    expect(itself).toMatchObject({ trustworthiness: 1, continuity: 1, preservedAmongSame: 1, preserved: 1 });
    const random = randomStream(1, "noise");
    const noise = asMatrix(
      2,
      Array.from({ length: 160 }, () => random.normal()),
    );
    const chance = await embeddingQuality(clouds, noise, undefined, { k: 10, among: 10 }, { seed: 1 });
    expect(chance.preserved).toBeLessThan(0.2);
    expect(chance.trustworthiness).toBeLessThan(0.65);
  });

  it("estimates from a sample what all pixels give", async () => {
    const random = randomStream(3, "large");
    const rows = 2000;
    const features = asMatrix(
      4,
      Array.from({ length: 4 * rows }, () => random.normal()),
    );
    const latent = asMatrix(
      2,
      Array.from({ length: 2 * rows }, (_, i) => features.data[4 * (i >> 1) + (i & 1)]! + 0.1 * random.normal()),
    );
    const all = await embeddingQuality(features, latent, undefined, { queries: rows }, { seed: 1 });
    const some = await embeddingQuality(features, latent, undefined, { queries: 500 }, { seed: 1 });
    expect([all.exact, some.exact, some.queries]).toEqual([true, false, 500]);
    expect(Math.abs(some.trustworthiness - all.trustworthiness)).toBeLessThan(0.01);
    expect(Math.abs(some.continuity - all.continuity)).toBeLessThan(0.01);
    expect(Math.abs(some.preserved - all.preserved)).toBeLessThan(0.03);
  });

  it("leaves masked pixels out, whatever stands there", async () => {
    const features = { ...clouds, data: clouds.data.slice() };
    const latent = { ...picture, data: picture.data.slice() };
    features.data.fill(Number.NaN, 0, 3 * 20);
    latent.data.fill(Number.NaN, 0, 2 * 20);
    const mask = Uint8Array.from({ length: 80 }, (_, i) => (i < 20 ? 0 : 1));
    const rest = await embeddingQuality(
      { rows: 60, columns: 3, data: clouds.data.slice(60) },
      { rows: 60, columns: 2, data: picture.data.slice(40) },
      undefined,
      {},
      { seed: 1 },
    );
    expect(await embeddingQuality(features, latent, mask, {}, { seed: 1 })).toEqual(rest);
  });

  it("refuses neighbourhoods that do not fit and pictures of another size", async () => {
    const tried = (k: number, among?: number) =>
      embeddingQuality(clouds, picture, undefined, { k, ...(among === undefined ? {} : { among }) }, { seed: 1 });
    await expect(tried(40)).rejects.toThrow(ParameterError);
    await expect(tried(0)).rejects.toThrow(ParameterError);
    await expect(tried(10, 9)).rejects.toThrow(ParameterError);
    await expect(tried(10, 80)).rejects.toThrow(ParameterError);
    await expect(
      embeddingQuality(clouds, { rows: 79, columns: 2, data: picture.data.slice(2) }, undefined, {}, { seed: 1 }),
    ).rejects.toThrow(ShapeError);
  });
});
