import { z } from "zod";
import { total } from "../../kernels/linear-algebra/vectors.js";
import { randomStream } from "../../kernels/random.js";
import { breather, partOf, type SeededContext, type WorkContext } from "../../spectrum-image/context.js";
import type { Algorithm } from "../algorithm.js";
import { requireParameter } from "../parameters.js";
import {
  type Clustering,
  labelsOfAll,
  orderBySize,
  type Points,
  reorderedRows,
  type UsedPoints,
  usedPoints,
} from "./clustering.js";
import { kMeansPlusPlus } from "./k-means-plus-plus.js";
import { quickestCentres } from "./nearest-centres/kernel-centres.js";
import type { NearestCentres } from "./nearest-centres/nearest-centres.js";

const parameters = z.strictObject({
  nClusters: z.int().min(1).max(1000).default(8).meta({
    title: "Number of clusters",
    description: "How many groups the points are put into.",
    unit: "clusters",
  }),
  nInit: z.int().min(1).max(100).default(10).meta({
    title: "Number of starts",
    description: "How many times the search starts anew; the result with the smallest inertia is kept.",
    unit: "starts",
  }),
  maxIter: z.int().min(1).max(10_000).default(300).meta({
    title: "Most iterations",
    description: "Iterations after which a search stops even if the centres still move.",
    unit: "iterations",
  }),
  tol: z.number().min(0).max(1).default(1e-4).meta({
    title: "Tolerance",
    description:
      "The search stops when the squared shift of the centres falls below this share of the mean variance of the dimensions.",
    unit: "of the mean variance",
  }),
});

export interface KMeansClustering extends Clustering {
  /** Sum of the squared distances of the points to their centres. */
  readonly inertia: number;
}

/** Lloyd's algorithm from k-means++ starts. An emptied cluster takes the point that lies farthest from its centre. */
export const kMeans: Algorithm<typeof parameters, Points, KMeansClustering> = {
  id: "k-means",
  name: "k-means",
  summary: "Puts points into a given number of round groups of like size, each point to the nearest centre.",
  reference: "Lloyd 1982, doi:10.1109/TIT.1982.1056489; Arthur and Vassilvitskii 2007, doi:10.5555/1283383.1283494",
  parameters,
  run: runKMeans,
};

async function runKMeans(input: Points, given: z.output<typeof parameters>, context: SeededContext): Promise<KMeansClustering> {
  const used = usedPoints(input);
  const { nClusters, nInit } = given;
  requireParameter(nClusters <= used.n, "nClusters", "There are more clusters than points.", {
    where: "k-means",
    found: nClusters,
    expected: `at most ${used.n}`,
  });
  let best: KMeansState | undefined;
  for (let start = 0; start < nInit; start++) {
    const part = partOf(context, start / nInit, (start + 1) / nInit);
    const state = await kMeansOnce(used, { ...given, seed: context.seed, start }, part);
    if (best === undefined || state.inertia < best.inertia) best = state;
  }
  const state = best!;
  const order = orderBySize(state.sizes);
  const newLabel = new Int32Array(nClusters);
  order.forEach((from, to) => {
    newLabel[from] = to;
  });
  context.onProgress?.(1);
  return {
    labels: labelsOfAll(
      used,
      state.labels.map((label) => newLabel[label]!),
      input.points.rows,
    ),
    clusters: nClusters,
    centres: reorderedRows(state.centres, used.dimensions, order),
    inertia: state.inertia,
    iterations: state.iterations,
    converged: state.converged,
    findings: state.converged
      ? []
      : [{ severity: "warning", code: "not-converged", message: `k-means stopped at its limit of ${given.maxIter} iterations.` }],
  };
}

