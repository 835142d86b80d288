/**
 * What a parameter comes to on the open image: one sentence for each parameter of each step, from the image, from what was found and from the value.
 * The help sentence says what a parameter does anywhere; this one what it does here.
 */
import { isSigmaError, parseRecipe, type Recipe, type RecipeInput, type RecipeStep } from "@sigma-eds/core";
import { type StepEntry, withStepAdded } from "../../recipe-steps.js";
import { staleSteps } from "../../stale-steps.js";
import { stability, statistics, upscale } from "./after-classes.js";
import { calibrate } from "./calibrate.js";
import { birch, hdbscan, kMeans } from "./cluster-groups.js";
import { bayesianGaussianMixture, gaussianMixture } from "./cluster-mixtures.js";
import { bin, crop, mask } from "./crop-bin-mask.js";
import { ica, nmf, pca } from "./decompose.js";
import { elements, features, maps, normalise, spectra } from "./elements-maps-features.js";
import { autoencoder, variationalAutoencoder } from "./embed-autoencoder.js";
import { pcaOfFeatures } from "./embed-pca.js";
import { umap } from "./embed-umap.js";
import { findPhases } from "./find-phases.js";
import { type Ground, groundOf, type Known } from "./ground.js";
import { identify } from "./identify.js";
import { xpp } from "./quantify-bulk.js";
import { cliffLorimer, zetaFactor } from "./quantify-thin.js";
import type { EntryOf, StepWithParameters, Tellers, WithMethod } from "./teller.js";
import { unmix } from "./unmix.js";

type Id = StepWithParameters["step"];

/** Of a step whose methods have parameters of their own: the sentences of each of them. */
type TellersOf<Entry> = [WithMethod<Entry>] extends [never]
  ? Tellers<Entry>
  : { readonly [Method in MethodOf<WithMethod<Entry>>]: Tellers<Extract<Entry, { readonly method: Method }>> };
type MethodOf<Entry> = Entry extends { readonly method: infer Method extends string } ? Method : never;

const tellers: { readonly [S in Id]: TellersOf<EntryOf<S>> } = {
  calibrate,
  crop,
  bin,
  mask,
  elements,
  "find-phases": findPhases,
  decompose: { pca, ica, nmf },
  maps,
  features,
  normalise,
  embed: { umap, pca: pcaOfFeatures, autoencoder, "variational-autoencoder": variationalAutoencoder },
  cluster: {
    "gaussian-mixture": gaussianMixture,
    "bayesian-gaussian-mixture": bayesianGaussianMixture,
    "k-means": kMeans,
    birch,
    hdbscan,
  },
  spectra,
  stability,
  statistics,
  unmix: { nmf: unmix },
  identify,
  quantify: { "cliff-lorimer": cliffLorimer, "zeta-factor": zetaFactor, xpp },
  upscale,
};

/** Sentences of the parameters of an entry, by name. */
export type HereOf = (name: string) => string | undefined;

/** Of the entry at `index` of the recipe; nothing before an image is open. */
export function hereOfEntry(known: Known, index: number): HereOf {
  const ground = groundOf(known, index);
  return (name) => ground && hereSentence(name, ground);
}

/** Of a step as the recipe has it, or as it would have it if the step were added. */
export function hereOfStep(known: Known, entry: StepEntry): HereOf {
  const index = known.recipe.steps.findIndex(({ step }) => step === entry.step);
  if (index >= 0) return hereOfEntry(known, index);
  const recipe = parsedOrNot(withStepAdded(known.recipe, entry));
  if (recipe === undefined) return () => undefined;
  const added = recipe.steps.findIndex(({ step }) => step === entry.step);
  return hereOfEntry({ ...known, recipe, stale: staleSteps(recipe, known.analysis?.recipe) }, added);
}

function parsedOrNot(recipe: RecipeInput): Recipe | undefined {
  try {
    return parseRecipe(recipe);
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    return undefined;
  }
}

type Teller = (value: unknown, ground: Ground) => string;

/** The sentence of a parameter; undefined for what is no parameter of the entry. */
export function hereSentence(name: string, ground: Ground): string | undefined {
  const teller = tellersOf(ground.entry)?.[name];
  return teller?.((ground.entry as Readonly<Record<string, unknown>>)[name], ground);
}

/** Entry and sentences are of one step and one method: that is what makes the narrower types true. */
function tellersOf(entry: RecipeStep): Readonly<Record<string, Teller>> | undefined {
  if (entry.step === "edit") return undefined;
  const ofStep = tellers[entry.step] as unknown as Readonly<Record<string, Teller & Readonly<Record<string, Teller>>>>;
  return ("method" in entry ? ofStep[entry.method] : undefined) ?? ofStep;
}
