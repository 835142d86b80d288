/**
 * Gaussian smoothing of sparse counts. A smoothed spectrum is made row by row and forgotten again: the dense array of all pixels
 * and bins never exists. Outside the frame there is nothing, so that borders hold fewer counts and say so.
 */
import { exp } from "../../kernels/math.js";
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
  const across = new Float32Array(maps.length);
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
  const both = new Float32Array(maps.length);
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

/** Takes one row of smoothed spectra: `row` counts over all frames, `spectra` is [width x bins] in (weighted) counts. */
export type RowVisitor = (row: number, spectra: Float32Array) => void;

/** Smooths the spectra of all pixels, one row after the other. `wanted` may leave out rows. */
export async function sweepRows(
  counts: BinnedCounts,
  kernel: Float64Array,
  visit: RowVisitor,
  breathe: () => Promise<void>,
  wanted: (row: number) => boolean = () => true,
): Promise<void> {
  const { width, height } = counts.frames;
  const radius = height === 1 ? 0 : (kernel.length - 1) / 2;
  const length = width * counts.bins;
  const ring = Array.from({ length: 2 * radius + 1 }, () => ({ row: -1, spectra: new Float32Array(length) }));
  const out = new Float32Array(length);
  for (let row = 0; row < counts.frames.count * height; row++) {
    await breathe();
    if (!wanted(row)) continue;
    const y = row % height;
    out.fill(0);
    for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
      const slot = ring[(row + dy) % ring.length]!;
      if (slot.row !== row + dy) {
        smoothAcross(counts, kernel, row + dy, slot.spectra);
        slot.row = row + dy;
      }
      addScaled(out, slot.spectra, height === 1 ? 1 : kernel[dy + radius]!);
    }
    visit(row, out);
  }
}

/** The smoothed spectrum of one pixel: float64 [bins], in (weighted) counts; equals the row's within rounding. */
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

function smoothAcross(counts: BinnedCounts, kernel: Float64Array, row: number, out: Float32Array): void {
  const { bins, rowStart, bin, count } = counts;
  const { width } = counts.frames;
  const radius = (kernel.length - 1) / 2;
  out.fill(0);
  for (let x = 0; x < width; x++) {
    const pixel = row * width + x;
    const end = rowStart[pixel + 1]!;
    const from = Math.max(0, x - radius);
    const to = Math.min(width - 1, x + radius);
    for (let target = from; target <= to; target++) {
      const weight = kernel[target - x + radius]!;
      const base = target * bins;
      for (let i = rowStart[pixel]!; i < end; i++) out[base + bin[i]!]! += weight * count[i]!;
    }
  }
}

function addScaled(out: Float32Array, values: Float32Array, weight: number): void {
  for (let i = 0; i < out.length; i++) out[i]! += weight * values[i]!;
}
