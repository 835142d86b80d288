import { describe, expect, it } from "vitest";
import { countsFromDense } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { parseRecipe } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";

/** 6 x 5 pixels of 4 channels; the last row is empty, and a count reaches what a byte can hold. */
const dense = Float64Array.from({ length: 6 * 5 * 4 }, (_, i) => (i >= 6 * 4 * 4 ? 0 : i === 7 ? 255 : 30));
const stored = countsFromDense([5, 6], 4, dense);
function imageOf(inMemory: boolean): { image: SpectrumImage; readings: () => number } {
  let readings = 0;
  const streamed = {
    navigationShape: stored.navigationShape,
    channels: stored.channels,
    kind: stored.kind,
    blocks() {
      readings += 1;
      return stored.blocks();
    },
  };
  const axis = (name: string, size: number) => ({ name, size, offset: undefined, scale: undefined, units: undefined });
  const image: SpectrumImage = {
    title: "file",
    counts: { ...(inMemory ? stored : streamed), countLimit: 255 },
    navigationAxes: [axis("y", 5), axis("x", 6)],
    energyAxis: axis("energy", 4),
    images: [],
    metadata: { detector: {}, elements: [] },
    originalMetadata: {},
    loadReport: { statedCounts: { value: 4000, where: "header" }, findings: [] },
  };
  return { image, readings: () => readings };
}

const steps = [{ step: "crop", x: [0, 4] }, { step: "bin", factor: 2 }, { step: "elements" }];

describe("what is said of a file", () => {
  it.each([
    ["in memory", true, 0],
    ["that is read once", false, 1],
  ])("%s: total, dead rows and clipped counts of all of it, though it was cropped and binned", async (_, inMemory, readings) => {
    const file = imageOf(inMemory);
    const { analysis } = await runRecipe(file.image, parseRecipe({ schemaVersion: 1, steps }));
    const { findings } = analysis.image.loadReport;
    expect(findings.map(({ code }) => code)).toEqual(["counts-differ", "dead-rows", "clipped-counts"]);
    expect(findings[0]!.message).toMatch(/states 4,000 counts.*895 more/);
    expect(file.readings()).toBe(readings);
    expect(analysis.image.counts.navigationShape).toEqual([2, 2]);
  });
});
