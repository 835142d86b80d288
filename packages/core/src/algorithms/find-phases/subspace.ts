/**
 * The space in which spectra are compared: bins scaled by the root of the mean spectrum, so that Poisson noise is alike in all of
 * them (Keenan and Kotula 2004, doi:10.1002/sia.1657), then the axes along which the map varies more than noise alone would.
 */
import { symmetricEigen } from "../../kernels/linear-algebra/symmetric-eigen.js";
import { matrix } from "../../kernels/matrix.js";
import { memoryLike } from "../../kernels/threads/same-memory.js";
import type { BinnedCounts } from "./binned-counts.js";
import { CONSTANTS } from "./constants.js";
import { blockRows, blocksOfRows } from "./rows/block-rows.js";
import type { CovariancePart } from "./rows/covariance-blocks.js";
import { scoreRows } from "./rows/score-blocks.js";
import { type PhaseBlocks, runStage } from "./rows/stages.js";
import type { SmoothedTotals } from "./scale-state.js";

export interface Subspace {
  readonly bins: number;
  /** Number of axes d. */
  readonly axes: number;
  /** Mean spectrum as shares, b: float64 [bins]. */
  readonly mean: Float64Array;
  /** 1 / sqrt(b + floor): float64 [bins]. */
  readonly weight: Float64Array;
  /** Orthonormal axes in scaled bins, float64 [axes x bins]. */
  readonly vectors: Float64Array;
  /** q_j = sum over axes of (V_ji w_j)^2; p.q is the noise variance of a spectrum p in the space, per count. Float64 [bins]. */
  readonly noise: Float64Array;
}

const MOST_SAMPLES = 20_000;

/**
 * Finds the axes from smoothed spectra: none for a map that is one spectrum and noise, at most 24. The variance that noise alone gives its largest axis is that of
 * Marchenko and Pastur (1967, doi:10.1070/SM1967v001n04ABEH001994), (1 + sqrt(r))^2 - 1 above the mean for r bins per independent cell: on small maps, where r is large,
 * noise is not spread evenly over its axes.
 */
export async function findSubspace(counts: BinnedCounts, totals: SmoothedTotals, blocks: PhaseBlocks): Promise<Subspace> {
  const bins = counts.bins;
  const all = counts.sum.reduce((a, c) => a + c, 0);
  const mean = counts.sum.map((c) => c / all);
  const weight = mean.map((b) => 1 / Math.sqrt(b + CONSTANTS.weightFloor.value));
  const sampled = await weightedCovariance(counts, totals, mean, weight, blocks);
  let noisePerBin = 0;
  for (let j = 0; j < bins; j++) {
    const variance = mean[j]! * weight[j]! * weight[j]! * sampled.noise;
    sampled.covariance[j * bins + j]! -= variance;
    noisePerBin += variance / bins;
  }
  const { values, vectors } = symmetricEigen(matrix(bins, bins, sampled.covariance));
  const ratio = bins / Math.max(1, sampled.cells);
  const edge = noisePerBin * (CONSTANTS.axisThreshold.value * Math.sqrt(ratio) + ratio);
  let axes = 0;
  while (axes < Math.min(bins, CONSTANTS.maximumAxes.value) && values[axes]! > edge) axes++;
  axes = Math.min(bins, axes);
  return subspaceOf(mean, weight, vectors.data.slice(0, axes * bins));
}

/** The space with one axis more: the part of `direction` (float64 [bins], scaled) outside the space. */
export function withAxis(space: Subspace, direction: Float64Array): Subspace {
  const vectors = new Float64Array((space.axes + 1) * space.bins);
  vectors.set(space.vectors);
  vectors.set(outside(space, direction).unit, space.axes * space.bins);
  return subspaceOf(space.mean, space.weight, vectors);
}

