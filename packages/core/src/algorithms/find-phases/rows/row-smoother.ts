/**
 * Gaussian smoothing of sparse counts, one row of pixels after the other: the dense array of all pixels and bins never exists. Outside the frame there is nothing, so
 * that borders hold fewer counts and say so.
 */
import type { BinnedCounts } from "../binned-counts.js";
import type { RowProgram, RowSizes } from "./row-programs.js";

/** Sizes of the work on the rows of an image. */
export function rowSizes(counts: BinnedCounts, kernel: Float64Array, components: number): RowSizes {
  const { width, height } = counts.frames;
  const radius = (kernel.length - 1) / 2;
  const kept = height === 1 ? 1 : kernel.length;
  const isWhole = counts.count instanceof Uint16Array;
  return { width, bins: counts.bins, radius, kept, mostEntries: fullestRow(counts), isWhole, components };
}

/** Entries of the row that has most. */
export function fullestRow({ frames: { count, height, width }, rowStart }: BinnedCounts): number {
  let most = 0;
  for (let row = 0; row < count * height; row++) most = Math.max(most, rowStart[(row + 1) * width]! - rowStart[row * width]!);
  return most;
}

/**
 * Makes `program.arrays.spectra` the smoothed spectra of a row over all frames, and `marks` the columns for which they are made: those of the pixels that are 1 in `asked`
 * (uint8 [pixels]), or all. Rows near the one before cost least.
 */
export function rowSmoother(
  counts: BinnedCounts,
  kernel: Float64Array,
  program: RowProgram,
  asked?: Uint8Array,
): (row: number) => void {
  const { height, width } = counts.frames;
  const { kept } = program.sizes;
  const { down, weights, wanted, marks } = program.arrays;
  const radius = (kept - 1) / 2;
  weights.set(kernel);
  wanted.fill(1);
  marks.fill(1);
  const held = new Int32Array(kept).fill(-1);
  return (row) => {
    const y = row % height;
    if (asked !== undefined) markColumns(program, asked.subarray(row * width, (row + 1) * width));
    const places: number[] = [];
    for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
      const place = (row + dy) % kept;
      if (held[place] !== row + dy) {
        if (asked !== undefined) markWanted(counts, program, asked, row + dy);
        spreadRow(counts, row + dy, place, program);
        held[place] = row + dy;
      }
      down[places.length] = height === 1 ? 1 : kernel[dy + radius]!;
      places.push(place);
    }
    program.addRows(places);
  };
}

function markColumns({ arrays: { marks }, sizes: { radius } }: RowProgram, asked: Uint8Array): void {
  marks.fill(0);
  for (let x = 0; x < asked.length; x++) if (asked[x] === 1) marks[(x + radius) >> 2] = 1;
}

/** Pixels of a row are wanted that are spread to some pixel that is asked for, in this row or in one that it is added to. */
function markWanted({ frames }: BinnedCounts, { arrays: { wanted }, sizes }: RowProgram, asked: Uint8Array, row: number): void {
  const { width, height } = frames;
  const { radius } = sizes;
  const reach = (sizes.kept - 1) / 2;
  const y = row % height;
  const isAsked = new Uint8Array(width);
  for (let dy = Math.max(-reach, -y); dy <= Math.min(reach, height - 1 - y); dy++) {
    const first = (row + dy) * width;
    for (let x = 0; x < width; x++) isAsked[x]! |= asked[first + x]!;
  }
  let near = 0;
  for (let x = 0; x < radius && x < width; x++) near += isAsked[x]!;
  for (let x = 0; x < width; x++) {
    if (x + radius < width) near += isAsked[x + radius]!;
    wanted[x] = near > 0 ? 1 : 0;
    if (x >= radius) near -= isAsked[x - radius]!;
  }
}

function spreadRow(counts: BinnedCounts, row: number, place: number, { sizes, stride, arrays, spread }: RowProgram): void {
  const { width, bins } = sizes;
  const first = row * width;
  const from = counts.rowStart[first]!;
  for (let x = 0; x <= width; x++) arrays.start[x] = counts.rowStart[first + x]! - from;
  const to = counts.rowStart[first + width]!;
  arrays.bin.set(counts.bin.subarray(from, to));
  arrays.count.set(counts.count.subarray(from, to));
  arrays.ring.fill(0, place * bins * stride, (place + 1) * bins * stride);
  spread(place);
}
