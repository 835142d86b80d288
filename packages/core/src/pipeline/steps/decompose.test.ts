import { describe, expect, it } from "vitest";
import { RecipeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { parseRecipe } from "../recipe.js";
import { runRecipe } from "../run-recipe.js";

const [width, height, channels] = [24, 20, 256];
const scale = 0.03;

/** A peak at the energy, the width of a detector's. */
const peak = (energy: number) => (c: number) => Math.exp(-(((c * scale - energy) / 0.05) ** 2) / 2);
const phases = [
  [peak(1.74), peak(0.525)],
  [peak(6.398), peak(0.525)],
  [peak(1.487), peak(3.69)],
].map((lines) => {
  const spectrum = Array.from(
    { length: channels },
    (_, c) => 0.02 * Math.exp(-c / 60) + lines.reduce((sum, line) => sum + line(c), 0),
  );
  const total = spectrum.reduce((a, b) => a + b, 0);
  return spectrum.map((value) => value / total);
});
const phaseAt = (p: number): number => (p % width < 10 ? 0 : Math.floor(p / width) < 12 ? 1 : 2);

/** Three phases side by side, 40 counts per pixel, and a zero peak that says nothing. */
function specimen(): SpectrumImage {
  const stream = randomStream(2, "decompose-step");
  const dense = new Float64Array(width * height * channels);
  for (let p = 0; p < width * height; p++) {
    for (let c = 0; c < channels; c++) dense[p * channels + c] = stream.poisson(40 * phases[phaseAt(p)]![c]! + (c < 2 ? 50 : 0));
  }
  return {
    title: "three phases",
    counts: countsFromDense([height, width], channels, dense),
    navigationAxes: [
      { name: "y", size: height, offset: 0, scale: 1, units: "um" },
      { name: "x", size: width, offset: 0, scale: 1, units: "um" },
    ],
    energyAxis: { name: "energy", size: channels, offset: 0, scale, units: "keV" },
    images: [],
    metadata: { detector: {}, elements: [], beamEnergyKev: 15 },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}

const image = specimen();
const lines = { step: "elements", lines: ["Si_Ka", "Fe_Ka", "Ca_Ka"] };
const run = async (...steps: object[]) =>
  (await runRecipe(image, parseRecipe({ schemaVersion: 1, seed: 1, steps }), {})).analysis;

/** Noise of the map of Fe inside one phase: standard deviation over mean. */
function noise(map: Float32Array): number {
  const own = [...map].filter((_, p) => phaseAt(p) === 1);
  const mean = own.reduce((a, b) => a + b, 0) / own.length;
  return Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length) / mean;
}

describe("step decompose", () => {
  it("keeps as many principal components as there are phases, and says why", async () => {
    const { decomposition, choices } = await run({ step: "decompose", method: "pca" });
    expect(decomposition!.components).toHaveLength(3);
    expect(decomposition!.scree!.suggestedBy).toBe("replication");
    expect(choices).toContain("PCA keeps 3 components: those that one half of the counts shows and the other half confirms.");
    for (const component of decomposition!.components) expect([component[0], component[1]]).toEqual([0, 0]);
  });

  it("lets the later steps use the reconstruction: maps have less noise and the same mean", async () => {
    const raw = await run(lines, { step: "maps" });
    const clean = await run(lines, { step: "decompose", method: "pca", reconstruct: true }, { step: "maps" });
    expect(clean.image.counts.kind).toBe("intensity");
    const [before, after] = [raw.elementMaps[1]!, clean.elementMaps[1]!];
    expect(before.line).toBe(after.line);
    expect(noise(after.data)).toBeLessThan(0.6 * noise(before.data));
    const total = (map: Float32Array) => map.reduce((a, b) => a + b, 0);
    expect(total(after.data) / total(before.data)).toBeCloseTo(1, 1);
    expect(clean.choices.some((choice) => choice.includes("reconstruction by 3 components of PCA"))).toBe(true);
  });

  it.each([
    { method: "pca", rotation: "varimax-maps" },
    { method: "ica", algorithm: "jade" },
    { method: "nmf", nComponents: 3, betaLoss: "kullback-leibler", init: "nndsvda" },
  ])("gives components of which clusters can be made: $method", async (given) => {
    const { labels, decomposition } = await run(
      { step: "mask", minimumCounts: 1 },
      { step: "decompose", ...given },
      { step: "cluster", method: "k-means", nClusters: 3, on: "components" },
    );
    expect(decomposition!.method).toBe(given.method);
    const majority = [0, 1, 2].map((phase) => {
      const own = [...labels!].filter((_, p) => phaseAt(p) === phase);
      return Math.max(...[0, 1, 2].map((label) => own.filter((one) => one === label).length / own.length));
    });
    for (const share of majority) expect(share).toBeGreaterThan(0.95);
  });

  it("NMF on the whole map finds the spectra of the phases", async () => {
    const { decomposition } = await run({ step: "decompose", method: "nmf", nComponents: 3, betaLoss: "kullback-leibler" });
    for (const phase of phases) {
      const best = Math.max(
        ...decomposition!.components.map((component) =>
          similarity(
            component,
            phase.map((v, c) => (c < 4 ? 0 : v)),
          ),
        ),
      );
      expect(best).toBeGreaterThan(0.98);
    }
  });

  it("says when a search did not settle", async () => {
    const { notConverged, warnings } = await run({ step: "decompose", method: "nmf", nComponents: 3, maxIter: 1, tol: 0 });
    expect(notConverged).toHaveLength(1);
    expect(warnings).toEqual(notConverged);
  });

  it("refuses a recipe that needs counts after the reconstruction, or components before there are any", async () => {
    expect(() =>
      parseRecipe({ schemaVersion: 1, steps: [{ step: "decompose", method: "pca" }, { step: "find-phases" }] }),
    ).toThrow(RecipeError);
    await expect(run({ step: "cluster", method: "k-means", on: "components" })).rejects.toThrow(/"decompose"/);
  });
});

function similarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squareA * squareB);
}
