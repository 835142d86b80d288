/** The pass in plain TypeScript. */
import { exp, log } from "../../../kernels/math.js";
import type { UsedPoints } from "../clustering.js";
import { BLOCK, type MixturePass, momentsOfOne, NOTHING, type PreparedMixture } from "./mixture-pass.js";

export function referencePass(points: UsedPoints, components: number, isDiagonal: boolean): MixturePass {
  const block: Block = {
    points,
    values: new Float64Array(components * BLOCK),
    listed: new Int32Array(components * BLOCK),
    counts: new Int32Array(components),
    largest: new Float64Array(BLOCK),
    inverse: new Float64Array(BLOCK),
    centred: new Float64Array(points.dimensions),
  };
  const moments = new Float64Array(2 * components * momentsOfOne(points.dimensions, isDiagonal));
  return (mixture) => ({
    moments,
    expect: (first, count, sum) => expectBlock(block, mixture, first, count, sum),
    addMoments: (first) => addMoments(block, mixture, first, moments),
    entropy: (sum) => addEntropy(block, sum),
    spread: (count, membership, labels) => spreadBlock(block, count, membership, labels),
  });
}

/** What is known of the block in hand. */
interface Block {
  readonly points: UsedPoints;
  /** Float64 [components x BLOCK]: logarithms of weighted densities; later, at the front of each row, shares of the listed points. */
  readonly values: Float64Array;
  /** Int32 [components x BLOCK] and [components]: the points, counted from the begin of the block, in which a component has a share. */
  readonly listed: Int32Array;
  readonly counts: Int32Array;
  /** Float64 [BLOCK]: largest logarithm of each point. */
  readonly largest: Float64Array;
  /** Float64 [BLOCK]: 1 / the sum of the shares of each point. */
  readonly inverse: Float64Array;
  /** Float64 [dimensions] */
  readonly centred: Float64Array;
}

function expectBlock(block: Block, mixture: PreparedMixture, first: number, count: number, sum: number): number {
  const { largest, inverse } = block;
  const k = mixture.components;
  largest.fill(-Infinity);
  inverse.fill(0);
  for (let j = 0; j < k; j++) logDensities(block, mixture, j, first, count);
  for (let j = 0; j < k; j++) listShares(block, j, count);
  let all = sum;
  for (let i = 0; i < count; i++) {
    all += largest[i]! + log(inverse[i]!);
    inverse[i] = 1 / inverse[i]!;
  }
  return all;
}

function logDensities(
  { points, values, largest, centred }: Block,
  mixture: PreparedMixture,
  j: number,
  first: number,
  count: number,
) {
  const { dimensions: d, data } = points;
  const { means, offsets, whitening, isDiagonal } = mixture;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < d; c++) centred[c] = data[(first + i) * d + c]! - means[j * d + c]!;
    const distance = isDiagonal ? scaledDistance(whitening, j * d, centred) : whitenedDistance(whitening, j * d * d, centred);
    const value = offsets[j]! - 0.5 * distance;
    values[j * BLOCK + i] = value;
    if (value > largest[i]!) largest[i] = value;
  }
}

/** Squared distance from the mean in units of the deviations, from their inverses. */
function scaledDistance(inverseDeviation: Float64Array, from: number, centred: Float64Array): number {
  let distance = 0;
  for (let c = 0; c < centred.length; c++) {
    const value = centred[c]! * inverseDeviation[from + c]!;
    distance += value * value;
  }
  return distance;
}

/** The same from the inverse of the Cholesky factor of the covariance. */
function whitenedDistance(inverseFactor: Float64Array, from: number, centred: Float64Array): number {
  const d = centred.length;
  let distance = 0;
  for (let r = 0; r < d; r++) {
    let value = 0;
    for (let c = 0; c <= r; c++) value += inverseFactor[from + r * d + c]! * centred[c]!;
    distance += value * value;
  }
  return distance;
}

function listShares({ values, listed, counts, largest, inverse: sums }: Block, j: number, count: number): void {
  const row = j * BLOCK;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const value = values[row + i]! - largest[i]!;
    if (value < NOTHING) continue;
    const share = exp(value);
    values[row + found] = share;
    listed[row + found] = i;
    sums[i]! += share;
    found += 1;
  }
  counts[j] = found;
}

function addMoments(
  { points, values, listed, counts, inverse, centred }: Block,
  mixture: PreparedMixture,
  first: number,
  moments: Float64Array,
) {
  const { dimensions: d, data } = points;
  const { components, means, isDiagonal } = mixture;
  const ofOne = 2 * momentsOfOne(d, isDiagonal);
  for (let j = 0; j < components; j++) {
    for (let l = 0; l < counts[j]!; l++) {
      const point = listed[j * BLOCK + l]!;
      const share = values[j * BLOCK + l]! * inverse[point]!;
      let to = j * ofOne + (l & 1);
      let product = to + 2 * (1 + d);
      moments[to]! += share;
      for (let r = 0; r < d; r++) {
        to += 2;
        const own = data[(first + point) * d + r]! - means[j * d + r]!;
        const weighed = share * own;
        centred[r] = own;
        moments[to]! += weighed;
        for (let c = isDiagonal ? r : 0; c <= r; c++, product += 2) moments[product]! += weighed * centred[c]!;
      }
    }
  }
}

function addEntropy({ values, listed, counts, inverse }: Block, sum: number): number {
  let entropy = sum;
  for (let j = 0; j < counts.length; j++) {
    for (let l = j * BLOCK; l < j * BLOCK + counts[j]!; l++) {
      const share = values[l]! * inverse[listed[l]!]!;
      if (share > 0 && share < 1) entropy -= share * log(share);
    }
  }
  return entropy;
}

function spreadBlock(
  { values, listed, counts, inverse, largest: best }: Block,
  count: number,
  membership: Float32Array,
  labels: Int32Array,
) {
  const k = counts.length;
  membership.fill(0, 0, count * k);
  labels.fill(0, 0, count);
  best.fill(0);
  for (let j = 0; j < k; j++) {
    for (let l = 0; l < counts[j]!; l++) {
      const point = listed[j * BLOCK + l]!;
      const share = values[j * BLOCK + l]!;
      membership[point * k + j] = share * inverse[point]!;
      if (!(share > best[point]!)) continue;
      best[point] = share;
      labels[point] = j;
    }
  }
}
