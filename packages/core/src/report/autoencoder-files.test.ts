import { expect, test } from "vitest";
import { readNpy } from "../formats/npy/npy.js";
import { makePhantom } from "../phantom/phantom.js";
import { loadModel } from "../pipeline/model-file.js";
import { presetRecipe } from "../pipeline/presets.js";
import { parseRecipe } from "../pipeline/recipe.js";
import { runRecipe } from "../pipeline/run-recipe.js";
import { autoencoderFiles } from "./autoencoder-files.js";

test("the preset with an autoencoder leaves its model, its loss curves and its error map", async () => {
  const { image } = await makePhantom({ width: 24, height: 20, countsPerPixel: 100, particles: 4, seed: 5 });
  const preset = presetRecipe("sigma-ae-gmm");
  const steps = preset.steps.map((entry) => {
    if (entry.step === "embed") return { step: "embed", method: "autoencoder", hiddenSizes: [8], epochs: 3, nComponents: 2 };
    return entry.step === "cluster" ? { step: "cluster", method: "gaussian-mixture", nComponents: 2 } : entry;
  });
  const { analysis } = await runRecipe(image, parseRecipe({ ...preset, steps }));
  expect(analysis.latent).toMatchObject({ method: "autoencoder", dimensions: 2 });
  const files = new Map([...autoencoderFiles(analysis)].map(({ path, bytes }) => [path, bytes]));
  const model = loadModel(files.get("autoencoder/model.safetensors")!);
  expect(model.featureNames).toEqual(analysis.features!.lines);
  expect(model.treatment).toEqual(analysis.features!.treatment);
  expect(model.architecture.output).toBe("softmax");
  const table = new TextDecoder().decode(files.get("autoencoder/training.csv")!).trimEnd().split("\n");
  expect(table).toHaveLength(4);
  expect(table.filter((line) => line.endsWith(",true"))).toHaveLength(1);
  expect(table[1]).toMatch(/^1,0\.\d+,0\.\d+,0\.0001,(true|false)$/);
  expect(readNpy(files.get("autoencoder/reconstruction-error.npy")!).shape).toEqual([10, 12]);
});

test("other latent spaces leave nothing", async () => {
  const { image } = await makePhantom({ width: 12, height: 10, countsPerPixel: 50, particles: 2, seed: 5 });
  const recipe = parseRecipe({
    schemaVersion: 1,
    steps: [{ step: "elements" }, { step: "features" }, { step: "embed", method: "pca" }],
  });
  const { analysis } = await runRecipe(image, recipe);
  expect(analysis.latent?.autoencoder).toBeUndefined();
  expect([...autoencoderFiles(analysis)]).toEqual([]);
});
