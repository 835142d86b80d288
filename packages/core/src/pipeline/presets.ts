/** Recipes for people who do not want to write one. A preset is a recipe and nothing else: `sigma schema --preset NAME` prints it. */
import { RecipeError } from "../errors.js";
import { parseRecipe, type Recipe, recipeSchemaVersion } from "./recipe.js";

export interface Preset {
  readonly id: string;
  /** For people, for example `Automatic`. */
  readonly title: string;
  /** One sentence, for choosing. */
  readonly summary: string;
  /** The recipe as a person would write it: parameters at their defaults are left out. */
  readonly recipe: unknown;
}

const auto: Preset = {
  id: "auto",
  title: "Automatic",
  summary: "Finds the phases by itself, from the counts, without random numbers, and says why each is one.",
  recipe: {
    schemaVersion: recipeSchemaVersion,
    name: "auto",
    steps: [
      { step: "elements" },
      { step: "find-phases" },
      { step: "maps" },
      { step: "features", normalisePixels: true },
      { step: "normalise", steps: ["neighbour-average", "z-score"] },
      { step: "embed", method: "umap", nNeighbors: 15, minDist: 0.1, fitPixels: 100_000 },
      { step: "spectra" },
      { step: "identify" },
    ],
  },
};

const sigmaUmapGmm: Preset = {
  id: "sigma-umap-gmm",
  title: "UMAP and Gaussian mixture",
  summary: "SIGMA's chain: maps of lines, neighbour mean, z-score, UMAP, Gaussian mixture, NMF of the class spectra.",
  recipe: {
    schemaVersion: recipeSchemaVersion,
    name: "sigma-umap-gmm",
    steps: [
      { step: "bin", factor: 2 },
      { step: "elements" },
      { step: "maps" },
      { step: "features", normalisePixels: true, lineCentre: "strongest" },
      { step: "normalise", steps: ["neighbour-average", "z-score"] },
      { step: "embed", method: "umap", nNeighbors: 15, minDist: 0.02 },
      { step: "cluster", method: "gaussian-mixture", nComponents: 8 },
      { step: "spectra" },
      { step: "unmix", method: "nmf" },
    ],
  },
};

const sigmaUmapHdbscan: Preset = {
  id: "sigma-umap-hdbscan",
  title: "UMAP and HDBSCAN",
  summary:
    "SIGMA's chain with HDBSCAN: as many classes as the picture has dense groups, and pixels between them left unassigned.",
  recipe: {
    schemaVersion: recipeSchemaVersion,
    name: "sigma-umap-hdbscan",
    steps: [
      { step: "bin", factor: 2 },
      { step: "elements" },
      { step: "maps" },
      { step: "features", normalisePixels: true, lineCentre: "strongest" },
      { step: "normalise", steps: ["neighbour-average", "z-score"] },
      { step: "embed", method: "umap", nNeighbors: 15, minDist: 0.02 },
      { step: "cluster", method: "hdbscan", minClusterSize: 100, minSamples: 10 },
      { step: "spectra" },
      { step: "unmix", method: "nmf" },
    ],
  },
};

const sigmaAeGmm: Preset = {
  id: "sigma-ae-gmm",
  title: "Autoencoder and Gaussian mixture",
  summary:
    "SIGMA's chain with its autoencoder in place of UMAP: it learns two numbers per pixel that tell all its lines. Slower.",
  recipe: {
    schemaVersion: recipeSchemaVersion,
    name: "sigma-ae-gmm",
    steps: [
      { step: "bin", factor: 2 },
      { step: "elements" },
      { step: "maps" },
      { step: "features", normalisePixels: true, lineCentre: "strongest" },
      { step: "normalise", steps: ["neighbour-average", "z-score", "softmax"] },
      { step: "embed", method: "autoencoder", epochs: 50, batchSize: 64, learningRate: 1e-4 },
      { step: "cluster", method: "gaussian-mixture", nComponents: 8 },
      { step: "spectra" },
      { step: "unmix", method: "nmf" },
    ],
  },
};

const sigmaCompat: Preset = {
  id: "sigma-compat",
  title: "As SIGMA computes",
  summary: "SIGMA's own defaults, formula by formula, for the same numbers from the same settings; without its defects.",
  recipe: {
    schemaVersion: recipeSchemaVersion,
    name: "sigma-compat",
    steps: [
      { step: "bin", factor: 2 },
      { step: "elements" },
      { step: "maps" },
      { step: "features", background: "none", lineCentre: "strongest", normalisePixels: true },
      { step: "normalise", steps: ["neighbour-average", "z-score"] },
      { step: "embed", method: "umap", nNeighbors: 15, minDist: 0.02, nComponents: 2 },
      { step: "cluster", method: "bayesian-gaussian-mixture", nComponents: 8 },
      { step: "spectra" },
      { step: "unmix", method: "nmf", nComponents: "all", init: "nndsvd", normaliseSpectra: "maximum" },
    ],
  },
};

export const presets = {
  auto,
  "sigma-umap-gmm": sigmaUmapGmm,
  "sigma-umap-hdbscan": sigmaUmapHdbscan,
  "sigma-ae-gmm": sigmaAeGmm,
  "sigma-compat": sigmaCompat,
} as const satisfies Record<string, Preset>;

/** The complete recipe of a preset, defaults filled in. Throws {@link RecipeError} for a name that is not one. */
export function presetRecipe(name: string): Recipe {
  const preset = Object.values<Preset>(presets).find(({ id }) => id === name);
  if (preset === undefined) {
    throw new RecipeError("There is no such preset.", {
      where: "preset",
      found: name,
      expected: `one of ${Object.keys(presets).join(", ")}`,
    });
  }
  return parseRecipe(preset.recipe);
}
