import { z } from "zod";
import { ShapeError } from "../../errors.js";
import { type Matrix, matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { Algorithm } from "../algorithm.js";
import { parseParameters } from "../parameters.js";
import { adjustedRandIndex } from "../score/adjusted-rand-index.js";
import type { Points } from "./clustering.js";
import { gaussianMixture } from "./gaussian-mixture.js";
import { kMeans } from "./k-means.js";

export const stabilityParameters = {
  method: z.enum(["gaussian-mixture", "k-means"]).default("gaussian-mixture").meta({
    title: "Method",
    description: "How the points are clustered in each run.",
  }),
  covarianceType: gaussianMixture.parameters.shape.covarianceType,
  runs: z.int().min(2).max(100).default(6).meta({
    title: "Runs",
    description: "How many times the points are clustered, each time from another seed and on other points.",
    unit: "runs",
  }),
  share: z.number().gt(0).max(1).default(0.8).meta({
    title: "Share of the points",
    description:
      "Each run sees this share of the points, drawn anew; two runs are compared on the points that both saw. 1: all points.",
    unit: "of the points",
  }),
};

const parameters = z.strictObject({
  nClusters: z.int().min(1).max(500).default(8).meta({
    title: "Number of clusters",
    description: "How many clusters each run makes.",
    unit: "clusters",
  }),
  ...stabilityParameters,
});

export interface StabilityInput extends Points {
  /**
   * The same points as they would have come out had the counts been measured again, in the same order: the noise of counting then counts
   * against stability, too. Called once per run with the run's own seed. Left out: the same points in every run.
   */
  readonly remeasured?: ((seed: number, context: SeededContext) => Promise<Points["points"]>) | undefined;
}

export interface Stability {
  /** Mean adjusted Rand index over all pairs of runs: 1 where all agree, about 0 where they agree by chance. */
  readonly score: number;
  /** Smallest of the pairs. */
  readonly lowest: number;
  /** Float64 [runs x runs]: adjusted Rand index of each pair. */
  readonly agreement: Matrix;
}

/** Clusters again and again from other seeds, on other draws of the points and, where they are given, on points from counts drawn anew. */
export const clusterStability: Algorithm<typeof parameters, StabilityInput, Stability> = {
  id: "cluster-stability",
  name: "Stability of a clustering",
  summary: "Clusters again and again under small changes and says how well the results agree.",
  reference:
    "Ben-Hur, Elisseeff and Guyon 2002, Pacific Symposium on Biocomputing 7, 6-17; von Luxburg 2010, doi:10.1561/2200000008; Hubert and Arabie 1985, doi:10.1007/BF01908075",
  parameters,
  run: runStability,
};

async function runStability(
  input: StabilityInput,
  given: z.output<typeof parameters>,
  context: SeededContext,
): Promise<Stability> {
  const breath = breather(context);
  const { rows } = input.points;
  const results: { readonly labels: Int32Array; readonly seen: Uint8Array }[] = [];
  for (let run = 0; run < given.runs; run++) {
    await breath();
    const stream = randomStream(context.seed, `stability ${run}`);
    const seed = stream.uint32();
    const seen = Uint8Array.from({ length: rows }, (_, i) => {
      const drawn = stream.uniform() < given.share;
      return drawn && input.mask?.[i] !== 0 ? 1 : 0;
    });
    const part = { ...partOf(context, run / given.runs, (run + 1) / given.runs), seed };
    const points = input.remeasured === undefined ? input.points : await input.remeasured(seed, partOf(part, 0, 0.5));
    if (points.rows !== rows) {
      throw new ShapeError("Points that are measured again must be as many as before.", {
        found: String(points.rows),
        expected: String(rows),
      });
    }
    results.push({ labels: await labelsOf({ points, mask: seen }, given, partOf(part, 0.5, 1)), seen });
  }
  const agreement = matrix(given.runs, given.runs);
  const pairs: number[] = [];
  for (let a = 0; a < given.runs; a++) {
    agreement.data[a * given.runs + a] = 1;
    for (let b = 0; b < a; b++) {
      await breath();
      const both = results[a]!.seen.map((seen, i) => seen & results[b]!.seen[i]!);
      const index = adjustedRandIndex(results[a]!.labels, results[b]!.labels, both);
      agreement.data[a * given.runs + b] = index;
      agreement.data[b * given.runs + a] = index;
      pairs.push(index);
    }
  }
  context.onProgress?.(1);
  return { score: pairs.reduce((sum, index) => sum + index, 0) / pairs.length, lowest: Math.min(...pairs), agreement };
}

async function labelsOf(
  input: Points,
  { method, nClusters, covarianceType }: z.output<typeof parameters>,
  context: SeededContext,
): Promise<Int32Array> {
  if (method === "k-means") {
    return (await kMeans.run(input, parseParameters(kMeans, { nClusters, nInit: 3 }), context)).labels;
  }
  const given = parseParameters(gaussianMixture, { nComponents: nClusters, covarianceType });
  return (await gaussianMixture.run(input, given, context)).labels;
}
