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
/** Rows of a node with more points are put in its order, so that its children read what lies together; those of others are in the cache anyway. */
const FEWEST_MOVED = 4096;

/** Rows that are read column by column while they are in the cache. */
const ROWS_IN_CACHE = 256;

/** Rows on their way into the order of the leaves. */
interface SortedRows {
  readonly dimensions: number;
  /** Float32 [points x dimensions] */
  readonly rows: Float32Array;
  /** Index of the point in each row. */
  readonly index: Int32Array;
  /** Row of the point at each position. */
  readonly at: Int32Array;
}

function sortedRows(data: Float32Array, points: number, dimensions: number): SortedRows {
  const identity = Int32Array.from({ length: points }, (_, i) => i);
  return { dimensions, rows: data.slice(), index: identity, at: identity.slice() };
}

/** Moves rows to the positions of their points, from `from` to before `to`; they must lie there, in any order. */
function moveRows({ dimensions, rows, index, at }: SortedRows, from: number, to: number): void {
  const oldRows = rows.slice(from * dimensions, to * dimensions);
  const oldIndex = index.slice(from, to);
  for (let p = from, place = from * dimensions; p < to; p++) {
    const old = at[p]! - from;
    index[p] = oldIndex[old]!;
    at[p] = p;
    for (let d = old * dimensions, behind = d + dimensions; d < behind; d++, place++) rows[place] = oldRows[d]!;
  }
}

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
  const sorted = sortedRows(data, points, dimensions);
  const { at } = sorted;
  const start = new Int32Array(nodes);
  const end = new Int32Array(nodes);
  const lower = new Float32Array(nodes * dimensions);
  const upper = new Float32Array(nodes * dimensions);
  const axis = new Int32Array(leaves - 1);
  const lowestIndex = new Int32Array(nodes);
  end[0] = points;
  for (let node = 0; node < nodes; node++) {
    const from = start[node]!;
    const to = end[node]!;
    boxAround(sorted, at.subarray(from, to), node, lower, upper);
    lowestIndex[node] = lowestOf(sorted, from, to);
    await pause();
    if (node >= leaves - 1) continue;
    const middle = from + ((to - from + 1) >> 1);
    axis[node] = widestAxis(node, dimensions, lower, upper);
    selectNth(sorted, axis[node]!, from, to - 1, middle);
    if (to - from > FEWEST_MOVED) moveRows(sorted, from, to);
    start[2 * node + 1] = from;
    end[2 * node + 1] = middle;
    start[2 * node + 2] = middle;
    end[2 * node + 2] = to;
  }
  moveRows(sorted, 0, points);
  const { rows: coordinates, index: order } = sorted;
  const position = new Int32Array(points);
  for (let p = 0; p < points; p++) position[order[p]!] = p;
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
  { dimensions, rows }: SortedRows,
  inside: Int32Array,
  node: number,
  lower: Float32Array,
  upper: Float32Array,
): void {
  const first = node * dimensions;
  lower.fill(Infinity, first, first + dimensions);
  upper.fill(-Infinity, first, first + dimensions);
  for (let begin = 0; begin < inside.length; begin += ROWS_IN_CACHE) {
    const behind = Math.min(begin + ROWS_IN_CACHE, inside.length);
    for (let d = 0; d < dimensions; d++) {
      let least = lower[first + d]!;
      let most = upper[first + d]!;
      for (let i = begin; i < behind; i++) {
        const value = rows[inside[i]! * dimensions + d]!;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      lower[first + d] = least;
      upper[first + d] = most;
    }
  }
}

function lowestOf({ index, at }: SortedRows, from: number, to: number): number {
  let lowest = index[at[from]!]!;
  for (let i = from + 1; i < to; i++) if (index[at[i]!]! < lowest) lowest = index[at[i]!]!;
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
 * Reorders `at[first..last]` so that the place `nth` holds what it would hold if all were sorted by (coordinate, index), with
 * nothing larger before it and nothing smaller after it (quickselect, Hoare 1961, doi:10.1145/366622.366647, median of three).
 */
function selectNth(sorted: SortedRows, axis: number, first: number, last: number, nth: number): void {
  const { dimensions, rows, index, at } = sorted;
  let left = first;
  let right = last;
  while (left < right) {
    const pivot = medianOfThree(sorted, axis, left, right);
    const value = rows[pivot * dimensions + axis]!;
    const id = index[pivot]!;
    let i = left;
    let j = right;
    while (i <= j) {
      for (; ; i++) {
        const own = rows[at[i]! * dimensions + axis]!;
        if (!(own < value || (own === value && index[at[i]!]! < id))) break;
      }
      for (; ; j--) {
        const own = rows[at[j]! * dimensions + axis]!;
        if (!(own > value || (own === value && index[at[j]!]! > id))) break;
      }
      if (i > j) break;
      const kept = at[i]!;
      at[i] = at[j]!;
      at[j] = kept;
      i += 1;
      j -= 1;
    }
    if (nth <= j) right = j;
    else if (nth >= i) left = i;
    else return;
  }
}

/** Row of the median of the first, the middle and the last point. */
function medianOfThree(sorted: SortedRows, axis: number, left: number, right: number): number {
  const { at } = sorted;
  const [a, b, c] = [at[left]!, at[(left + right) >> 1]!, at[right]!];
  if (isBefore(sorted, axis, a, b)) {
    if (isBefore(sorted, axis, b, c)) return b;
    return isBefore(sorted, axis, a, c) ? c : a;
  }
  if (isBefore(sorted, axis, a, c)) return a;
  return isBefore(sorted, axis, b, c) ? c : b;
}

function isBefore({ dimensions, rows, index }: SortedRows, axis: number, a: number, b: number): boolean {
  const valueA = rows[a * dimensions + axis]!;
  const valueB = rows[b * dimensions + axis]!;
  return valueA < valueB || (valueA === valueB && index[a]! < index[b]!);
}
