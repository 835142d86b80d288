/** Every method, by the kind of step that it serves: one line each, its code loaded when it is used. */
import type { z } from "zod";
import { ParameterError } from "../errors.js";
import type { Algorithm } from "./algorithm.js";

/** A method of whatever input and output; a caller that knows which one it has loads it through {@link algorithms} and keeps its types. */
export type AnyAlgorithm = Algorithm<z.ZodObject, never, unknown>;

export const algorithms = {
  preprocess: {
    "remove-zero-peak": async () => (await import("./preprocess/remove-zero-peak.js")).removeZeroPeak,
    "choose-lines": async () => (await import("./preprocess/choose-lines.js")).chooseLines,
    "feature-maps": async () => (await import("./preprocess/feature-maps.js")).featureMaps,
    "treat-features": async () => (await import("./preprocess/treat-features.js")).treatFeatures,
  },
  decompose: {
    "spectral-pca": async () => (await import("./decompose/pca.js")).spectralPca,
    ica: async () => (await import("./decompose/ica.js")).ica,
  },
  embed: {
    pca: async () => (await import("./embed/pca.js")).pca,
    umap: async () => (await import("./embed/umap/umap.js")).umap,
    autoencoder: async () => (await import("./embed/autoencoder/autoencoder.js")).autoencoder,
    "variational-autoencoder": async () => (await import("./embed/autoencoder/autoencoder.js")).variationalAutoencoder,
  },
  cluster: {
    "gaussian-mixture": async () => (await import("./cluster/gaussian-mixture.js")).gaussianMixture,
    "bayesian-gaussian-mixture": async () => (await import("./cluster/bayesian-gaussian-mixture.js")).bayesianGaussianMixture,
    "bic-curve": async () => (await import("./cluster/bic-curve.js")).bicCurve,
    birch: async () => (await import("./cluster/birch.js")).birch,
    "choose-classes": async () => (await import("./cluster/choose-classes.js")).chooseClasses,
    "cluster-stability": async () => (await import("./cluster/stability.js")).clusterStability,
    silhouette: async () => (await import("./cluster/silhouette.js")).silhouette,
    "k-means": async () => (await import("./cluster/k-means.js")).kMeans,
    hdbscan: async () => (await import("./cluster/hdbscan/hdbscan.js")).hdbscan,
  },
  unmix: {
    nmf: async () => (await import("./unmix/nmf.js")).nmf,
    abundances: async () => (await import("./unmix/abundances.js")).abundances,
  },
  statistics: {
    "class-proportions": async () => (await import("./statistics/class-proportions.js")).classProportions,
    "class-features": async () => (await import("./statistics/class-features.js")).classFeatures,
    "grain-statistics": async () => (await import("./statistics/grain-statistics.js")).grainStatistics,
  },
  quantify: {
    "cliff-lorimer": async () => (await import("./quantify/cliff-lorimer.js")).cliffLorimer,
    "zeta-factor": async () => (await import("./quantify/zeta-factor.js")).zetaFactor,
  },
  calibrate: {
    "energy-calibration": async () => (await import("./calibrate/energy-calibration.js")).energyCalibration,
  },
  "find-phases": {
    "find-phases": async () => (await import("./find-phases/find-phases.js")).findPhasesAlgorithm,
  },
} as const satisfies Record<string, Record<string, () => Promise<AnyAlgorithm>>>;

export type AlgorithmKind = keyof typeof algorithms;

type IdsOf<Kind> = Kind extends AlgorithmKind ? keyof (typeof algorithms)[Kind] : never;

/** Kebab-case, as in recipes. */
export type AlgorithmId = IdsOf<AlgorithmKind>;

const loaders: ReadonlyMap<string, () => Promise<AnyAlgorithm>> = new Map(
  Object.values(algorithms).flatMap((group) => Object.entries<() => Promise<AnyAlgorithm>>(group)),
);

/** Ids of all methods, in the order of the steps that they serve. */
export const algorithmIds = [...loaders.keys()] as readonly AlgorithmId[];

/** The method of an id that came from outside, such as `sigma schema`. Throws {@link ParameterError} for an id of none. */
export async function algorithmNamed(id: string): Promise<AnyAlgorithm> {
  const load = loaders.get(id);
  if (load !== undefined) return load();
  throw new ParameterError("There is no method of this name.", {
    field: "method",
    found: JSON.stringify(id),
    expected: `one of ${algorithmIds.join(", ")}`,
  });
}
