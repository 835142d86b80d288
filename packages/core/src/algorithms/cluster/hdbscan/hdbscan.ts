import { z } from "zod";
import { DataCheckError } from "../../../errors.js";
import { type Matrix, matrix, matrixOf } from "../../../kernels/matrix.js";
import type { SummedMetric } from "../../../kernels/nearest-neighbours/distance.js";
import { kdTree } from "../../../kernels/nearest-neighbours/kd-tree.js";
import { fromSums } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { unitRows } from "../../../kernels/nearest-neighbours/unit-rows.js";
import { breather, partOf, type SeededContext, type WorkContext } from "../../../spectrum-image/context.js";
import type { Finding } from "../../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../../algorithm.js";
import { type Clustering, labelsOfAll, orderBySize, type Points, type UsedPoints, usedPoints } from "../clustering.js";
import { type CondensedTree, condensedTree } from "./condensed-tree.js";
import { singleLinkage } from "./hierarchy.js";
import { labelPoints, type PointLabels } from "./label-points.js";
import { selectClusters, selectionMethods } from "./select-clusters.js";
import { type SpanningTree, spanningTree } from "./spanning-tree/spanning-tree.js";

const parameters = z.strictObject({
  minClusterSize: z.int().min(2).max(1_000_000).default(5).meta({
    title: "Smallest cluster",
    description: "Groups of fewer points than this are noise.",
    unit: "points",
  }),
  minSamples: z.int().min(1).max(10_000).nullable().default(null).meta({
    title: "Neighbours of a core point",
    description:
      "How many points, the point itself included, the neighbourhood must hold by which density is measured; more leave more noise. null: as many as the smallest cluster.",
    unit: "points",
  }),
  clusterSelectionMethod: z.enum(selectionMethods).default("eom").meta({
    title: "Selection",
    description: "eom: the clusters that stay together over the widest range of densities; leaf: the finest clusters.",
  }),
  clusterSelectionEpsilon: z.number().min(0).max(1e9).default(0).meta({
    title: "Least separation",
    description: "Clusters that come apart only below this distance are kept together.",
    unit: "units of the points",
  }),
  maxClusterSize: z.int().min(2).nullable().default(null).meta({
    title: "Largest cluster",
    description: "Larger clusters give way to their parts, with the selection eom; null: no limit.",
    unit: "points",
  }),
  allowSingleCluster: z.boolean().default(false).meta({
    title: "Allow one cluster",
    description: "Whether all points together may be the one cluster.",
  }),
  metric: z.enum(["euclidean", "manhattan", "cosine"]).default("euclidean").meta({
    title: "Distance",
    description: "euclidean: straight; manhattan: sum of the differences; cosine: angle, so that only ratios count.",
  }),
});

type HdbscanParameters = z.output<typeof parameters>;

export interface HdbscanResult extends Clustering {
  /** Float32 [rows], 0 to 1: how dense the surroundings of a point are beside the densest of its cluster; 0 for noise. Not a probability of each cluster. */
  readonly strengths: Float32Array;
  /** Float64 [clusters]: excess of mass; infinite for a cluster around points at the same place. */
  readonly stabilities: Float64Array;
  /** Points that belong to no cluster. */
  readonly noise: number;
}

/**
 * Clusters of any shape by density, with what belongs to none as noise (label -1): exact core distances and minimum spanning tree by a
 * kd-tree, about n log n for few dimensions. Names and meaning of the parameters are scikit-learn's (`minSamples` counts the point itself, as it does
 * there; the `hdbscan` package does not count it). Points at equal distances are joined at once, where both packages join them in an order
 * that depends on how the points are sorted; see docs/methods/hdbscan.md.
 *
 * Coordinates are taken in single precision. Throws ShapeError for a mask of another size, and DataCheckError for no points or values that are
 * not finite.
 */
export const hdbscan: Algorithm<typeof parameters, Points, HdbscanResult> = {
  id: "hdbscan",
  name: "HDBSCAN",
  summary: "Finds groups of any shape that are denser than what lies between them, and leaves the rest as noise.",
  reference:
    "Campello, Moulavi and Sander 2013, doi:10.1007/978-3-642-37456-2_14; McInnes and Healy 2017, doi:10.1109/ICDMW.2017.12",
  parameters,
  run: runHdbscan,
};