/** The part of a scaled direction that the space does not hold: its squared length and unit vector. */
export function outside(space: Subspace, direction: Float64Array): { squared: number; unit: Float64Array } {
  const rest = direction.slice();
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < space.axes; i++) {
      const base = i * space.bins;
      let dot = 0;
      for (let j = 0; j < space.bins; j++) dot += rest[j]! * space.vectors[base + j]!;
      for (let j = 0; j < space.bins; j++) rest[j]! -= dot * space.vectors[base + j]!;
    }
  }
  const squared = rest.reduce((sum, v) => sum + v * v, 0);
  const length = Math.sqrt(squared);
  return { squared, unit: length > 0 ? rest.map((v) => v / length) : rest };
}

/** Coordinates of a spectrum of shares (float64 [bins]): float64 [axes]. */
export function scoreOf(space: Subspace, shares: Float64Array): Float64Array {
  const score = new Float64Array(space.axes);
  for (let i = 0; i < space.axes; i++) {
    let sum = 0;
    for (let j = 0; j < space.bins; j++) {
      sum += (shares[j]! - space.mean[j]!) * space.weight[j]! * space.vectors[i * space.bins + j]!;
    }
    score[i] = sum;
  }
  return score;
}

/** Coordinates of the smoothed spectra of all pixels: float32 [pixels x axes]. 0 where there are no counts. */
export async function scoresOfPixels(
  counts: BinnedCounts,
  space: Subspace,
  { kernel, total }: SmoothedTotals,
  blocks: PhaseBlocks,
): Promise<Float32Array> {
  const { bins, axes } = space;
  const { frames } = counts;
  const perBin = new Float64Array(bins * axes);
  const offset = new Float64Array(axes);
  for (let i = 0; i < axes; i++) {
    for (let j = 0; j < bins; j++) {
      perBin[j * axes + i] = space.weight[j]! * space.vectors[i * bins + j]!;
      offset[i]! += space.mean[j]! * perBin[j * axes + i]!;
    }
  }
  const scores = new Float32Array(memoryLike(counts.total, 4 * frames.pixels * axes));
  const rows = scoreRows(kernel);
  await runStage(blocks, "scores", { kernel, total, perBin, offset }, blocksOfRows(frames, rows), (part, block) => {
    scores.set(part, block * rows * frames.width * axes);
  });
  return scores;
}

function subspaceOf(mean: Float64Array, weight: Float64Array, vectors: Float64Array): Subspace {
  const bins = mean.length;
  const axes = vectors.length / bins;
  const noise = new Float64Array(bins);
  for (let j = 0; j < bins; j++) {
    for (let i = 0; i < axes; i++) {
      const v = vectors[i * bins + j]! * weight[j]!;
      noise[j]! += v * v;
    }
  }
  return { bins, axes, mean, weight, vectors, noise };
}

interface SampledCovariance {
  readonly covariance: Float64Array<ArrayBuffer>;
  /** Mean of 1 / effective counts under the weights. */
  readonly noise: number;
  /** Independent cells among the samples. */
  readonly cells: number;
}

/** Covariance of scaled spectra, each pixel weighted by its effective counts, over a regular lattice of pixels. */
async function weightedCovariance(
  counts: BinnedCounts,
  { kernel, total, effective, inside, insideCount, kernelPower }: SmoothedTotals,
  mean: Float64Array,
  weight: Float64Array,
  blocks: PhaseBlocks,
): Promise<SampledCovariance> {
  const { bins, frames } = counts;
  const step = Math.max(1, Math.ceil(Math.sqrt(frames.pixels / MOST_SAMPLES)));
  const stage = { kernel, total, effective, inside, mean, weight, step };
  const parts: CovariancePart[] = [];
  await runStage(blocks, "covariance", stage, blocksOfRows(frames, blockRows(kernel)), (part, block) => {
    parts[block] = part;
  });
  const covariance = new Float64Array(bins * bins);
  let weights = 0;
  let samples = 0;
  for (const part of parts) {
    weights += part.weights;
    samples += part.samples;
    for (let i = 0; i < covariance.length; i++) covariance[i]! += part.covariance[i]!;
  }
  if (weights > 0) for (let i = 0; i < covariance.length; i++) covariance[i]! /= weights;
  return { covariance, noise: weights > 0 ? samples / weights : 0, cells: Math.min(samples, insideCount * kernelPower) };
}
