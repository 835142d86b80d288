import { z } from "zod";
import { ParameterError } from "../../errors.js";
import { type Matrix, matrix } from "../../kernels/matrix.js";
import { breather, type SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { requireParameter } from "../parameters.js";
import { type Clustering, labelsOfAll, orderBySize, type Points, type UsedPoints, usedPoints } from "./clustering.js";
import { featureTree } from "./clustering-feature-tree.js";
import { wardGroups } from "./ward.js";

/** More groups than this would be as slow to join as the points themselves. */
const MOST_SUBCLUSTERS = 20_000;

const parameters = z.strictObject({
  threshold: z.number().min(0).max(1e9).default(0.5).meta({
    title: "Threshold",
    description: "Root mean square radius above which a group of points is not widened further and a new one begins.",
    unit: "units of the points",
  }),
  branchingFactor: z.int().min(2).max(10_000).default(50).meta({
    title: "Branching factor",
    description: "Most groups in one node of the tree.",
    unit: "groups",
  }),
  nClusters: z
    .union([z.literal("all"), z.int().min(1).max(1000)])
    .default(3)
    .meta({
      title: "Number of clusters",
      description: "How many clusters the groups are joined to by Ward's method; all: every group is a cluster.",
      unit: "clusters",
    }),
});

type Parameters = z.output<typeof parameters>;

export interface BirchClustering extends Clustering {
  /** Float64 [subclusters x dimensions]: centres of the groups that were joined. */
  readonly subclusterCentres: Matrix;
  /** Int32 [subclusters]: cluster of each group. */
  readonly subclusterLabels: Int32Array;
}

/**
 * One pass over the points makes small groups in a tree; Ward's method joins their centres; each point goes to the cluster of the nearest
 * centre. Tree, joining and assignment follow scikit-learn's `Birch`. The result depends on the order of the points, as the method does.
 */
export const birch: Algorithm<typeof parameters, Points, BirchClustering> = {
  id: "birch",
  name: "Birch",
  summary: "Gathers the points into many small groups in one pass and joins those to a given number of clusters.",
  reference: "Zhang, Ramakrishnan and Livny 1996, doi:10.1145/233269.233324; Ward 1963, doi:10.1080/01621459.1963.10500845",
  parameters,
  run: runBirch,
};

async function runBirch(input: Points, given: Parameters, context: SeededContext): Promise<BirchClustering> {
  const used = usedPoints(input);
  requireParameter(given.nClusters === "all" || given.nClusters <= used.n, "nClusters", "There are more clusters than points.", {
    where: "birch",
    found: given.nClusters,
    expected: `at most ${used.n}`,
  });
  const breath = breather(context);
  await breath();
  const centres = await subclusters(used, given, context, breath);
  const wanted = given.nClusters === "all" ? centres.rows : given.nClusters;
  const groups =
    wanted < centres.rows
      ? await wardGroups(centres, wanted, breath, (fraction) => context.onProgress?.(0.5 + 0.3 * fraction))
      : Int32Array.from({ length: centres.rows }, (_, i) => i);
  context.onProgress?.(0.8);
  const nearest = await nearestCentres(used, centres, breath, (fraction) => context.onProgress?.(0.8 + 0.2 * fraction));
  const result = inOrder(used, input, nearest, groups);
  context.onProgress?.(1);
  return { ...result, subclusterCentres: centres, iterations: 1, converged: true, findings: findingsOf(given, centres.rows) };
}

async function subclusters(
  used: UsedPoints,
  { threshold, branchingFactor }: Parameters,
  context: SeededContext,
  breath: () => Promise<void>,
): Promise<Matrix> {
  const tree = featureTree(used.dimensions, threshold, branchingFactor);
  for (let i = 0; i < used.n; i++) {
    tree.insert(used.data, i * used.dimensions);
    if (tree.groups > MOST_SUBCLUSTERS) throw tooManyGroups(threshold);
    if ((i & 255) !== 0) continue;
    context.onProgress?.((0.5 * i) / used.n);
    await breath();
  }
  return tree.centres();
}

function tooManyGroups(threshold: number): ParameterError {
  return new ParameterError("The threshold is too small: the points fall into too many groups.", {
    where: "birch",
    field: "threshold",
    found: String(threshold),
    expected: `a larger value, so that there are at most ${MOST_SUBCLUSTERS} groups`,
  });
}

/** Index of the nearest centre of each point; the lower of equals. */
async function nearestCentres(
  { n, dimensions: d, data }: UsedPoints,
  centres: Matrix,
  breath: () => Promise<void>,
  onProgress: (fraction: number) => void,
): Promise<Int32Array> {
  const nearest = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if ((i & 63) === 0) {
      onProgress(i / n);
      await breath();
    }
    let smallest = Infinity;
    for (let j = 0; j < centres.rows; j++) {
      let distance = 0;
      for (let c = 0; c < d; c++) {
        const difference = data[i * d + c]! - centres.data[j * d + c]!;
        distance += difference * difference;
      }
      if (distance < smallest) {
        smallest = distance;
        nearest[i] = j;
      }
    }
  }
  return nearest;
}

/** Clusters by falling size; a cluster to which no point is nearest is none. */
function inOrder(
  used: UsedPoints,
  { points }: Points,
  nearest: Int32Array,
  groups: Int32Array,
): Pick<BirchClustering, "labels" | "clusters" | "centres" | "subclusterLabels"> {
  const { n, dimensions: d, data } = used;
  const found = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const sizes = new Float64Array(found);
  for (let i = 0; i < n; i++) sizes[groups[nearest[i]!]!]! += 1;
  const order = orderBySize(sizes).filter((group) => sizes[group]! > 0);
  const place = new Int32Array(found).fill(-1);
  order.forEach((from, to) => {
    place[from] = to;
  });
  const subclusterLabels = groups.map((group) => place[group]!);
  const labels = nearest.map((j) => subclusterLabels[j]!);
  const centres = matrix(order.length, d);
  for (let i = 0; i < n; i++) {
    const to = labels[i]!;
    for (let c = 0; c < d; c++) centres.data[to * d + c]! += data[i * d + c]! / sizes[order[to]!]!;
  }
  return { labels: labelsOfAll(used, labels, points.rows), clusters: order.length, centres, subclusterLabels };
}

function findingsOf({ nClusters, threshold }: Parameters, subclusterCount: number): Finding[] {
  if (nClusters === "all" || subclusterCount >= nClusters) return [];
  const message = `Birch made only ${subclusterCount} groups, fewer than the ${nClusters} clusters that were asked for; a threshold below ${threshold} makes more.`;
  return [{ severity: "warning", code: "fewer-clusters", message }];
}
