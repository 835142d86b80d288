/** What is known of every pixel at one scale of smoothing. */
import { memoryLike } from "../../kernels/threads/same-memory.js";
import type { BinnedCounts } from "./binned-counts.js";
import { edgeStrength } from "./edges.js";
import type { PhaseBlocks } from "./rows/stages.js";
import { gaussianKernel, smoothMaps } from "./smoothing.js";
import { type Subspace, scoresOfPixels } from "./subspace.js";

/** Counts at one scale. */
export interface SmoothedTotals {
  readonly sigma: number;
  readonly kernel: Float64Array;
  /** Smoothed counts per pixel: float32 [pixels]. */
  readonly total: Float32Array;
  /** Counts that stand behind the smoothed spectrum, (G m)^2 / (G^2 m): float32 [pixels]. */
  readonly effective: Float32Array;
  /** Uint8 [pixels]: 0 in vacuum and holes. */
  readonly inside: Uint8Array;
  readonly insideCount: number;
  /** Sum of the squared weights of the kernel: one over the pixels' worth of counts that it gathers. */
  readonly kernelPower: number;
}

export interface ScaleState extends SmoothedTotals {
  /** Float32 [pixels x axes]. */
  readonly scores: Float32Array;
  /** Squared change of the score across the pixel, noise taken off: float32 [pixels]. */
  readonly edge: Float32Array;
}

/** Smooths the counts per pixel; pixels with fewer than `floor` smoothed counts are outside. Near the ends of the map, where the kernel hangs over, less is asked. */
export function smoothTotals(counts: BinnedCounts, sigma: number, floor: number): SmoothedTotals {
  const kernel = gaussianKernel(sigma);
  const { frames } = counts;
  const squared = kernel.map((weight) => weight * weight);
  const total = smoothMaps(frames, counts.total, 1, kernel);
  const effective = smoothMaps(frames, counts.total, 1, squared);
  const inside = new Uint8Array(memoryLike(counts.total, frames.pixels));
  const [down, across] = [coverage(frames.height === 1 ? [1] : kernel, frames.height), coverage(kernel, frames.width)];
  let insideCount = 0;
  for (let n = 0; n < frames.pixels; n++) {
    effective[n] = effective[n]! > 0 ? (total[n]! * total[n]!) / effective[n]! : 0;
    const covered = down[Math.floor(n / frames.width) % frames.height]! * across[n % frames.width]!;
    if (total[n]! > 0 && total[n]! >= floor * covered) {
      inside[n] = 1;
      insideCount += 1;
    }
  }
  const power = squared.reduce((sum, weight) => sum + weight, 0);
  return { sigma, kernel, total, effective, inside, insideCount, kernelPower: frames.height === 1 ? power : power * power };
}

/** Weight of a kernel that falls on the map, at each place of an axis: 1 but near its ends. */
function coverage(kernel: ArrayLike<number>, size: number): Float64Array {
  const radius = (kernel.length - 1) / 2;
  const shares = new Float64Array(size);
  for (let place = 0; place < size; place++) {
    for (let d = Math.max(-radius, -place); d <= Math.min(radius, size - 1 - place); d++) shares[place]! += kernel[d + radius]!;
  }
  return shares;
}

/** Scores and edges of all pixels in a space. */
export async function scaleState(
  counts: BinnedCounts,
  totals: SmoothedTotals,
  space: Subspace,
  blocks: PhaseBlocks,
): Promise<ScaleState> {
  const scores = await scoresOfPixels(counts, space, totals, blocks);
  return { ...totals, scores, edge: edgeStrength(counts.frames, totals, scores, space.axes) };
}
