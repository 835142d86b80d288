/** Options of the command line that add to the steps of a recipe. */
import type { Recipe } from "@sigma-eds/core";
import { UsageError } from "./exit-codes.js";

/** An entry of a recipe, perhaps with parameters left to their defaults. */
type Entry = Recipe["steps"][number] | { readonly step: string };

/** The steps with pictures added to the features, at their usual scale; those that the recipe has already stay as they are. Throws {@link UsageError}. */
export function withImageFeatures(steps: Recipe["steps"], names: readonly string[]): readonly Entry[] {
  if (names.length === 0) return steps;
  if (!steps.some(({ step }) => step === "features")) {
    throw new UsageError('--image-feature needs a recipe with a step "features", such as the preset sigma-umap-gmm.');
  }
  return steps.map((entry) => {
    if (entry.step !== "features") return entry;
    const added = names.filter((name) => !entry.images.some((image) => image.name === name));
    return { ...entry, images: [...entry.images, ...added.map((name) => ({ name }))] };
  });
}

/** The steps with one at the end that writes the class masks on the grid of a picture; the recipe's own such step gives way to it. */
export function withMasksOn(steps: readonly Entry[], image: string | undefined): readonly Entry[] {
  if (image === undefined) return steps;
  return [...steps.filter(({ step }) => step !== "upscale"), { step: "upscale", image }];
}

/** The steps with one after `spectra` that finds the classes again so many times; the recipe's own such step gives way to it. Throws {@link UsageError}. */
export function withStability(steps: readonly Entry[], runs: number | undefined): readonly Entry[] {
  if (runs === undefined) return steps;
  const others = steps.filter(({ step }) => step !== "stability");
  const place = others.findIndex(({ step }) => step === "spectra");
  if (place < 0) throw new UsageError('--stability needs a recipe with a step "spectra".');
  return [...others.slice(0, place + 1), { step: "stability", runs }, ...others.slice(place + 1)];
}
