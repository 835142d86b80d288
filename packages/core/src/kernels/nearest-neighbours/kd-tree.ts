/**
 * A kd-tree (Bentley 1975, doi:10.1145/361002.361007) cut at medians, so that it is a perfect binary tree: the children of node i are
 * 2i + 1 and 2i + 2, and all leaves lie on the last level. Points are copied into the order of the leaves, so that a leaf is one run
 * of memory:
 *
 *     node                0
 *                    1         2
 *                  3   4     5   6          leaves: the last level
 *     position   [ ...|...|......|... ]     coordinates of the points, leaf after leaf
 */
import { DataCheckError, ShapeError } from "../../errors.js";
import { breather, type WorkContext } from "../../spectrum-image/context.js";
import type { Matrix } from "../matrix.js";

export interface KdTree {
  readonly points: number;
  readonly dimensions: number;
  /** Nodes in all, 2 x leaves - 1. */
  readonly nodes: number;
  /** Node number of the first leaf; leaves - 1. */
  readonly firstLeaf: number;
  /** Index of the point at each position. */
  readonly order: Int32Array;
  /** Position of each point, the inverse of `order`. */
  readonly position: Int32Array;
  /** [points x dimensions], in the order of positions. */
  readonly coordinates: Float32Array;
  /** [nodes]: first position of each node; its last is before `end`. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** [nodes x dimensions]: the smallest box around the points of each node. */
  readonly lower: Float32Array;
  readonly upper: Float32Array;
  /** [inner nodes]: the coordinate by which the children are told apart, the widest of the node. */
  readonly axis: Int32Array;
  /** [nodes]: the lowest index of a point in each node. */
  readonly lowestIndex: Int32Array;
}

const POINTS_PER_LEAF = 32;

/**
 * Builds the tree over the rows of a matrix. Equal inputs give equal trees; equal coordinates are ordered by index.
 * `pointsPerLeaf` is the most points that a leaf holds. Throws {@link ShapeError} for a matrix without rows or columns
 * and {@link DataCheckError} for a coordinate that is not finite.
 */
export async function kdTree(
  matrix: Matrix<Float32Array>,
  context: WorkContext = {},
  pointsPerLeaf = POINTS_PER_LEAF,
): Promise<KdTree> {
  checkPoints(matrix);
  const pause = breather(context);
  const { rows: points, columns: dimensions, data } = matrix;
  let leaves = 1;
  while (points > leaves * pointsPerLeaf) leaves *= 2;
  const nodes = 2 * leaves - 1;
  const order = Int32Array.from({ length: points }, (_, i) => i);
  const start = new Int32Array(nodes);
  const end = new Int32Array(nodes);
  const lower = new Float32Array(nodes * dimensions);
  const upper = new Float32Array(nodes * dimensions);
  const axis = new Int32Array(leaves - 1);
  const lowestIndex = new Int32Array(nodes);
  end[0] = points;
  for (let node = 0; node < nodes; node++) {
    const inside = order.subarray(start[node], end[node]);
    boxAround(data, dimensions, inside, node, lower, upper);
    lowestIndex[node] = lowestOf(inside);
    await pause();
    if (node >= leaves - 1) continue;
    const from = start[node]!;
    const to = end[node]!;
    const middle = from + ((to - from + 1) >> 1);
    axis[node] = widestAxis(node, dimensions, lower, upper);
    selectNth(order, data, dimensions, axis[node]!, from, to - 1, middle);
    start[2 * node + 1] = from;
    end[2 * node + 1] = middle;
    start[2 * node + 2] = middle;
    end[2 * node + 2] = to;
  }
  const coordinates = new Float32Array(points * dimensions);
  const position = new Int32Array(points);
  for (let p = 0; p < points; p++) {
    const row = order[p]!;
    position[row] = p;
    for (let d = 0; d < dimensions; d++) coordinates[p * dimensions + d] = data[row * dimensions + d]!;
  }
  return {
    points,
    dimensions,
    nodes,
    firstLeaf: leaves - 1,
    order,
    position,
    coordinates,
    start,
    end,
    lower,
    upper,
    axis,
    lowestIndex,
  };
}