async function runHdbscan(input: Points, given: HdbscanParameters, context: SeededContext): Promise<HdbscanResult> {
  const used = usedPoints(input);
  if (used.n === 0) {
    throw new DataCheckError("There are no points to cluster.", { where: "hdbscan", remedy: "Look at the mask." });
  }
  const minSamples = Math.min(given.minSamples ?? given.minClusterSize, used.n);
  const joined = await mutualReachabilityTree(used, minSamples, given.metric, partOf(context, 0, 0.95));
  const pause = breather(context);
  const hierarchy = await singleLinkage(joined, context);
  await pause();
  const condensed = condensedTree(hierarchy, given.minClusterSize);
  await pause();
  const selected = selectClusters(condensed, {
    method: given.clusterSelectionMethod,
    epsilon: given.clusterSelectionEpsilon,
    maxClusterSize: given.maxClusterSize ?? Infinity,
    allowSingleCluster: given.allowSingleCluster,
  });
  const labelled = labelPoints(condensed, selected, given.clusterSelectionEpsilon);
  context.onProgress?.(1);
  return result(input, used, condensed, labelled, joined.rounds, minSamples, given);
}

/** Minimum spanning tree under mutual reachability; lengths in the units of the metric. */
async function mutualReachabilityTree(
  { n, dimensions, data }: UsedPoints,
  minSamples: number,
  metric: HdbscanParameters["metric"],
  context: WorkContext,
): Promise<SpanningTree> {
  if (n === 1) return { from: new Int32Array(0), to: new Int32Array(0), length: new Float64Array(0), rounds: 0 };
  const points = matrixOf(n, dimensions, new Float32Array(data));
  const summed: SummedMetric = metric === "manhattan" ? "absolute" : "squared";
  const tree = await kdTree(metric === "cosine" ? unitRows(points) : points, context);
  const joined = await spanningTree(tree, summed, minSamples, context);
  fromSums(joined.length, metric);
  return joined;
}

/** Numbers the clusters by falling size, equal ones by their first point, and describes them. */
function result(
  input: Points,
  used: UsedPoints,
  condensed: CondensedTree,
  { labels, strengths, clusters }: PointLabels,
  rounds: number,
  minSamples: number,
  given: HdbscanParameters,
): HdbscanResult {
  const total = input.points.rows;
  const sizes = new Int32Array(clusters.length);
  for (const label of labels) if (label >= 0) sizes[label]! += 1;
  const order = orderBySize(sizes);
  const place = Int32Array.from(order);
  order.forEach((from, to) => {
    place[from] = to;
  });
  const ordered = new Int32Array(used.n);
  const allStrengths = new Float32Array(total);
  let noise = 0;
  for (let i = 0; i < used.n; i++) {
    const label = labels[i]!;
    ordered[i] = label < 0 ? -1 : place[label]!;
    if (label < 0) noise += 1;
    allStrengths[used.rows === undefined ? i : used.rows[i]!] = strengths[i]!;
  }
  return {
    labels: labelsOfAll(used, ordered, total),
    clusters: clusters.length,
    centres: centresOf(used, ordered, clusters.length),
    strengths: allStrengths,
    stabilities: Float64Array.from(order, (from) => condensed.stability[clusters[from]!]!),
    noise,
    iterations: rounds,
    converged: true,
    findings: findingsAbout(used.n, clusters.length, noise, minSamples, given),
  };
}

function centresOf({ n, dimensions, data }: UsedPoints, labels: Int32Array, clusters: number): Matrix {
  const centres = matrix(clusters, dimensions);
  const sizes = new Int32Array(clusters);
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    if (label < 0) continue;
    sizes[label]! += 1;
    for (let d = 0; d < dimensions; d++) centres.data[label * dimensions + d]! += data[i * dimensions + d]!;
  }
  for (let i = 0; i < centres.data.length; i++) centres.data[i]! /= sizes[Math.floor(i / dimensions)]!;
  return centres;
}

const MUCH_NOISE = 0.5;

function findingsAbout(n: number, clusters: number, noise: number, minSamples: number, given: HdbscanParameters): Finding[] {
  const findings: Finding[] = [];
  const asked = given.minSamples ?? given.minClusterSize;
  if (minSamples < asked) {
    findings.push({
      severity: "warning",
      code: "fewer-samples",
      message: `There are too few points for neighbourhoods of ${asked}; ${minSamples} were used.`,
    });
  }
  if (clusters === 0) {
    findings.push({
      severity: "warning",
      code: "no-clusters",
      message:
        "No group stands out by its density, so all points are noise; a smaller smallest cluster, or allowing one cluster, may help.",
    });
  } else if (noise > MUCH_NOISE * n) {
    findings.push({
      severity: "warning",
      code: "much-noise",
      message: `${Math.round((100 * noise) / n)} % of the points belong to no cluster; fewer neighbours of a core point leave less noise.`,
    });
  }
  return findings;
}
