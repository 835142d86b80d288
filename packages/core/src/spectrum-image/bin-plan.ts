/** How the pixels of a source fall into groups that can be joined without looking at others. */

export interface BinPlan {
  /** Pixels of one group: whole slices of the slowest binned axis, and at least a navigation row. */
  readonly groupPixels: number;
  /** After this many pixels the groups start anew ... */
  readonly period: number;
  /** ... and what lies in a period beyond this many pixels fills no group and is dropped. */
  readonly kept: number;
  /** Offsets in the group of the source pixels of each new pixel, in order: [new pixels x perPixel]. */
  readonly members: Uint32Array;
  readonly perPixel: number;
}

/** Groups follow each other in the source, and each gives a run of whole new navigation rows. One factor per axis, slowest first. */
export function binPlan(shape: readonly number[], factors: readonly number[]): BinPlan {
  const last = shape.length - 1;
  const binned = factors.findIndex((factor) => factor > 1);
  if (binned === -1 || binned === last) {
    const row = shape.slice(Math.max(0, last));
    const size = row[0] ?? 1;
    return { groupPixels: size, period: size, kept: size, ...membersOf(row, factors.slice(Math.max(0, last))) };
  }
  const factor = factors[binned]!;
  const inner = shape.slice(binned + 1);
  const slice = inner.reduce((product, size) => product * size, 1);
  return {
    groupPixels: factor * slice,
    period: shape[binned]! * slice,
    kept: Math.floor(shape[binned]! / factor) * factor * slice,
    ...membersOf([factor, ...inner], factors.slice(binned)),
  };
}

function membersOf(shape: readonly number[], factors: readonly number[]): { members: Uint32Array; perPixel: number } {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const newShape = shape.map((size, axis) => Math.floor(size / factors[axis]!));
  const corners = offsets(
    newShape,
    strides.map((stride, axis) => stride * factors[axis]!),
  );
  const inside = offsets(factors, strides);
  const members = new Uint32Array(corners.length * inside.length);
  corners.forEach((corner, pixel) => {
    members.set(
      inside.map((offset) => corner + offset),
      pixel * inside.length,
    );
  });
  return { members, perPixel: inside.length };
}

/** Σ index x stride for all indices below `sizes`, the last index fastest. */
function offsets(sizes: readonly number[], strides: readonly number[]): number[] {
  return sizes.reduce<number[]>(
    (found, size, axis) => found.flatMap((offset) => Array.from({ length: size }, (_, i) => offset + i * strides[axis]!)),
    [0],
  );
}
