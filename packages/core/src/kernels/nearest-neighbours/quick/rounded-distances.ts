/** Squared distances in float32, each rounded and summed in the order of the kernel. */
import type { KdTree } from "../kd-tree.js";

/** Between coordinates, `at` and what follows in `data`, and a position of a tree, column after column. */
export function columnwise({ coordinates, dimensions }: KdTree, data: Float32Array, at: number, position: number): number {
  let sum = 0;
  for (let d = 0, p = at, q = position * dimensions; d < dimensions; d++, p++, q++) {
    sum = Math.fround(sum + squareOf(coordinates[q]! - data[p]!));
  }
  return sum;
}

/** The same; every fourth column is summed apart. */
export function lanewise({ coordinates, dimensions }: KdTree, data: Float32Array, at: number, position: number): number {
  const sums = new Float32Array(4);
  for (let d = 0, p = at, q = position * dimensions; d < dimensions; d++, p++, q++) {
    sums[d & 3]! += squareOf(coordinates[q]! - data[p]!);
  }
  return sumOfFour(sums);
}

/** Between a point and the box of a node, column after column. */
export function boxToPoint(tree: KdTree, node: number, data: Float32Array, at: number): number {
  let sum = 0;
  for (let d = 0; d < tree.dimensions; d++) sum = Math.fround(sum + squareOf(gapTo(tree, node, d, data[at + d]!)));
  return sum;
}

/** Between a point and the box of a node; every fourth column is summed apart. */
export function boxToCentre(tree: KdTree, node: number, centre: Float32Array): number {
  const sums = new Float32Array(4);
  for (let d = 0; d < tree.dimensions; d++) sums[d & 3]! += squareOf(gapTo(tree, node, d, centre[d]!));
  return sumOfFour(sums);
}

/** How far a value lies outside the box of a node, or 0. */
function gapTo({ lower, upper, dimensions }: KdTree, node: number, d: number, value: number): number {
  const box = node * dimensions + d;
  return Math.max(Math.fround(lower[box]! - value), Math.fround(value - upper[box]!), 0);
}

function squareOf(difference: number): number {
  const rounded = Math.fround(difference);
  return Math.fround(rounded * rounded);
}

function sumOfFour(sums: Float32Array): number {
  const [first, second] = [Math.fround(sums[0]! + sums[2]!), Math.fround(sums[1]! + sums[3]!)];
  return Math.fround(first + second);
}
