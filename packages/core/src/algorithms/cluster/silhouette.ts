import { z } from "zod";
import { DataCheckError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { breather, type SeededContext } from "../../spectrum-image/context.js";
import type { Algorithm } from "../algorithm.js";
import { type Points, type UsedPoints, usedPoints } from "./clustering.js";

const parameters = z.strictObject({
  sampleSize: z.int().min(1).max(1_000_000).default(2000).meta({
    title: "Points that are judged",
    description:
      "So many points, drawn evenly, are compared with all others; where there are no more points than this, every point is. The distances are exact either way.",
    unit: "points",
  }),
});

export interface SilhouetteInput extends Points {
  /** Int32 [rows]: cluster of each point; points below 0 are left out. */
  readonly labels: Int32Array;
}

export interface Silhouette {
  /** Mean over the points, -1 (in the wrong cluster) to 1 (compact clusters far apart). */
  readonly mean: number;
  /** Standard error of `mean` by drawing only some of the points; 0 where all were judged. */
  readonly standardError: number;
  /** Float64 [highest label + 1]: mean over the judged points of each cluster; NaN where there are none. */
  readonly ofClusters: Float64Array;
  /** Uint32: rows of the judged points, rising. */
  readonly rows: Uint32Array;
  /** Float64: silhouette of each judged point. */
  readonly values: Float64Array;
}

/**
 * s = (b - a) / max(a, b), a being the mean distance to the other points of a point's own cluster and b that to the points of the nearest other
 * cluster; 0 for a point that is alone. Euclidean distances. For many points the mean over a random sample is given, with its standard error;
 * each sampled point is still compared with all points.
 */
export const silhouette: Algorithm<typeof parameters, SilhouetteInput, Silhouette> = {
  id: "silhouette",
  name: "Silhouette",
  summary: "Says how much nearer points lie to their own cluster than to the next one.",
  reference: "Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7",
  parameters,
  run: runSilhouette,
};

async function runSilhouette(
  { points, labels, mask }: SilhouetteInput,
  { sampleSize }: z.output<typeof parameters>,
  context: SeededContext,
): Promise<Silhouette> {
  if (labels.length !== points.rows) {
    throw new ShapeError("There must be one label per point.", { found: String(labels.length), expected: String(points.rows) });
  }
  const breath = breather(context);
  await breath();
  const used = usedPoints({ points, mask: labelled(labels, mask) });
  const own = used.rows === undefined ? labels : Int32Array.from(used.rows, (row) => labels[row]!);
  const sizes = sizesOf(own);
  if (sizes.reduce((sum, size) => sum + Math.min(1, size), 0) < 2) {
    throw new DataCheckError("A silhouette needs at least two clusters.", {
      where: "silhouette",
      field: "labels",
      remedy: "Cluster into two or more clusters first.",
    });
  }
  const judged = sampleOf(used.n, sampleSize, context.seed);
  const values = new Float64Array(judged.length);
  const sums = new Float64Array(sizes.length);
  // Sums of distances take long where there are many points: pause by work done, not by points judged.
  const stride = Math.max(1, Math.floor(200_000 / used.n));
  for (let i = 0; i < judged.length; i++) {
    if (i % stride === 0) {
      context.onProgress?.(i / judged.length);
      await breath();
    }
    distanceSums(used, own, judged[i]!, sums);
    values[i] = silhouetteOf(sums, sizes, own[judged[i]!]!);
  }
  context.onProgress?.(1);
  return {
    ...meanOf(values, used.n),
    ofClusters: meansOfClusters(values, judged, own, sizes.length),
    rows: used.rows === undefined ? judged : judged.map((i) => used.rows![i]!),
    values,
  };
}

function labelled(labels: Int32Array, mask: Uint8Array | undefined): Uint8Array | undefined {
  if (mask === undefined && !labels.some((label) => label < 0)) return undefined;
  if (mask !== undefined && mask.length !== labels.length) return mask;
  return Uint8Array.from(labels, (label, i) => (label < 0 || mask?.[i] === 0 ? 0 : 1));
}

function sizesOf(labels: Int32Array): Float64Array {
  const sizes = new Float64Array(labels.reduce((most, label) => Math.max(most, label + 1), 0));
  for (let i = 0; i < labels.length; i++) sizes[labels[i]!]! += 1;
  return sizes;
}

/** Indices of `size` of n points, drawn without putting back, rising; all where there are no more. */
function sampleOf(n: number, size: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: n }, (_, i) => i);
  if (n <= size) return all;
  const stream = randomStream(seed, "silhouette");
  for (let i = 0; i < size; i++) {
    const j = i + stream.integer(n - i);
    const kept = all[i]!;
    all[i] = all[j]!;
    all[j] = kept;
  }
  return all.slice(0, size).sort();
}

/** Sum of the distances from point `from` to the points of each cluster. */
function distanceSums({ n, dimensions: d, data }: UsedPoints, labels: Int32Array, from: number, sums: Float64Array): void {
  sums.fill(0);
  for (let i = 0; i < n; i++) {
    let square = 0;
    for (let c = 0; c < d; c++) {
      const difference = data[i * d + c]! - data[from * d + c]!;
      square += difference * difference;
    }
    sums[labels[i]!]! += Math.sqrt(square);
  }
}

function silhouetteOf(sums: Float64Array, sizes: Float64Array, own: number): number {
  if (sizes[own] === 1) return 0;
  const inside = sums[own]! / (sizes[own]! - 1);
  let outside = Infinity;
  for (let j = 0; j < sizes.length; j++) {
    if (j !== own && sizes[j]! > 0) outside = Math.min(outside, sums[j]! / sizes[j]!);
  }
  const larger = Math.max(inside, outside);
  return larger === 0 ? 0 : (outside - inside) / larger;
}

function meanOf(values: Float64Array, n: number): { mean: number; standardError: number } {
  const m = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / m;
  if (m === n || m < 2) return { mean, standardError: m === n ? 0 : Infinity };
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (m - 1);
  return { mean, standardError: Math.sqrt((variance / m) * (1 - m / n)) };
}

function meansOfClusters(values: Float64Array, judged: Uint32Array, labels: Int32Array, clusters: number): Float64Array {
  const sums = new Float64Array(clusters);
  const numbers = new Float64Array(clusters);
  values.forEach((value, i) => {
    const cluster = labels[judged[i]!]!;
    sums[cluster]! += value;
    numbers[cluster]! += 1;
  });
  return sums.map((sum, cluster) => sum / numbers[cluster]!);
}