/** One run, before its clusters are put in order. */
export interface KMeansState {
  readonly labels: Int32Array;
  readonly centres: Float64Array;
  readonly sizes: Float64Array;
  readonly inertia: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** One search from one start; the start decides its stream of random numbers. */
export async function kMeansOnce(
  used: UsedPoints,
  options: { nClusters: number; maxIter: number; tol: number; seed: number; start: number },
  context: WorkContext,
): Promise<KMeansState> {
  const { nClusters, maxIter } = options;
  const breath = breather(context);
  const stream = randomStream(options.seed, `k-means ${options.start}`);
  const nearest = await quickestCentres(used, nClusters);
  const centres = await kMeansPlusPlus(used, nearest, nClusters, stream, breath);
  const limit = options.tol * meanVariance(used);
  const { labels, distances } = nearest;
  for (let iteration = 1; ; iteration++) {
    const changed = await assign(used.n, nearest, centres, breath);
    const shift = moveCentres(used, centres, labels, distances);
    const converged = !changed || shift <= limit;
    if (converged || iteration === maxIter) {
      await assign(used.n, nearest, centres, breath);
      const sizes = sizesOf(labels, nClusters);
      return { labels: labels.slice(), centres, sizes, inertia: total(distances), iterations: iteration, converged };
    }
    context.onProgress?.(iteration / maxIter);
  }
}

/** Points from one breath to the next. */
const RUN = 4096;

async function assign(n: number, nearest: NearestCentres, centres: Float64Array, breath: () => Promise<void>): Promise<boolean> {
  let changed = false;
  for (let first = 0; first < n; first += RUN) {
    if (nearest.assign(centres, first, Math.min(first + RUN, n))) changed = true;
    await breath();
  }
  return changed;
}

/** Moves each centre to the mean of its points; returns the sum of squared shifts. */
function moveCentres(
  { n, dimensions, data }: UsedPoints,
  centres: Float64Array,
  labels: Int32Array,
  distances: Float64Array,
): number {
  const k = centres.length / dimensions;
  const sizes = sizesOf(labels, k);
  fillEmpty(sizes, labels, distances);
  const sums = new Float64Array(centres.length);
  for (let i = 0; i < n; i++) {
    const to = labels[i]! * dimensions;
    for (let c = 0; c < dimensions; c++) sums[to + c]! += data[i * dimensions + c]!;
  }
  let shift = 0;
  for (let j = 0; j < k; j++) {
    if (sizes[j] === 0) continue;
    for (let c = 0; c < dimensions; c++) {
      const moved = sums[j * dimensions + c]! / sizes[j]!;
      const difference = moved - centres[j * dimensions + c]!;
      shift += difference * difference;
      centres[j * dimensions + c] = moved;
    }
  }
  return shift;
}

/** Gives each empty cluster the farthest point of a cluster that can spare one. */
function fillEmpty(sizes: Float64Array, labels: Int32Array, distances: Float64Array): void {
  for (let j = 0; j < sizes.length; j++) {
    if (sizes[j] !== 0) continue;
    let farthest = -1;
    for (let i = 0; i < labels.length; i++) {
      const spare = sizes[labels[i]!]! > 1 && distances[i]! > 0;
      if (spare && (farthest === -1 || distances[i]! > distances[farthest]!)) farthest = i;
    }
    if (farthest === -1) continue;
    sizes[labels[farthest]!]! -= 1;
    sizes[j] = 1;
    labels[farthest] = j;
    distances[farthest] = 0;
  }
}

function sizesOf(labels: Int32Array, k: number): Float64Array {
  const sizes = new Float64Array(k);
  for (let i = 0; i < labels.length; i++) sizes[labels[i]!]! += 1;
  return sizes;
}

function meanVariance({ n, dimensions, data }: UsedPoints): number {
  let sum = 0;
  for (let c = 0; c < dimensions; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += data[i * dimensions + c]!;
    mean /= n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (data[i * dimensions + c]! - mean) * (data[i * dimensions + c]! - mean);
    sum += squares / n;
  }
  return sum / dimensions;
}
