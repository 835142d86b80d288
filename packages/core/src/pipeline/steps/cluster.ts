import { z } from "zod";
import { applyMixture } from "../../algorithms/cluster/apply-mixture.js";
import { bayesianGaussianMixture } from "../../algorithms/cluster/bayesian-gaussian-mixture.js";
import { birch } from "../../algorithms/cluster/birch.js";
import type { Clustering } from "../../algorithms/cluster/clustering.js";
import { gaussianMixture } from "../../algorithms/cluster/gaussian-mixture.js";
import { hdbscan } from "../../algorithms/cluster/hdbscan/hdbscan.js";
import { kMeans } from "../../algorithms/cluster/k-means.js";
import type { MixtureModel } from "../../algorithms/cluster/mixture-model.js";
import type { StabilityInput } from "../../algorithms/cluster/stability.js";
import { partOf } from "../../spectrum-image/context.js";
import type { Analysis } from "../analysis.js";
import { choiceParameter, chosenNumber, numberOrAuto } from "../class-number.js";
import { clusteredOn, pointsToCluster } from "../cluster-points.js";
import { featureColumns } from "../feature-columns.js";
import { remeasuredPoints } from "../points-again.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";
import type { TrainedMixture } from "../trained-models.js";

const entry = { step: z.literal("cluster"), on: clusteredOn };
const schema = z.discriminatedUnion("method", [
  gaussianMixture.parameters.extend({
    ...entry,
    method: z.literal("gaussian-mixture"),
    nComponents: numberOrAuto(gaussianMixture.parameters.shape.nComponents),
    choose: choiceParameter,
  }),
  bayesianGaussianMixture.parameters.extend({ ...entry, method: z.literal("bayesian-gaussian-mixture") }),
  kMeans.parameters.extend({
    ...entry,
    method: z.literal("k-means"),
    nClusters: numberOrAuto(kMeans.parameters.shape.nClusters),
    choose: choiceParameter,
  }),
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
    const points = pointsToCluster(analysis, given.on, "cluster");
    const resample = "choose" in given ? given.choose.resample : "none";
    const remeasured = remeasuredPoints(analysis, given.on, resample, context.again, context.seed);
    const input: StabilityInput = { points, mask: analysis.mask, remeasured };
    const { mixture } = context.trained ?? {};
    if (mixture !== undefined && given.method === "gaussian-mixture" && given.on === mixture.on) {
      const { labels, membership } = await applyMixture(mixture.model, input, context);
      const of = { classes: mixture.model.components, data: membership };
      const message = "Classes by a Gaussian mixture that was fitted to other data before.";
      const told = tell(analysis, [{ severity: "info", code: "applied-model", message }]);
      return { ...told, labels, edits: undefined, membership: of, evidence: undefined, mixture } satisfies Analysis;
    }
    const { clustering, membership, choice, model } = await clustered(input, given, context);
    const told = tell(analysis, [...(choice?.findings ?? []), ...clustering.findings]);
    const stopped = clustering.findings.filter(({ code }) => code === "not-converged").map(({ message }) => message);
    return {
      ...told,
      labels: clustering.labels,
      edits: undefined,
      classNumber: choice?.chosen,
      mixture: model === undefined ? undefined : { model, on: given.on, featureNames: namesOf(analysis, given.on) },
      membership: membership === undefined ? undefined : { classes: clustering.clusters, data: membership },
      evidence: undefined,
      notConverged: [...told.notConverged, ...stopped],
    } satisfies Analysis;
  },
};

function namesOf({ features }: Analysis, on: TrainedMixture["on"]): readonly string[] {
  return on === "features" && features !== undefined ? featureColumns(features).names : [];
}

interface Clustered {
  readonly clustering: Clustering;
  /** Float32 [pixels x clusters]; undefined for methods that give labels only. */
  readonly membership: Float32Array | undefined;
  readonly model?: MixtureModel | undefined;
  /** Where the number of clusters was chosen. */
  readonly choice?: Awaited<ReturnType<typeof chosenNumber>> | undefined;
}

async function clustered(input: StabilityInput, given: z.output<typeof schema>, context: StepContext): Promise<Clustered> {
  switch (given.method) {
    case "gaussian-mixture": {
      const { choose, nComponents, covarianceType } = given;
      const choice =
        nComponents === "auto"
          ? await chosenNumber(input, given.method, choose, covarianceType, partOf(context, 0, 0.9))
          : undefined;
      const number = nComponents === "auto" ? choice!.chosen.nClasses : nComponents;
      const clustering = await gaussianMixture.run(
        input,
        { ...given, nComponents: number },
        partOf(context, choice === undefined ? 0 : 0.9, 1),
      );
      return { clustering, membership: clustering.membership, choice, model: clustering.model };
    }
    case "bayesian-gaussian-mixture": {
      const clustering = await bayesianGaussianMixture.run(input, given, context);
      return { clustering, membership: clustering.membership };
    }
    case "k-means": {
      const { choose, nClusters } = given;
      const choice =
        nClusters === "auto" ? await chosenNumber(input, given.method, choose, undefined, partOf(context, 0, 0.9)) : undefined;
      const number = nClusters === "auto" ? choice!.chosen.nClasses : nClusters;
      const clustering = await kMeans.run(
        input,
        { ...given, nClusters: number },
        partOf(context, choice === undefined ? 0 : 0.9, 1),
      );
      return { clustering, membership: undefined, choice };
    }
    case "birch":
      return { clustering: await birch.run(input, given, context), membership: undefined };
    case "hdbscan":
      return { clustering: await hdbscan.run(input, given, context), membership: undefined };
  }
}
