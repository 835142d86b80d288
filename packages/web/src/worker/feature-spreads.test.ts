import { makePhantom, parseRecipe, runRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { FeatureSpreads, withFeatures } from "./feature-spreads.js";

const { signal } = new AbortController();

test("every pixel is in a bin or exactly zero; a part of a histogram is the pixels of its bins", async () => {
  const { image } = await makePhantom({ width: 24, height: 16, particles: 5, channels: 512, channelWidthEv: 20 });
  const recipe = parseRecipe({
    schemaVersion: 1,
    steps: [{ step: "elements", elements: ["Si", "Al", "Ca"] }, { step: "features" }],
  });
  const { analysis } = await runRecipe(image, recipe);
  const spreads = new FeatureSpreads();
  const mask = Uint8Array.from({ length: 384 }, (_, p) => (p % 3) & 1);
  const stages = await spreads.spreads(analysis, recipe, ["z-score"], mask, signal);
  expect(stages.map(({ after }) => after)).toEqual(["counts", "per-count", "z-score"]);
  for (const { spreads: lines } of stages) {
    for (const { histogram, zeros, selected } of lines) {
      expect(histogram.counts.reduce((sum, count) => sum + count, zeros)).toBe(384);
      expect(selected!.every((count, i) => count <= histogram.counts[i]!)).toBe(true);
    }
  }
  const { line, histogram } = stages[2]!.spreads[0]!;
  const [from, to] = [histogram.edges[0]!, histogram.edges.at(-1)!];
  const all = await spreads.pixelsInRange(analysis, recipe, ["z-score"], { stage: 2, line, from, to }, signal);
  expect(all.reduce((sum, inside) => sum + inside, 0)).toBe(384);
  const nothing = { stage: 7, line, from, to };
  expect((await spreads.pixelsInRange(analysis, recipe, ["z-score"], nothing, signal)).includes(1)).toBe(false);
});

test("features are shown as they would be made: other lines, and not over the counts of the pixel", async () => {
  const { image } = await makePhantom({ width: 24, height: 16, particles: 5, channels: 512, channelWidthEv: 20 });
  const steps = [{ step: "elements", elements: ["Si", "Al", "Ca"] }, { step: "features" }];
  const recipe = parseRecipe({ schemaVersion: 1, steps });
  const { analysis } = await runRecipe(image, recipe);
  const spreads = new FeatureSpreads();
  const before = await spreads.spreads(analysis, recipe, [], undefined, signal);
  const [, entry] = parseRecipe({
    schemaVersion: 1,
    steps: [steps[0]!, { step: "features", lines: ["Si_Ka"], normalisePixels: false }],
  }).steps;
  const other = withFeatures(recipe, entry?.step === "features" ? entry : undefined);
  const after = await spreads.spreads(analysis, other, [], undefined, signal);
  expect(before.map(({ after: stage }) => stage)).toEqual(["counts", "per-count"]);
  expect(after.map(({ after: stage, spreads: lines }) => [stage, lines.map(({ line }) => line)])).toEqual([
    ["counts", ["Si_Ka"]],
  ]);
  const silicon = before[0]!.spreads.find(({ line }) => line === "Si_Ka")!;
  expect(after[0]!.spreads[0]!.histogram.counts.reduce((a, b) => a + b, 0)).toBe(
    silicon.histogram.counts.reduce((a, b) => a + b, 0),
  );
  expect(withFeatures(recipe, undefined)).toBe(recipe);
});
