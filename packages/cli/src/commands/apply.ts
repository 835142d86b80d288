import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadMixture, loadModel, parseRecipe, parseRecipeText, recipeForModels, type TrainedModels } from "@sigma-eds/core";
import { UsageError } from "../exit-codes.js";
import type { Host } from "../host.js";
import { type RunOptions, runInto } from "./run.js";

/**
 * `sigma apply`: the recipe of an earlier result on another file, with the models that the result holds in place of training. Throws {@link UsageError} for a folder that
 * is no result, and what reading models and running throw.
 */
export async function apply(result: string, paths: readonly string[], options: RunOptions, host: Host): Promise<void> {
  const text = await unlessMissing(join(result, "recipe.json"));
  if (text === undefined) throw new UsageError(`${result} is no result of \`sigma run\`: it holds no recipe.json.`);
  const models = await modelsOf(result);
  const recipe = recipeForModels(parseRecipeText(text.toString("utf8")), models);
  const { seed, dataset, axes, detectors, frames } = options;
  const given = Object.fromEntries(
    Object.entries({ seed, dataset, axes, detectors, frames }).filter(([, value]) => value !== undefined),
  );
  await runInto(paths, parseRecipe({ ...recipe, ...given }), options, host, models);
}

async function modelsOf(result: string): Promise<TrainedModels> {
  const network = await unlessMissing(join(result, "autoencoder", "model.safetensors"));
  const mixture = await unlessMissing(join(result, "mixture", "model.safetensors"));
  return {
    autoencoder: network === undefined ? undefined : loadModel(network, "autoencoder/model.safetensors"),
    mixture: mixture === undefined ? undefined : loadMixture(mixture, "mixture/model.safetensors"),
  };
}

async function unlessMissing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return undefined;
    throw error;
  }
}
