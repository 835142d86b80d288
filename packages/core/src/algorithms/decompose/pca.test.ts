import { describe, expect, it } from "vitest";
import { DataCheckError, ShapeError } from "../../errors.js";
import { type RandomStream, randomStream } from "../../kernels/random.js";
import { collectCounts, countsFromDense, type StoredCounts, storedCounts } from "../../spectrum-image/counts.js";
import { parseParameters } from "../parameters.js";
import { elbowOf } from "./elbow.js";
import golden from "./golden/decompose.json" with { type: "json" };
import { type DecomposeInput, spectralPca } from "./pca.js";
import { reconstructedCounts } from "./reconstruct.js";

const run = (input: DecomposeInput, given: object = {}, seed = 0) =>
  spectralPca.run(input, parseParameters(spectralPca, given), { seed });

function expectNear(found: ArrayLike<number>, expected: readonly number[], relative: number): void {
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `value ${i}`).toBeLessThan(relative * size);
  });
}

const flat = (spectra: readonly Float64Array[]) => spectra.flatMap((spectrum) => [...spectrum]);

describe("PCA of spectra against scikit-learn", () => {
  const { rows, channels, x, ...expected } = golden.sklearn;
  it.each(["exact", "randomised"])("%s, centred, without scaling", async (solver) => {
    const found = await run(
      { counts: countsFromDense([rows], channels, x) },
      { nComponents: 5, scaling: "none", centre: true, solver },
    );
    expectNear(flat(found.components), expected.components, 1e-8);
    expectNear(found.scores, expected.firstScores, 1e-6);
    expectNear(found.explainedVariance, expected.explainedVariance, 1e-10);
    expectNear(found.explainedShare, expected.explainedShare, 1e-10);
  });
});

describe("PCA of spectra against HyperSpy", () => {
  const { rows, channels, x, ...expected } = golden.hyperspy;
  const counts = countsFromDense([6, 8], channels, x);
  it.each(["exact", "randomised"])("%s, Poisson scaling", async (solver) => {
    const found = await run({ counts }, { nComponents: 4, solver });
    expectNear(flat(found.components), expected.components, 1e-8);
    expectNear(found.scores, expected.firstScores, 1e-6);
    expectNear(found.scree.shares, expected.shares.slice(0, found.scree.shares.length), 1e-10);
  });

  it("elbow of the same curve", () => {
    expect(elbowOf(expected.shares)).toBe(expected.elbow);
  });

  it("model of three components", async () => {
    const found = await run({ counts }, { nComponents: 3 });
    const model = await collectCounts(reconstructedCounts(counts.navigationShape, channels, found, { clip: false }));
    expectNear(denseOf(model, rows, channels), expected.modelOfThree, 1e-5);
  });
});

function denseOf(counts: StoredCounts, rows: number, channels: number): Float64Array {
  const dense = new Float64Array(rows * channels);
  for (const { firstPixel, pixels, rowStart, channel, count } of counts.stored) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) dense[(firstPixel + p) * channels + channel[i]!] = count[i]!;
    }
  }
  return dense;
}

const channels = 160;
const peaks = [[20, 60], [40, 100], [75], [130, 90]];
const phases = peaks
  .map((places) =>
    Float64Array.from(
      { length: channels },
      (_, c) => 0.5 * Math.exp(-c / 40) + places.reduce((sum, p) => sum + 2 * Math.exp(-((c - p) ** 2) / 12), 0),
    ),
  )
  .map((spectrum) => spectrum.map((value) => value / spectrum.reduce((a, b) => a + b, 0)));

function phaseAt(place: number, shares: readonly number[]): number {
  let reached = 0;
  return shares.findIndex((share, i) => {
    reached += share;
    return place < reached || i === shares.length - 1;
  });
}

/** Pixels of phases with the given shares; brightness varies. */
function specimen(pixels: number, countsPerPixel: number, shares: readonly number[], stream: RandomStream): number[] {
  return Array.from({ length: pixels }, () => {
    const phase = phaseAt(stream.uniform(), shares);
    const bright = countsPerPixel * (0.3 + 1.4 * stream.uniform());
    return Array.from(phases[phase]!, (mean) => stream.poisson(bright * mean));
  }).flat();
}

