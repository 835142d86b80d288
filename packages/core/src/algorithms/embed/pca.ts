import { z } from "zod";
import type { Matrix } from "../../kernels/matrix.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { type Embedding, type EmbeddingInput, latentOfAll, usedFeatures } from "./embedding.js";
import { principalAxes, scoresAlong } from "./principal-axes.js";

const parameters = z.strictObject({
  nComponents: z.int().min(1).max(100).default(2).meta({
    title: "Number of components",
    description: "How many dimensions the picture has; never more than there are features.",
    unit: "dimensions",
  }),
  whiten: z.boolean().default(false).meta({
    title: "Whiten",
    description: "Divide each component by its standard deviation, so that all have the same weight.",
  }),
});

export interface PcaResult extends Embedding {
  /** components x features: row i holds the weight of each feature in component i; unit length, entry of largest size positive. */
  readonly components: Matrix;
  /** Float64 [features] */
  readonly mean: Float64Array;
  /** Float64 [components]: variance of the pixels along each component, divisor n - 1. */
  readonly explainedVariance: Float64Array;
  /** Float64 [components]: as a share of the variance of all features, 0 to 1. */
  readonly explainedVarianceRatio: Float64Array;
}

/** Principal components of mean-centred features. Signs follow scikit-learn's rule (largest entry of each component positive). */
export const pca: Algorithm<typeof parameters, EmbeddingInput, PcaResult> = {
  id: "pca",
  name: "Principal components",
  summary: "Turns the features so that the first axes show as much of the differences between pixels as a straight view can.",
  reference: "Pearson 1901, doi:10.1080/14786440109462720",
  parameters,
  async run(input, { nComponents, whiten }, context: SeededContext) {
    const used = usedFeatures(input);
    const { features } = used;
    const found = await principalAxes(features, context);
    const count = Math.min(nComponents, features.columns);
    const scores = scoresAlong(found, features, count);
    const explainedVariance = found.variance.slice(0, count);
    if (whiten) {
      for (let i = 0; i < scores.data.length; i++) {
        const variance = explainedVariance[i % count]!;
        scores.data[i] = variance > 0 ? scores.data[i]! / Math.sqrt(variance) : 0;
      }
    }
    const latent = { rows: features.rows, columns: count, data: Float32Array.from(scores.data) };
    context.onProgress?.(1);
    const all = found.variance.reduce((sum, value) => sum + value, 0);
    return {
      latent: latentOfAll(used, latent, input.features.rows),
      components: { rows: count, columns: features.columns, data: found.axes.data.slice(0, count * features.columns) },
      mean: found.mean,
      explainedVariance,
      explainedVarianceRatio: explainedVariance.map((value) => (all > 0 ? value / all : 0)),
      findings: findingsAbout(nComponents, features, all),
    };
  },
};

function findingsAbout(asked: number, features: Matrix<Float32Array>, variance: number): Finding[] {
  const findings: Finding[] = [];
  if (asked > features.columns) {
    findings.push({
      severity: "warning",
      code: "fewer-components",
      message: `There are only ${features.columns} features, so the picture has ${features.columns} dimensions instead of ${asked}.`,
    });
  }
  if (variance === 0) {
    findings.push({
      severity: "warning",
      code: "no-variance",
      message: "All pixels have the same features, so they all lie at one point.",
    });
  }
  return findings;
}
