/** What a run learnt and another can use: the network of an autoencoder, the mixture that made the classes. */
import { z } from "zod";
import { covarianceSize, covarianceTypes, type MixtureModel } from "../algorithms/cluster/mixture-model.js";
import type { TrainedAutoencoder } from "../algorithms/embed/autoencoder/trained-model.js";
import { FormatError, RecipeError } from "../errors.js";
import { readSafetensors } from "../formats/safetensors/read-safetensors.js";
import { type Tensor, writeSafetensors } from "../formats/safetensors/safetensors.js";
import type { Recipe } from "./recipe.js";

/** A fitted mixture with what its points were. */
export interface TrainedMixture {
  readonly model: MixtureModel;
  readonly on: "latent" | "features" | "components";
  /** Names of the columns where features were clustered; else empty. */
  readonly featureNames: readonly string[];
}

export interface TrainedModels {
  readonly autoencoder?: TrainedAutoencoder | undefined;
  readonly mixture?: TrainedMixture | undefined;
}

const KIND = "sigma gaussian mixture";
const description = z.strictObject({
  version: z.literal(1),
  covarianceType: z.enum(covarianceTypes),
  components: z.int().min(1).max(500),
  dimensions: z.int().min(1).max(10_000),
  on: z.enum(["latent", "features", "components"]),
  featureNames: z.array(z.string().max(200)),
});

/** The bytes of a `.safetensors` file; the same mixture gives the same bytes. */
export function saveMixture({ model, on, featureNames }: TrainedMixture): Uint8Array {
  const { covarianceType, components, dimensions, weights, means, covariances } = model;
  const facts: z.input<typeof description> = {
    version: 1,
    covarianceType,
    components,
    dimensions,
    on,
    featureNames: [...featureNames],
  };
  const tensors = new Map<string, Tensor>([
    ["weights", { shape: [components], data: weights }],
    ["means", { shape: [components, dimensions], data: means }],
    ["covariances", { shape: [covariances.length], data: covariances }],
  ]);
  return writeSafetensors({ tensors, metadata: { format: KIND, sigma: JSON.stringify(facts) } });
}

/** Reads what {@link saveMixture} wrote. `name` is for messages. Throws {@link FormatError} for a damaged file or one of something else. */
export function loadMixture(bytes: Uint8Array, name = "mixture.safetensors"): TrainedMixture {
  const { tensors, metadata } = readSafetensors(bytes, name);
  const parsed = metadata["format"] === KIND ? description.safeParse(jsonOf(metadata["sigma"])) : undefined;
  if (!parsed?.success)
    throw new FormatError("This is not a Gaussian mixture that was saved.", { where: name, field: "__metadata__" });
  const { covarianceType, components, dimensions, on, featureNames } = parsed.data;
  const matrices = covarianceType === "tied" ? 1 : components;
  const floats = (field: string, length: number): Float64Array => {
    const data = tensors.get(field)?.data;
    if (data instanceof Float64Array && data.length === length && data.every(Number.isFinite)) return data;
    throw new FormatError("A tensor of the mixture is missing, of another size, or not finite.", {
      where: name,
      field,
      expected: `${length} numbers`,
    });
  };
  const model = {
    covarianceType,
    components,
    dimensions,
    weights: floats("weights", components),
    means: floats("means", components * dimensions),
    covariances: floats("covariances", matrices * covarianceSize(covarianceType, dimensions)),
  };
  return { model, on, featureNames };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/**
 * The recipe of a run, made fit for another file: the features are the model's, whatever elements the other file shows. Throws {@link RecipeError} when the models do
 * not settle the classes of another file: a latent space must come from an autoencoder, and the classes from its mixture.
 */
export function recipeForModels(recipe: Recipe, { autoencoder, mixture }: TrainedModels): Recipe {
  const embed = recipe.steps.find((entry) => entry.step === "embed");
  if (embed !== undefined && mixture?.on === "latent" && autoencoder === undefined) {
    throw new RecipeError("The latent space of this result cannot be made for another file.", {
      where: "model",
      found: `the method ${embed.method}`,
      expected: "an autoencoder, whose network was saved",
      remedy: "Run a preset such as sigma-ae-gmm first.",
    });
  }
  if (autoencoder === undefined && mixture === undefined) {
    throw new RecipeError("The result holds no model to apply.", {
      where: "model",
      expected: "autoencoder/model.safetensors or mixture/model.safetensors",
      remedy: "Run a recipe with an autoencoder or a Gaussian mixture first, such as the preset sigma-ae-gmm.",
    });
  }
  const names = autoencoder?.featureNames ?? mixture?.featureNames ?? [];
  const steps = recipe.steps.map((entry) => {
    if (entry.step !== "features" || names.length === 0) return entry;
    const pictures = entry.images.map(({ name }) => name);
    return { ...entry, lines: names.filter((name) => !pictures.includes(name)) };
  });
  return { ...recipe, steps };
}
