/** Gaussian smoothing of maps and of single spectra; rows of spectra are smoothed by `rows/row-smoother.ts`. Outside the frame there is nothing. */
import { exp } from "../../kernels/math.js";
import { memoryLike } from "../../kernels/threads/same-memory.js";
import type { BinnedCounts } from "./binned-counts.js";
import type { Frames } from "./frames.js";

/** Weights of a Gaussian of standard deviation `sigma` pixels, cut at 3 sigma: float64 [2 radius + 1], sum 1. */
export function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    exp((-0.5 * (i - radius) * (i - radius)) / (sigma * sigma)),
  );
  const sum = kernel.reduce((all, weight) => all + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Smooths `depth` maps at once, float32 [pixels x depth] row-major, along x and y within each frame. */
export function smoothMaps(frames: Frames, maps: Float32Array, depth: number, kernel: Float64Array): Float32Array {
  const { width, height } = frames;
  const radius = (kernel.length - 1) / 2;
  const across = new Float32Array(memoryLike(maps, maps.byteLength));
  const length = width * depth;
  for (let row = 0; row < frames.count * height; row++) {
    const start = row * length;
    for (let dx = -radius; dx <= radius; dx++) {
      const weight = kernel[dx + radius]!;
      const from = Math.max(0, -dx) * depth;
      const to = Math.min(width, width - dx) * depth;
      for (let i = from; i < to; i++) across[start + i]! += weight * maps[start + dx * depth + i]!;
    }
  }
  if (height === 1) return across;
  const both = new Float32Array(memoryLike(maps, maps.byteLength));
  for (let row = 0; row < frames.count * height; row++) {
    const y = row % height;
    const start = row * length;
    for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
      const weight = kernel[dy + radius]!;
      const source = start + dy * length;
      for (let i = 0; i < length; i++) both[start + i]! += weight * across[source + i]!;
    }
  }
  return both;
}

/** The smoothed spectrum of one pixel: float64 [bins], in (weighted) counts; equals that of a smoothed row within rounding. */
export function smoothedSpectrum(counts: BinnedCounts, kernel: Float64Array, pixel: number, out: Float64Array): Float64Array {
  const { width, height } = counts.frames;
  const radius = (kernel.length - 1) / 2;
  const x = pixel % width;
  const y = Math.floor(pixel / width) % height;
  const rows = height === 1 ? 0 : radius;
  out.fill(0);
  for (let dy = Math.max(-rows, -y); dy <= Math.min(rows, height - 1 - y); dy++) {
    const down = height === 1 ? 1 : kernel[dy + radius]!;
    for (let dx = Math.max(-radius, -x); dx <= Math.min(radius, width - 1 - x); dx++) {
      const weight = down * kernel[dx + radius]!;
      const neighbour = pixel + dy * width + dx;
      const end = counts.rowStart[neighbour + 1]!;
      for (let i = counts.rowStart[neighbour]!; i < end; i++) out[counts.bin[i]!]! += weight * counts.count[i]!;
    }
  }
  return out;
}
