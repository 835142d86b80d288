import { z } from "zod";
import { bayesianGaussianMixture } from "../../algorithms/cluster/bayesian-gaussian-mixture.js";
import { birch } from "../../algorithms/cluster/birch.js";
import type { Clustering } from "../../algorithms/cluster/clustering.js";
import { gaussianMixture } from "../../algorithms/cluster/gaussian-mixture.js";
import { hdbscan } from "../../algorithms/cluster/hdbscan/hdbscan.js";
import { kMeans } from "../../algorithms/cluster/k-means.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { Analysis } from "../analysis.js";
import { clusteredOn, pointsToCluster } from "../cluster-points.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";

const entry = { step: z.literal("cluster"), on: clusteredOn };
const schema = z.discriminatedUnion("method", [
  gaussianMixture.parameters.extend({ ...entry, method: z.literal("gaussian-mixture") }),
  bayesianGaussianMixture.parameters.extend({ ...entry, method: z.literal("bayesian-gaussian-mixture") }),
  kMeans.parameters.extend({ ...entry, method: z.literal("k-means") }),
  birch.parameters.extend({ ...entry, method: z.literal("birch") }),
  hdbscan.parameters.extend({ ...entry, method: z.literal("hdbscan") }),
]);

/** Puts the pixels into groups by their place in the latent space, by their features or by their components. */
export const cluster: Step<typeof schema> = {
  id: "cluster",
  title: "Cluster",
  summary: "Puts the pixels into groups.",
  schema,
  async run(analysis, given, context) {
    const input = { points: pointsToCluster(analysis, given.on, "cluster"), mask: analysis.mask };
    const { clustering, membership } = await clustered(input, given, context);
    const told = tell(analysis, clustering.findings);
    const stopped = clustering.findings.filter(({ code }) => code === "not-converged").map(({ message }) => message);
    return {
      ...told,
      labels: clustering.labels,
      edits: undefined,
      membership: membership === undefined ? undefined : { classes: clustering.clusters, data: membership },
      evidence: undefined,
      notConverged: [...told.notConverged, ...stopped],
    } satisfies Analysis;
  },
};

interface Clustered {
  readonly clustering: Clustering;
  /** Float32 [pixels x clusters]; undefined for methods that give labels only. */
  readonly membership: Float32Array | undefined;
}

async function clustered(
  input: { points: Matrix<Float32Array>; mask: Uint8Array | undefined },
  given: z.output<typeof schema>,
  context: StepContext,
): Promise<Clustered> {
  switch (given.method) {
    case "gaussian-mixture": {
      const clustering = await gaussianMixture.run(input, given, context);
      return { clustering, membership: clustering.membership };
    }
    case "bayesian-gaussian-mixture": {
      const clustering = await bayesianGaussianMixture.run(input, given, context);
      return { clustering, membership: clustering.membership };
    }
    case "k-means":
      return { clustering: await kMeans.run(input, given, context), membership: undefined };
    case "birch":
      return { clustering: await birch.run(input, given, context), membership: undefined };
    case "hdbscan":
      return { clustering: await hdbscan.run(input, given, context), membership: undefined };
  }
}
