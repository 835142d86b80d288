/**
 * Gaussian smoothing of sparse counts, one row of pixels after the other: the dense array of all pixels and bins never exists. Outside the frame there is nothing, so
 * that borders hold fewer counts and say so.
 */
import type { BinnedCounts } from "../binned-counts.js";
import type { RowProgram, RowSizes } from "./row-programs.js";

/** Sizes of the work on the rows of an image. */
export function rowSizes(counts: BinnedCounts, kernel: Float64Array, components: number): RowSizes {
  const { width, height, count } = counts.frames;
  const radius = (kernel.length - 1) / 2;
  let mostEntries = 0;
  for (let row = 0; row < count * height; row++) {
    mostEntries = Math.max(mostEntries, counts.rowStart[(row + 1) * width]! - counts.rowStart[row * width]!);
  }
  return { width, bins: counts.bins, radius, kept: height === 1 ? 1 : kernel.length, mostEntries, components };
}

/** Makes `program.arrays.spectra` the smoothed spectra of a row over all frames; rows near the one before cost least. */
export function rowSmoother(counts: BinnedCounts, kernel: Float64Array, program: RowProgram): (row: number) => void {
  const { height } = counts.frames;
  const { kept } = program.sizes;
  const { down, weights } = program.arrays;
  const radius = (kept - 1) / 2;
  weights.set(kernel);
  const held = new Int32Array(kept).fill(-1);
  return (row) => {
    const y = row % height;
    const places: number[] = [];
    for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
      const place = (row + dy) % kept;
      if (held[place] !== row + dy) {
        spreadRow(counts, row + dy, place, program);
        held[place] = row + dy;
      }
      down[places.length] = height === 1 ? 1 : kernel[dy + radius]!;
      places.push(place);
    }
    program.addRows(places);
  };
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
