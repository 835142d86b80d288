import type { BinnedCounts } from "../binned-counts.js";
import { blockRows, rowsOf } from "./block-rows.js";
import type { ProgramShelf } from "./program-shelf.js";
import { fullestRow } from "./row-smoother.js";
import { type ScoreProgram, scoreProgram } from "./score-programs.js";

export interface ScoreStage {
  /** Weights of the smoothing along x and y. */
  readonly kernel: Float64Array;
  /** Smoothed counts per pixel. */
  readonly total: Float32Array;
  /** What a count in a bin adds along each axis, float64 [bins x axes], and what is taken off the mean of a pixel's counts: float64 [axes]. */
  readonly perBin: Float64Array;
  readonly offset: Float64Array;
}

/** Rows of a block. */
export function scoreRows(kernel: Float64Array): number {
  return 2 * blockRows(kernel);
}

/** Coordinates of smoothed spectra, rows of a block each: float32 [pixels of the block x axes], 0 where there are no counts. */
export async function scoreBlocks(
  counts: BinnedCounts,
  { kernel, total, perBin, offset }: ScoreStage,
  shelf: ProgramShelf,
): Promise<(block: number) => Float32Array> {
  const { width } = counts.frames;
  const axes = offset.length;
  const program = await shelf.take("scores", scoreSizes(counts, kernel, axes), scoreProgram);
  const { arrays, stride } = program;
  for (let i = 0; i < perBin.length; i++) arrays.table[Math.floor(i / axes) * stride + (i % axes)] = perBin[i]!;
  const smooth = scoreSmoother(counts, kernel, program);
  const rows = scoreRows(kernel);
  const all = new Float32Array(rows * width * axes);
  return (block) => {
    const [from, to] = rowsOf(counts.frames, rows, block);
    const scores = all.subarray(0, (to - from) * width * axes).fill(0);
    for (let row = from; row < to; row++) {
      const smoothed = smooth(row);
      for (let x = 0; x < width; x++) {
        const counted = total[row * width + x]!;
        if (!(counted > 0)) continue;
        const base = ((row - from) * width + x) * axes;
        for (let i = 0; i < axes; i++) scores[base + i] = smoothed[x * stride + i]! / counted - offset[i]!;
      }
    }
    return scores;
  };
}

function scoreSizes(counts: BinnedCounts, kernel: Float64Array, axes: number) {
  const { width, height } = counts.frames;
  const isWhole = counts.count instanceof Uint16Array;
  return { width, bins: counts.bins, axes, kept: height === 1 ? 1 : kernel.length, mostEntries: fullestRow(counts), isWhole };
}

/** Gives the smoothed row of scores, float32 [width x stride], of a row over all frames; rows near the one before cost least. */
function scoreSmoother(counts: BinnedCounts, kernel: Float64Array, program: ScoreProgram): (row: number) => Float32Array {
  const { height } = counts.frames;
  const { kept } = program.sizes;
  const radius = (kept - 1) / 2;
  const { across, smoothed } = program.arrays;
  const rowLength = across.length / kept;
  const held = new Int32Array(kept).fill(-1);
  const rowAt = (row: number) => {
    const place = row % kept;
    if (held[place] !== row) spreadRow(counts, kernel, program, row, place);
    held[place] = row;
    return place;
  };
  return (row) => {
    if (height === 1) {
      const place = rowAt(row);
      return across.subarray(place * rowLength, (place + 1) * rowLength);
    }
    const y = row % height;
    smoothed.fill(0);
    for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
      program.addDown(kernel[dy + radius]!, rowAt(row + dy));
    }
    return smoothed;
  };
}

/** Makes a kept row of a row of pixels: their scores, smoothed along x. */
function spreadRow(counts: BinnedCounts, kernel: Float64Array, program: ScoreProgram, row: number, place: number): void {
  const { width } = counts.frames;
  const { start, bin, count, across } = program.arrays;
  const first = row * width;
  const from = counts.rowStart[first]!;
  const to = counts.rowStart[first + width]!;
  for (let x = 0; x <= width; x++) start[x] = counts.rowStart[first + x]! - from;
  bin.set(counts.bin.subarray(from, to));
  count.set(counts.count.subarray(from, to));
  program.project();
  const radius = (kernel.length - 1) / 2;
  const rowLength = width * program.stride;
  across.fill(0, place * rowLength, (place + 1) * rowLength);
  for (let dx = -radius; dx <= radius; dx++) {
    const begin = Math.max(0, -dx);
    const end = Math.min(width, width - dx);
    if (begin < end) program.addAcross(kernel[dx + radius]!, begin + dx, end - begin, place, begin);
  }
}
