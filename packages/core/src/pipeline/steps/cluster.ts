import { z } from "zod";
import type { Clustering } from "../../algorithms/cluster/clustering.js";
import { gaussianMixture } from "../../algorithms/cluster/gaussian-mixture.js";
import { kMeans } from "../../algorithms/cluster/k-means.js";
import { type Matrix, matrixOf } from "../../kernels/matrix.js";
import type { Analysis } from "../analysis.js";
import { need } from "../need.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";

const on = z.enum(["latent", "features", "components"]).default("latent").meta({
  title: "What is clustered",
  description:
    "latent: the pixels in the latent space; features: the maps themselves; components: the scores of a decomposition.",
});

const gaussianMixtureSchema = gaussianMixture.parameters.extend({
  step: z.literal("cluster"),
  method: z.literal("gaussian-mixture"),
  on,
});
const kMeansSchema = kMeans.parameters.extend({ step: z.literal("cluster"), method: z.literal("k-means"), on });
const schema = z.discriminatedUnion("method", [gaussianMixtureSchema, kMeansSchema]);

/** Puts the pixels into groups by their place in the latent space or by their features. */
export const cluster: Step<typeof schema> = {
  id: "cluster",
  title: "Cluster",
  summary: "Puts the pixels into groups.",
  schema,
  async run(analysis, given, context) {
    const input = { points: pointsOf(analysis, given.on), mask: analysis.mask };
    const { clustering, membership, name } = await clustered(input, given, context);
    const notConverged = clustering.converged
      ? []
      : [`${name} stopped after ${clustering.iterations} iterations without settling; more iterations may change a few labels.`];
    const told = tell(analysis, clustering.findings);
    return {
      ...told,
      labels: clustering.labels,
      edits: undefined,
      membership: membership === undefined ? undefined : { classes: clustering.clusters, data: membership },
      evidence: undefined,
      warnings: [...told.warnings, ...notConverged],
      notConverged: [...told.notConverged, ...notConverged],
    };
  },
};

interface Clustered {
  readonly clustering: Clustering;
  readonly membership: Float32Array | undefined;
  readonly name: string;
}

async function clustered(
  input: { points: Matrix<Float32Array>; mask: Uint8Array | undefined },
  given: z.output<typeof schema>,
  context: StepContext,
): Promise<Clustered> {
  switch (given.method) {
    case "gaussian-mixture": {
      const result = await gaussianMixture.run(input, given, context);
      return { clustering: result, membership: result.membership, name: gaussianMixture.name };
    }
    case "k-means": {
      const result = await kMeans.run(input, given, context);
      return { clustering: result, membership: undefined, name: kMeans.name };
    }
  }
}

function pointsOf({ latent, features, decomposition }: Analysis, on: "latent" | "features" | "components"): Matrix<Float32Array> {
  if (on === "components") {
    const { scores, components } = need(decomposition, "cluster", "the components of a decomposition", "decompose");
    return matrixOf(scores.length / components.length, components.length, scores);
  }
  if (on === "latent") {
    const { data, dimensions } = need(latent, "cluster", "a latent space", "embed");
    return matrixOf(data.length / dimensions, dimensions, data);
  }
  const { data, lines } = need(features, "cluster", "features", "features");
  return matrixOf(data.length / lines.length, lines.length, data);
}
