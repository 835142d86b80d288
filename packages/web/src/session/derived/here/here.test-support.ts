/** A small map of minerals, analysed with most steps that there are, for tests of what is said of its parameters. */
import {
  countMap,
  makePhantom,
  maximumSpectrum,
  parseRecipe,
  pass,
  runRecipe,
  type SpectrumImage,
  steps,
  sumSpectrum,
} from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage } from "../../../worker/engine-protocol.js";
import type { Known } from "./ground.js";

const [width, height] = [40, 30];

const recipe = parseRecipe({
  schemaVersion: 1,
  name: "here",
  steps: [
    { step: "elements" },
    { step: "find-phases" },
    { step: "decompose", method: "pca", nComponents: 6 },
    { step: "maps" },
    { step: "features" },
    { step: "normalise" },
    { step: "embed", method: "umap", nEpochs: 20 },
    { step: "spectra" },
    { step: "statistics" },
    { step: "unmix", method: "nmf" },
    { step: "identify" },
  ],
});

/** Everything up to date, each step timed. */
export async function analysedExample(): Promise<Known> {
  const { image } = await makePhantom({ title: "Minerals", width, height, countsPerPixel: 150 });
  const { analysis } = await runRecipe(image, recipe);
  const { image: _, ...known } = analysis;
  const loaded = await loadedOf(image);
  const { grid, energyAxis, countMap: map } = loaded;
  const snapshot: AnalysisSnapshot = { ...known, grid, energyAxis, countMap: map, recipe, labelsSha256: undefined };
  const lastSteps = recipe.steps.map(({ step }) => ({
    title: steps[step].title,
    state: "done" as const,
    fraction: 1,
    message: undefined,
    seconds: 4,
  }));
  return { image: loaded, analysis: snapshot, recipe, stale: [], lastSteps };
}

async function loadedOf(image: SpectrumImage): Promise<LoadedImage> {
  const { counts, energyAxis, metadata, images, title, navigationAxes } = image;
  const [sum, most, map] = await pass(counts, [sumSpectrum(counts), maximumSpectrum(counts), countMap(counts)]);
  const um = navigationAxes.at(-1)?.scale ?? 1;
  return {
    ...{ name: "minerals", title, dataset: 0, energyAxis, metadata, images, findings: [], statedCounts: undefined, sha256: "" },
    grid: { width, height, frames: 1, pixelSizeUm: [um, um] },
    totalCounts: sum.reduce((all, value) => all + value, 0),
    sumSpectrum: sum,
    maximumSpectrum: most,
    countMap: Float32Array.from(map),
  };
}