function checkPoints({ rows, columns, data }: Matrix<Float32Array>): void {
  if (rows < 1 || columns < 1 || data.length !== rows * columns) {
    throw new ShapeError("Neighbours need a matrix with at least one row and one column.", {
      found: `${rows} x ${columns} with ${data.length} values`,
    });
  }
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return;
  throw new DataCheckError("A feature is not a finite number.", {
    where: `row ${Math.floor(wrong / columns)}, column ${wrong % columns}`,
    found: String(data[wrong]),
    expected: "finite numbers only",
    remedy: "Mask the pixel out or choose another normalisation.",
  });
}

function boxAround(
  data: Float32Array,
  dimensions: number,
  rows: Int32Array,
  node: number,
  lower: Float32Array,
  upper: Float32Array,
): void {
  const first = node * dimensions;
  lower.fill(Infinity, first, first + dimensions);
  upper.fill(-Infinity, first, first + dimensions);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]! * dimensions;
    for (let d = 0; d < dimensions; d++) {
      const value = data[row + d]!;
      if (value < lower[first + d]!) lower[first + d] = value;
      if (value > upper[first + d]!) upper[first + d] = value;
    }
  }
}

function lowestOf(rows: Int32Array): number {
  let lowest = rows[0]!;
  for (let i = 1; i < rows.length; i++) if (rows[i]! < lowest) lowest = rows[i]!;
  return lowest;
}

function widestAxis(node: number, dimensions: number, lower: Float32Array, upper: Float32Array): number {
  let axis = 0;
  let widest = -1;
  for (let d = 0; d < dimensions; d++) {
    const width = upper[node * dimensions + d]! - lower[node * dimensions + d]!;
    if (width > widest) {
      widest = width;
      axis = d;
    }
  }
  return axis;
}

/**
 * Reorders `order[left..right]` so that the place `nth` holds what it would hold if all were sorted by (coordinate, index), with
 * nothing larger before it and nothing smaller after it (quickselect, Hoare 1961, doi:10.1145/366622.366647, median of three).
 */
function selectNth(
  order: Int32Array,
  data: Float32Array,
  dimensions: number,
  axis: number,
  first: number,
  last: number,
  nth: number,
): void {
  let left = first;
  let right = last;
  while (left < right) {
    const pivot = medianOfThree(order, data, dimensions, axis, left, right);
    const value = data[pivot * dimensions + axis]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (isBefore(data[order[i]! * dimensions + axis]!, order[i]!, value, pivot)) i += 1;
      while (isBefore(value, pivot, data[order[j]! * dimensions + axis]!, order[j]!)) j -= 1;
      if (i > j) break;
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
      i += 1;
      j -= 1;
    }
    if (nth <= j) right = j;
    else if (nth >= i) left = i;
    else return;
  }
}

function isBefore(a: number, indexA: number, b: number, indexB: number): boolean {
  return a < b || (a === b && indexA < indexB);
}

function medianOfThree(
  order: Int32Array,
  data: Float32Array,
  dimensions: number,
  axis: number,
  left: number,
  right: number,
): number {
  const a = order[left]!;
  const b = order[(left + right) >> 1]!;
  const c = order[right]!;
  const valueA = data[a * dimensions + axis]!;
  const valueB = data[b * dimensions + axis]!;
  const valueC = data[c * dimensions + axis]!;
  if (isBefore(valueA, a, valueB, b)) {
    if (isBefore(valueB, b, valueC, c)) return b;
    return isBefore(valueA, a, valueC, c) ? c : a;
  }
  if (isBefore(valueA, a, valueC, c)) return a;
  return isBefore(valueB, b, valueC, c) ? c : b;
}