describe("PCA of sparse counts", () => {
  const stream = randomStream(5, "pca-test");
  const pixels = 1200;
  const dense = specimen(pixels, 60, [0.6, 0.3, 0.09, 0.01], stream);
  const counts = countsFromDense([30, 40], channels, dense);

  it.each([true, false])("randomised agrees with exact for the components that are no noise (centre %s)", async (centre) => {
    const exact = await run({ counts }, { nComponents: 3, centre, solver: "exact" });
    const fast = await run({ counts }, { nComponents: 3, centre, solver: "randomised" });
    expect([exact.exact, fast.exact]).toEqual([true, false]);
    expectNear(fast.explainedShare, [...exact.explainedShare], 1e-9);
    exact.components.forEach((component, j) => {
      expectNear(fast.components[j]!, [...component], 1e-6);
    });
  });

  it("suggests as many components as there are phases, where the edge of even noise lets more pass", async () => {
    const found = await run({ counts });
    expect(found.scree).toMatchObject({ suggested: 4, suggestedBy: "replication", replicated: 4, confirmed: 4 });
    expect(found.findings).toEqual([]);
    expect(found.components).toHaveLength(4);
    expect(found.scree.aboveNoise).toBeGreaterThanOrEqual(4);
  });

  it("finds one component in pixels that differ by noise and brightness only, by both readings", async () => {
    const alike = countsFromDense([30, 40], channels, specimen(pixels, 60, [1], stream));
    const { scree } = await run({ counts: alike });
    expect(scree).toMatchObject({ suggested: 1, replicated: 1, aboveNoise: 1 });
    for (const z of scree.replication!.subarray(1)) expect(Math.abs(z)).toBeLessThan(4);
  });

  it("warns where noise of few bright pixels comes before weak components", async () => {
    const source = randomStream(6, "bright-pixels");
    const weak = [0, 0, 0.12, 0.88];
    const few = Array.from({ length: pixels }, (_, p) =>
      p % 60 === 0 ? specimen(1, 1500, [0, 1], source) : specimen(1, 15, p % 5 === 0 ? weak : [0, 0, 0, 1], source),
    ).flat();
    const { scree, findings } = await run({ counts: countsFromDense([30, 40], channels, few) });
    expect(scree.confirmed).toBeGreaterThan(2);
    expect(scree.confirmed).toBeLessThan(scree.replicated!);
    expect(findings.map(({ code }) => code)).toEqual(["noise-among-components"]);
  });

  it("gives the same bits for the same seed, however the counts are cut into blocks", async () => {
    const [whole] = counts.stored;
    const cut = storedCounts(
      [30, 40],
      channels,
      Array.from({ length: 30 }, (_, row) => ({
        firstPixel: 40 * row,
        pixels: 40,
        rowStart: whole!.rowStart.slice(40 * row, 40 * row + 41),
        channel: whole!.channel,
        count: whole!.count,
      })),
    );
    const first = await run({ counts }, { solver: "randomised" }, 3);
    expect(await run({ counts: cut }, { solver: "randomised" }, 3)).toEqual(first);
  });

  it("leaves masked pixels out and gives them no scores", async () => {
    const mask = Uint8Array.from({ length: pixels }, (_, p) => (p % 3 === 0 ? 0 : 1));
    const kept = dense.filter((_, i) => mask[Math.floor(i / channels)] === 1);
    const found = await run({ counts, mask }, { nComponents: 3 });
    const alone = await run({ counts: countsFromDense([800], channels, kept) }, { nComponents: 3 });
    expect(found.components).toEqual(alone.components);
    expect([...found.scores.subarray(0, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(found.scores.subarray(3, 9)).toEqual(alone.scores.subarray(0, 6));
  });

  it("describes the expected spectra better than the counts do", async () => {
    const found = await run({ counts });
    const model = await collectCounts(reconstructedCounts([30, 40], channels, found));
    const [denoised, raw] = [denseOf(model, pixels, channels), dense];
    const expected = expectedOf(pixels);
    const distance = (values: ArrayLike<number>) => expected.reduce((sum, value, i) => sum + (values[i]! - value) ** 2, 0);
    expect(distance(denoised)).toBeLessThan(0.15 * distance(raw));
  });

  it("says so when the data hold fewer components than asked for", async () => {
    const low = countsFromDense(
      [50],
      channels,
      Array.from({ length: 50 }, (_, p) => [...phases[p % 2]!].map((v) => 100 * v)).flat(),
      "intensity",
    );
    const found = await run({ counts: low }, { nComponents: 6, scaling: "none" });
    expect(found.components).toHaveLength(2);
    expect(found.findings.map(({ code }) => code)).toContain("fewer-components");
  });

  it("refuses what cannot be decomposed", async () => {
    const negative = countsFromDense([1, 2], 2, [1, 2, -1, 3], "intensity");
    await expect(run({ counts: negative })).rejects.toThrow(DataCheckError);
    await expect(run({ counts: negative }, { scaling: "none", nComponents: 1 })).resolves.toBeDefined();
    await expect(run({ counts, mask: new Uint8Array(3) })).rejects.toThrow(ShapeError);
    await expect(run({ counts, mask: new Uint8Array(pixels) })).rejects.toThrow(DataCheckError);
    const same = countsFromDense([3], 2, [1, 2, 1, 2, 1, 2]);
    await expect(run({ counts: same }, { centre: true, scaling: "none" })).rejects.toThrow(/alike/);
  });
});

/** What the specimen of the stream above holds before noise. */
function expectedOf(pixels: number): number[] {
  const stream = randomStream(5, "pca-test");
  return Array.from({ length: pixels }, () => {
    const phase = phaseAt(stream.uniform(), [0.6, 0.3, 0.09, 0.01]);
    const bright = 60 * (0.3 + 1.4 * stream.uniform());
    return Array.from(phases[phase]!, (mean) => {
      stream.poisson(bright * mean);
      return bright * mean;
    });
  }).flat();
}
