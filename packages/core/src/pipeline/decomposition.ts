import type { Scree } from "../algorithms/decompose/scree.js";

/** All spectra as sums of a few components: spectrum of a pixel = mean + Σ score x component. */
export interface Decomposition {
  readonly method: "pca" | "ica" | "nmf";
  /** How it was made, a few words each: `Poisson scaling`, `mean subtracted`, ... */
  readonly treatment: readonly string[];
  /** Each float64 [channels]. Of unit length for pca and ica, counts per pixel where it is pure for nmf. */
  readonly components: readonly Float64Array[];
  /** Float32 [pixels x components], row-major; NaN where the mask leaves a pixel out. */
  readonly scores: Float32Array;
  /** Float64 [channels], where the mean was subtracted. */
  readonly mean: Float64Array | undefined;
  /** Float64 [components]: share of the sum of squares of the scaled data; for unrotated pca only. */
  readonly explainedShare: Float64Array | undefined;
  /** For pca, and for the pca that ica starts from. */
  readonly scree: Scree | undefined;
  /** True where the counts that later steps see are this sum and no longer the measured ones. */
  readonly reconstructed: boolean;
}
