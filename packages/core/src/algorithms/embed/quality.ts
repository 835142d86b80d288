/**
 * How far a picture in few dimensions keeps the neighbours that pixels have among all features: trustworthiness and continuity
 * (Venna and Kaski 2001, doi:10.1007/3-540-44668-0_68) and the share of true neighbours found again.
 */
import { ShapeError } from "../../errors.js";
import type { Matrix } from "../../kernels/matrix.js";
import { summedDistance } from "../../kernels/nearest-neighbours/distance.js";
import { randomStream } from "../../kernels/random.js";
import { breather, type SeededContext } from "../../spectrum-image/context.js";
import { requireParameter } from "../parameters.js";
import { usedFeatures } from "./embedding.js";

export interface QualityOptions {
  /** Size of a neighbourhood, without the pixel itself; below half the number of pixels. Default 15, or the most that fit. */
  readonly k?: number;
  /** Among how many nearest in the picture the true neighbours are looked for; at least k. Default 50, or all where there are fewer. */
  readonly among?: number;
  /** Pixels whose neighbourhoods are looked at: all where there are not more, else a seeded sample. Default 2000. */
  readonly queries?: number;
}

export interface EmbeddingQuality {
  /** 0 to 1: 1 when no pixel has a false neighbour in the picture; false ones count by how far they are in truth. */
  readonly trustworthiness: number;
  /** 0 to 1: 1 when no pixel has lost a neighbour; lost ones count by how far they are in the picture. */
  readonly continuity: number;
  /** 0 to 1: share of the k true neighbours among the k nearest in the picture. */
  readonly preservedAmongSame: number;
  /** 0 to 1: share of the k true neighbours among the `among` nearest in the picture. */
  readonly preserved: number;
  readonly k: number;
  readonly among: number;
  /** Pixels looked at; all of them when `exact`. */
  readonly queries: number;
  readonly exact: boolean;
}

/**
 * Compares Euclidean neighbourhoods in `features` and `latent` (n rows each; rows that `mask` leaves out take no part). Every pixel looked
 * at is compared with all others, so the work is queries x n: exact up to 2000 pixels, and for more an unbiased estimate from a sample.
 * Ties are broken by index. Throws ShapeError, DataCheckError (values that are not finite) and ParameterError (k or `among` out of range).
 */
export async function embeddingQuality(
  features: Matrix<Float32Array>,
  latent: Matrix<Float32Array>,
  mask: Uint8Array | undefined,
  options: QualityOptions,
  context: SeededContext,
): Promise<EmbeddingQuality> {
  if (features.rows !== latent.rows) {
    throw new ShapeError("The picture must have one row per row of the features.", {
      found: String(latent.rows),
      expected: String(features.rows),
    });
  }
  const truth = usedFeatures({ features, mask }).features;
  const picture = usedFeatures({ features: latent, mask }).features;
  const n = truth.rows;
  const k = options.k ?? Math.min(15, Math.ceil(n / 2) - 1);
  const among = options.among ?? Math.max(k, Math.min(50, n - 1));
  checkSizes(n, k, among);
  const queries = queriedRows(n, options.queries ?? 2000, context.seed);
  const pause = breather(context);
  const sums = { trust: 0, continuity: 0, same: 0, found: 0 };
  const work = { truth: new Float64Array(n), picture: new Float64Array(n) };
  for (const [done, query] of queries.entries()) {
    addQuery(sums, truth, picture, query, k, among, work);
    context.onProgress?.((done + 1) / queries.length);
    await pause();
  }
  const worst = (queries.length * k * (2 * n - 3 * k - 1)) / 2;
  return {
    trustworthiness: 1 - sums.trust / worst,
    continuity: 1 - sums.continuity / worst,
    preservedAmongSame: sums.same / (queries.length * k),
    preserved: sums.found / (queries.length * k),
    k,
    among,
    queries: queries.length,
    exact: queries.length === n,
  };
}

function checkSizes(n: number, k: number, among: number): void {
  const kFits = Number.isInteger(k) && k >= 1 && 2 * k < n;
  const expected = `an integer from 1 to ${Math.ceil(n / 2) - 1}, below half of the ${n} pixels`;
  requireParameter(kFits, "k", "The neighbourhood does not fit the data.", { where: "embedding quality", found: k, expected });
  const amongFits = Number.isInteger(among) && among >= k && among < n;
  requireParameter(amongFits, "among", "The neighbourhood in the picture does not fit.", {
    where: "embedding quality",
    found: among,
    expected: `an integer from ${k} to ${n - 1}`,
  });
}

/** All rows, or a sample without repeats, in rising order. */
function queriedRows(n: number, most: number, seed: number): Int32Array {
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= most) return rows;
  return randomStream(seed, "embedding-quality").shuffle(rows).slice(0, most).sort();
}

interface QualitySums {
  trust: number;
  continuity: number;
  same: number;
  found: number;
}

function addQuery(
  sums: QualitySums,
  truth: Matrix<Float32Array>,
  picture: Matrix<Float32Array>,
  query: number,
  k: number,
  among: number,
  work: { readonly truth: Float64Array; readonly picture: Float64Array },
): void {
  distancesFrom(truth, query, work.truth);
  distancesFrom(picture, query, work.picture);
  const trueNeighbours = nearest(work.truth, k);
  const seen = nearest(work.picture, among);
  sums.trust += excessRanks(work.truth, seen.subarray(0, k));
  sums.continuity += excessRanks(work.picture, trueNeighbours);
  for (const neighbour of trueNeighbours) {
    const place = seen.indexOf(neighbour);
    if (place >= 0) sums.found += 1;
    if (place >= 0 && place < k) sums.same += 1;
  }
}

/** Squared distances from one row to all; infinite to itself, so that it is nobody's neighbour. */
function distancesFrom({ rows, columns, data }: Matrix<Float32Array>, query: number, squared: Float64Array): void {
  for (let row = 0; row < rows; row++) squared[row] = summedDistance("squared", columns, data, query, data, row);
  squared[query] = Infinity;
}

/** The `count` nearest, nearest first, ties by index. */
function nearest(distance: Float64Array, count: number): Int32Array {
  const index = new Int32Array(count);
  let held = 0;
  for (let row = 0; row < distance.length; row++) {
    const candidate = distance[row]!;
    if (held === count && candidate >= distance[index[count - 1]!]!) continue;
    let place = held < count ? held++ : count - 1;
    for (; place > 0 && distance[index[place - 1]!]! > candidate; place--) index[place] = index[place - 1]!;
    index[place] = row;
  }
  return index;
}

/** Sum over the k targets of by how much their ranks by distance (1 is nearest, ties by index) exceed k. */
function excessRanks(distance: Float64Array, targets: Int32Array): number {
  const sorted = targets.slice().sort((a, b) => distance[a]! - distance[b]! || a - b);
  const k = sorted.length;
  const farthest = distance[sorted[k - 1]!]!;
  const between = new Int32Array(k + 1);
  for (let row = 0; row < distance.length; row++) {
    if (distance[row]! > farthest) continue;
    let place = 0;
    while (place < k && isAtOrBefore(distance, sorted[place]!, row)) place += 1;
    between[place]! += 1;
  }
  let rank = 0;
  let excess = 0;
  for (let place = 0; place < k; place++) {
    rank += between[place]!;
    excess += Math.max(rank + 1 - k, 0);
  }
  return excess;
}

function isAtOrBefore(distance: Float64Array, a: number, b: number): boolean {
  return distance[a]! < distance[b]! || (distance[a]! === distance[b]! && a <= b);
}
