/** A small map of three phases, and a run of a recipe over it: for tests that need the whole pipeline. */
import { noisyImage, spectrumOf } from "../../src/algorithms/preprocess/synthetic-image.test-support.js";
import type { Analysis } from "../../src/pipeline/analysis.js";
import { parseRecipe } from "../../src/pipeline/recipe.js";
import { runRecipe } from "../../src/pipeline/run-recipe.js";
import type { SpectrumImage } from "../../src/spectrum-image/spectrum-image.js";

export const width = 24;
export const height = 16;
export const lines = ["O_Ka", "Mg_Ka", "Si_Ka", "S_Ka", "Fe_Ka"];
const phases = [spectrumOf({ O: 60, Si: 50 }, 60), spectrumOf({ Fe: 50, S: 60 }, 60), spectrumOf({ O: 40, Mg: 50, Si: 20 }, 60)];

/** Stripes of quartz (12 columns), pyrite (8) and olivine (4). */
export function threePhases(): SpectrumImage {
  return noisyImage(width, height, (x) => phases[x < 12 ? 0 : x < 20 ? 1 : 2]!);
}

export const toClasses = [
  { step: "elements", lines },
  { step: "maps" },
  { step: "features" },
  { step: "normalise", steps: ["z-score"] },
  { step: "embed", method: "pca", nComponents: 3 },
  { step: "cluster", method: "gaussian-mixture", nComponents: 3 },
] as const;

export async function analysed(steps: readonly object[], image: SpectrumImage = threePhases()): Promise<Analysis> {
  return (await runRecipe(image, parseRecipe({ schemaVersion: 1, seed: 3, steps }))).analysis;
}

/** Mean counts per pixel of the pixels that `inside` names, channel by channel, by a plain loop. */
export async function meanSpectrum({ image }: Analysis, inside: (pixel: number) => boolean): Promise<Float64Array> {
  const sum = new Float64Array(image.counts.channels);
  let taken = 0;
  for await (const { firstPixel, pixels, rowStart, channel, count } of image.counts.blocks()) {
    for (let p = 0; p < pixels; p++) {
      if (!inside(firstPixel + p)) continue;
      taken += 1;
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) sum[channel[i]!]! += count[i]!;
    }
  }
  return sum.map((value) => value / Math.max(1, taken));
}
