import { expect, test } from "vitest";
import { makePhantom } from "../phantom/phantom.js";
import type { Analysis, AnalysisGlimpse } from "./analysis.js";
import { parseRecipe } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";

const recipe = parseRecipe({
  schemaVersion: 1,
  steps: [
    { step: "bin", factor: 2 },
    { step: "elements" },
    { step: "features" },
    { step: "cluster", method: "k-means", on: "features", nClusters: 4 },
    { step: "edit", action: "rename", id: 0, name: "Groundmass" },
    { step: "spectra" },
  ],
});

test("a run that begins after some steps of another gives what a whole run gives", async () => {
  const { image } = await makePhantom({ width: 40, height: 30, channels: 512, channelWidthEv: 20, countsPerPixel: 60 });
  const states = new Map<number, Analysis>();
  const steps: string[] = [];
  const whole = await runRecipe(image, recipe, {
    onStep: (analysis, step, done) => {
      steps.push(`${step} ${done}`);
      states.set(done, analysis);
    },
  });
  expect(steps).toEqual(["bin 1", "read 1", "elements 2", "features 3", "cluster 4", "edit 5", "spectra 6"]);
  for (const done of [1, 3, 5]) {
    const rest: string[] = [];
    const resumed = await runRecipe(image, recipe, {
      after: { done, analysis: states.get(done)! },
      onStep: (_, step) => rest.push(step),
    });
    expect(rest).toEqual(steps.slice(-recipe.steps.length + done).map((line) => line.split(" ")[0]));
    expect(resumed.analysis.labels).toEqual(whole.analysis.labels);
    expect(resumed.analysis.classes).toEqual(whole.analysis.classes);
    expect(resumed.analysis.classSpectra).toEqual(whole.analysis.classSpectra);
  }
});

test("looking at what a step has so far shows it growing and changes nothing", async () => {
  const { image } = await makePhantom({ width: 40, height: 30, channels: 512, channelWidthEv: 20, countsPerPixel: 60 });
  const grown = parseRecipe({
    schemaVersion: 1,
    steps: [
      { step: "elements" },
      { step: "find-phases" },
      { step: "features", normalisePixels: true },
      { step: "embed", method: "umap", nEpochs: 20 },
    ],
  });
  const unseen = await runRecipe(image, grown);
  const glimpses: AnalysisGlimpse[] = [];
  const seen = await runRecipe(image, grown, { onGlimpse: (look) => glimpses.push(look()) });
  expect(seen.analysis.labels).toEqual(unseen.analysis.labels);
  expect(seen.analysis.latent).toEqual(unseen.analysis.latent);
  const labelled = glimpses.filter(({ latent }) => latent === undefined);
  expect(labelled.length).toBeGreaterThan(1);
  expect(labelled[0]!.labels).not.toEqual(labelled.at(-1)!.labels);
  const laid = glimpses.filter(({ latent }) => latent !== undefined);
  expect(laid).toHaveLength(19);
  expect(laid[0]!.latent!.data).not.toEqual(laid.at(-1)!.latent!.data);
  expect(laid.at(-1)!.latent!.data).toHaveLength(2 * 40 * 30);
});

test("the curves of a training, and where its pixels lie, can be seen while it goes on", async () => {
  const { image } = await makePhantom({ width: 20, height: 15, channels: 512, channelWidthEv: 20, countsPerPixel: 60 });
  const trained = parseRecipe({
    schemaVersion: 1,
    steps: [{ step: "elements" }, { step: "features" }, { step: "embed", method: "autoencoder", epochs: 3, hiddenSizes: [8] }],
  });
  const epochs: (number | undefined)[] = [];
  const laidOut: boolean[] = [];
  await runRecipe(image, trained, {
    onGlimpse: (look) => {
      const { training, latent } = look();
      epochs.push(training?.trainLoss.length);
      laidOut.push(latent?.data.length === 2 * 20 * 15);
    },
  });
  // After the first epoch the pixels are laid out, which stays in sight with the curves that come after.
  expect(epochs).toEqual([1, 1, 2, 3]);
  expect(laidOut).toEqual([false, true, true, true]);
});
