/** In SIGMA masks, spectra and statistics of one cluster may be of different pixels, go stale after merging, and skip or invent ids. */
import { beforeAll, describe, expect, test } from "vitest";
import { openFile } from "../../src/formats/registry.js";
import type { Analysis } from "../../src/pipeline/analysis.js";
import { resultFiles } from "../../src/report/result-files.js";
import { bytesInMemory } from "../../src/spectrum-image/byte-source.js";
import { analysed, meanSpectrum, toClasses } from "./three-phases.test-support.js";

const after = [
  { step: "spectra" },
  { step: "statistics" },
  { step: "unmix", method: "nmf", nComponents: 2 },
  { step: "quantify", method: "cliff-lorimer", lines: ["Mg_Ka", "Si_Ka", "S_Ka", "Fe_Ka"], minimumCounts: 5 },
];
/** A class merged away in the middle, a new one drawn, some pixels unassigned: ids with a gap. */
const edits = [
  { step: "edit", action: "merge", ids: [0, 1] },
  { step: "edit", action: "polygon", regions: [{ on: "map", corners: [[0, 0], [5, 0], [5, 5], [0, 5]] }] }, // biome-ignore format: corners
  { step: "edit", action: "polygon", regions: [{ on: "map", corners: [[8, 8], [10, 8], [10, 10], [8, 10]] }], target: "unassigned" }, // biome-ignore format: corners
];

async function masksOf(analysis: Analysis): Promise<Map<number, Uint8Array>> {
  const context = { inputName: "made", inputSha256: "0", recipe: { seed: 3, steps: [] }, recipeSha256: "0", programVersion: "0" };
  const masks = new Map<number, Uint8Array>();
  for (const { path, bytes } of resultFiles(analysis, context)) {
    const id = /^masks\/class-(\d+)\.tif$/.exec(path)?.[1];
    if (id === undefined) continue;
    const opened = await openFile(bytesInMemory("mask.tif", bytes));
    masks.set(
      Number(id),
      Uint8Array.from(opened.images![0]!.data, (value) => (value > 0 ? 1 : 0)),
    );
  }
  return masks;
}

describe.each([
  ["as found", []],
  ["after edits", edits],
])("classes %s", (_, changes) => {
  let analysis: Analysis;
  beforeAll(async () => {
    analysis = await analysed([...toClasses, ...changes, ...after]);
  });

  test("mask, spectrum, table, proportions and grains of a class come from the same pixels", async () => {
    const masks = await masksOf(analysis);
    expect([...masks.keys()]).toEqual(analysis.classes.map(({ id }) => id));
    for (const [at, { id, pixels }] of analysis.classes.entries()) {
      const mask = masks.get(id)!;
      expect(mask.reduce((sum, value) => sum + value, 0)).toBe(pixels);
      expect(Array.from(mask, (value) => value === 1)).toEqual(Array.from(analysis.labels!, (label) => label === id));
      const mean = await meanSpectrum(analysis, (pixel) => mask[pixel] === 1);
      analysis.classSpectra[at]!.forEach((value, c) => {
        expect(value).toBeCloseTo(mean[c]!, 9);
      });
      const { proportions, grains } = analysis.statistics!;
      expect(proportions.classes.find((entry) => entry.id === id)!.pixels).toBe(pixels);
      expect(grains.grains.filter(({ classId }) => classId === id).reduce((sum, grain) => sum + grain.pixels, 0)).toBe(pixels);
      expect(analysis.quantification!.classes.find((entry) => entry.id === id)!.pixels).toBe(pixels);
    }
  });

  test("every table has the ids that there are, each once: no dead id, none left out, -1 is no class", () => {
    const ids = analysis.classes.map(({ id }) => id);
    expect(ids).toEqual([...new Set(analysis.labels)].filter((label) => label >= 0).sort((a, b) => a - b));
    expect(analysis.statistics!.proportions.classes.map(({ id }) => id)).toEqual(ids);
    expect(analysis.unmixing!.classWeights!.classIds).toEqual(ids);
    expect(analysis.quantification!.classes.map(({ id }) => id)).toEqual(ids);
    expect(analysis.membership!.classes).toBe(ids.length);
  });

  test("class 0 or what took its place has pixels, grains, a spectrum and a composition like any other", () => {
    const first = analysis.classes[0]!;
    expect(first.pixels).toBeGreaterThan(0);
    expect(analysis.classSpectra[0]!.some((value) => value > 0)).toBe(true);
    expect(analysis.statistics!.grains.grains.some(({ classId }) => classId === first.id)).toBe(true);
    expect(analysis.quantification!.classes[0]!.composition).toBeDefined();
  });
});

test("HDBSCAN: class 0 is the pixels with label 0, not all that are surely in some cluster", async () => {
  const cluster = { step: "cluster", method: "hdbscan", minClusterSize: 30, minSamples: 5 };
  const analysis = await analysed([...toClasses.slice(0, -1), cluster, { step: "spectra" }]);
  expect(analysis.classes.length).toBeGreaterThan(1);
  const mask = (await masksOf(analysis)).get(0)!;
  expect(Array.from(mask, (value) => value === 1)).toEqual(Array.from(analysis.labels!, (label) => label === 0));
});
