import { describe, expect, it } from "vitest";
import { noisyImage, spectrumOf } from "../../algorithms/preprocess/synthetic-image.test-support.js";
import { RecipeError } from "../../errors.js";
import type { NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { parseRecipe } from "../recipe.js";
import { runRecipe } from "../run-recipe.js";

const [width, height] = [16, 12];
/** Two phases with the same X-rays, which only electrons tell apart: the left half is bright. */
const spectrum = spectrumOf({ Si: 40, O: 20 }, 60);
const bright = (name: string, zoom: number): NavigationImage => ({
  name,
  width: width * zoom,
  height: height * zoom,
  data: Uint16Array.from({ length: width * zoom * height * zoom }, (_, i) =>
    i % (width * zoom) < (width * zoom) / 2 ? 3000 : 1000,
  ),
  pixelSizeUm: undefined,
});
const specimen: SpectrumImage = {
  ...noisyImage(width, height, () => spectrum),
  images: [bright("BSE", 1), bright("fine", 3), { ...bright("SE", 1), width: height, height: width }],
};
const lines = { step: "elements", lines: ["Si_Ka", "O_Ka"] };
const normalise = { step: "normalise", steps: ["neighbour-average", "z-score", "softmax"] };
const run = async (...steps: object[]) =>
  (await runRecipe(specimen, parseRecipe({ schemaVersion: 1, seed: 3, steps }), {})).analysis;

describe("pictures as features", () => {
  it("stand beside the lines, scaled for themselves, and the treatment of the lines leaves them alone", async () => {
    const images = [{ name: "BSE" }, { name: "fine", normalise: "min-max", weight: 2 }];
    const { features } = await run(lines, { step: "features", images }, normalise);
    expect(features!.lines).toEqual(["O_Ka", "Si_Ka"]);
    expect(features!.data).toHaveLength(width * height * 2);
    expect(features!.images!.names).toEqual(["BSE", "fine"]);
    expect(features!.images!.treatment).toEqual(["BSE: z-score", "fine: min-max x 2"]);
    const [first, last] = [features!.images!.data.subarray(0, 2), features!.images!.data.subarray(-2)];
    expect([...first]).toEqual([1, 2]);
    expect([...last]).toEqual([-1, 0]);
  });

  it("decide clusters that X-rays cannot tell apart, and change nothing for steps that need lines", async () => {
    const cluster = { step: "cluster", method: "k-means", on: "features", nClusters: 2 };
    const after = [cluster, { step: "spectra" }, { step: "statistics" }, { step: "unmix", method: "nmf", nComponents: 1 }];
    const { labels, statistics, classes } = await run(
      lines,
      { step: "maps" },
      { step: "features", images: [{ name: "BSE", weight: 5 }] },
      normalise,
      ...after,
    );
    const truth = Int32Array.from({ length: width * height }, (_, p) => (p % width < width / 2 ? 1 : 0));
    expect([...labels!]).toEqual([...truth.map((label) => (labels![0] === 1 ? label : 1 - label))]);
    expect(statistics!.features!.lines).toEqual(["O_Ka", "Si_Ka"]);
    expect(classes.every(({ dominantLines }) => dominantLines.every(({ line }) => line.includes("_")))).toBe(true);
  });

  it("follow cropping and binning, also at sizes that are no multiple of the map", async () => {
    const odd: NavigationImage = {
      ...bright("odd", 1),
      width: 24,
      height: 18,
      data: Float32Array.from({ length: 24 * 18 }, (_, i) => i % 24),
    };
    const recipe = parseRecipe({
      schemaVersion: 1,
      steps: [
        { step: "crop", x: [8, 16], y: [0, 6] },
        { step: "bin", factor: 2 },
        lines,
        { step: "features", images: [{ name: "odd", normalise: "none" }] },
      ],
    });
    const { analysis } = await runRecipe({ ...specimen, images: [odd] }, recipe, {});
    // Columns 12 to 23 of the picture show columns 8 to 15 of the map; three of them make one binned pixel.
    expect([...analysis.features!.images!.data.subarray(0, 4)]).toEqual([13, 16, 19, 22]);
  });

  it("leave out pixels that the mask leaves out", async () => {
    const hole = spectrumOf({}, 5);
    const dark = {
      ...noisyImage(width, height, (x) => (x < 4 ? hole : spectrum)),
      images: [{ ...bright("BSE", 1), data: Uint16Array.from({ length: width * height }, (_, p) => p) }],
    };
    const recipe = parseRecipe({
      schemaVersion: 1,
      steps: [{ step: "mask", minimumCounts: 50 }, lines, { step: "features", images: [{ name: "BSE" }] }],
    });
    const { mask, features } = (await runRecipe(dark, recipe, {})).analysis;
    const inside = [...features!.images!.data].filter((_, p) => mask![p] === 1);
    expect(inside).toHaveLength(12 * height);
    expect(inside.reduce((a, b) => a + b, 0) / inside.length).toBeCloseTo(0, 5);
    expect([...features!.images!.data].every((value, p) => mask![p] === 1 || value === 0)).toBe(true);
  });

  it("must exist, be one, and have the shape of the map", async () => {
    for (const [name, message] of [
      ["HAADF", /one of BSE, fine, SE/],
      ["SE", /12 x 16.*proportion of the map, 16 x 12/],
    ] as const) {
      const failing = run(lines, { step: "features", images: [{ name }] });
      await expect(failing).rejects.toThrow(RecipeError);
      await expect(failing).rejects.toThrow(message);
    }
  });

  it("that are the same everywhere, or have gaps, say so", async () => {
    const flat = { ...bright("flat", 1), data: new Uint8Array(width * height).fill(7) };
    const gaps = {
      ...bright("gaps", 1),
      data: Float32Array.from({ length: width * height }, (_, p) => (p === 0 ? Number.NaN : p % 2)),
    };
    const recipe = parseRecipe({
      schemaVersion: 1,
      steps: [lines, { step: "features", images: [{ name: "flat" }, { name: "gaps" }] }],
    });
    const { analysis } = await runRecipe({ ...specimen, images: [flat, gaps] }, recipe, {});
    expect(analysis.warnings.join(" ")).toMatch(/flat is the same.*/);
    expect(analysis.warnings.join(" ")).toMatch(/gaps has no value at 1 pixels/);
    expect(analysis.features!.images!.data.every(Number.isFinite)).toBe(true);
  });
});
