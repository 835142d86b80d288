/** How kernels lay a tree out: boxes padded to whole vectors, and the points of each leaf column after column. */
import type { KdTree } from "./kd-tree.js";

/** Points of a leaf, at most, as kernels lay them out. */
export const LEAF_POINTS = 32;

/** Points of the fullest leaf. */
export function pointsOfLargestLeaf({ firstLeaf, nodes, start, end }: KdTree): number {
  let most = 0;
  for (let leaf = firstLeaf; leaf < nodes; leaf++) most = Math.max(most, end[leaf]! - start[leaf]!);
  return most;
}

/** Rows of `width` numbers, each followed by 0 up to `paddedWidth`; `padded` is 0. */
export function fillPadded(rows: Float32Array, width: number, padded: Float32Array, paddedWidth: number): void {
  for (let i = 0, row = 0; i < rows.length; row += paddedWidth) for (let d = 0; d < width; d++, i++) padded[row + d] = rows[i]!;
}

/** Coordinates as float32 [leaves x dimensions x LEAF_POINTS], column after column within each leaf. */
export function fillColumns({ coordinates, dimensions, firstLeaf, nodes, start, end }: KdTree, columns: Float32Array): void {
  for (let leaf = firstLeaf; leaf < nodes; leaf++) {
    const to = (leaf - firstLeaf) * dimensions * LEAF_POINTS - start[leaf]!;
    for (let p = start[leaf]!, from = p * dimensions; p < end[leaf]!; p++) {
      for (let d = 0, place = to + p; d < dimensions; d++, from++, place += LEAF_POINTS) columns[place] = coordinates[from]!;
    }
  }
}
