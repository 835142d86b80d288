/**
 * The stages of a quick search in plain TypeScript. What is found depends on the order in which points are looked at and on the last bit of each distance, so this takes the
 * steps of the kernel, with its rounding to float32.
 */
import { plainArrays } from "../../kernel-memory.js";
import { summedDistance } from "../distance.js";
import type { KdTree } from "../kd-tree.js";
import { type Candidates, insert } from "../leaf-search.js";
import { BACK_KEPT, keptNeighbours, MOST_LEAVES, REACH } from "./graph-plan.js";
import { type GraphProgram, partStart } from "./graph-stages.js";
import { centreOf, leavesAround } from "./leaves-around.js";
import { emptyRow, holds, type NeighbourRow, take } from "./neighbour-row.js";
import { boxToPoint, columnwise, lanewise } from "./rounded-distances.js";

export interface ReferenceGraph extends GraphProgram {
  /** Int32 and float64 [points x kept neighbours]: what is found, when all stages are done. */
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** An edge to a position, and whether it was there a round ago. */
interface Edge {
  readonly position: number;
  readonly isOld: boolean;
}

export function referenceGraph(tree: KdTree, k: number, mostLeaves = MOST_LEAVES): ReferenceGraph {
  const kept = keptNeighbours(k);
  const { points, firstLeaf, start, end, coordinates, dimensions } = tree;
  const rows = Array.from({ length: points }, () => emptyRow(kept));
  const back = Array.from({ length: points }, () => emptyRow(BACK_KEPT));
  let edges: Edge[][] = [];
  let nextEdges: Edge[][] = [];
  const { indices, distances } = plainArrays({
    indices: ["int32", points * kept],
    distances: ["float64", points * kept],
  } as const);

  const improve = (place: number): void => {
    const row = rows[place]!;
    const offer = (other: number): void => {
      const distance = lanewise(tree, coordinates, place * dimensions, other);
      if (distance < row.distance.at(-1)! && other !== place && !holds(row, other)) take(row, distance, other);
    };
    const turned = [...back[place]!.position].filter((position) => position >= 0);
    for (const middle of turned) offer(middle);
    for (const { position, isOld } of edges[place]!) {
      for (const next of edges[position]!) if (!isOld || !next.isOld) offer(next.position);
    }
    for (const middle of turned) for (const { position } of edges[middle]!) offer(position);
    const before = new Set(edges[place]!.map(({ position }) => position));
    nextEdges[place] = [...row.position].map((position) => ({ position, isOld: before.has(position) }));
  };
  const finish = (place: number): void => {
    const found = measured(tree, coordinates, place, rows[place]!);
    distances.set(found.distance, place * kept);
    indices.set(found.index, place * kept);
  };
  const eachOf = (leaf: number, work: (place: number) => void): void => {
    for (let place = start[leaf]!; place < end[leaf]!; place++) work(place);
  };
  return {
    indices,
    distances,
    enter(stage) {
      if (stage !== "back") return;
      edges = nextEdges;
      nextEdges = [];
    },
    piece(stage, piece) {
      if (stage === "begin") {
        beginLeaf(tree, firstLeaf + piece, rows, mostLeaves);
        eachOf(firstLeaf + piece, (place) => {
          nextEdges[place] = [...rows[place]!.position].map((position) => ({ position, isOld: false }));
        });
      } else if (stage === "back") turnBack(rows, back, partStart(piece, points), partStart(piece + 1, points));
      else eachOf(firstLeaf + piece, stage === "improve" ? improve : finish);
    },
  };
}

/** Finds a first neighbourhood for the points of a leaf, among the points of the leaves around it. */
function beginLeaf(tree: KdTree, own: number, rows: readonly NeighbourRow[], mostLeaves: number): void {
  const { start, end, coordinates, dimensions } = tree;
  const points = coordinates.subarray(start[own]! * dimensions, end[own]! * dimensions);
  lookAround(tree, points, rows.slice(start[own], end[own]), start[own]!, mostLeaves);
}

/** Offers the points of the leaves around their centre to queries, float32 [queries x dimensions]; `first`: the position of the first, -Infinity where they are not points of the tree. */
export function lookAround(
  tree: KdTree,
  queries: Float32Array,
  rows: readonly NeighbourRow[],
  first: number,
  mostLeaves: number,
): void {
  const { start, end, dimensions } = tree;
  for (const leaf of leavesAround(tree, centreOf(queries, dimensions), mostLeaves)) {
    for (const [query, row] of rows.entries()) {
      const at = query * dimensions;
      const limit = Math.fround(row.distance.at(-1)! * REACH);
      if (!(boxToPoint(tree, leaf, queries, at) <= limit)) continue;
      for (let eight = start[leaf]!; eight < end[leaf]!; eight += 8) {
        takeNear(
          (position) => columnwise(tree, queries, at, position),
          row,
          first + query,
          eight,
          Math.min(eight + 8, end[leaf]!),
        );
      }
    }
  }
}

/** Offers positions in turn to a point at `place`; what counts as near is settled before the first is taken. */
function takeNear(
  distanceTo: (position: number) => number,
  row: NeighbourRow,
  place: number,
  first: number,
  behind: number,
): void {
  const limit = row.distance.at(-1)!;
  for (let position = first; position < behind; position++) {
    const distance = distanceTo(position);
    if (distance < limit && position !== place) take(row, distance, position);
  }
}

/** The neighbours in a row as the exact search measures and orders them; coordinates of their point in row `at` of `data`. */
export function measured(tree: KdTree, data: Float32Array, at: number, { position }: NeighbourRow): Candidates {
  const kept = position.length;
  const found = { distance: new Float64Array(kept).fill(Infinity), index: new Int32Array(kept).fill(-1) };
  for (const one of position) {
    const distance = summedDistance("squared", tree.dimensions, data, at, tree.coordinates, one);
    insert(found, distance, tree.order[one]!);
  }
  return found;
}

/** Notes at each of the points `first` to `behind` the shortest edges that lead to it from points that are not among its own neighbours. */
function turnBack(rows: readonly NeighbourRow[], back: readonly NeighbourRow[], first: number, behind: number): void {
  for (let place = first; place < behind; place++) {
    back[place]!.distance.fill(Infinity);
    back[place]!.position.fill(-1);
  }
  for (const [place, { distance, position }] of rows.entries()) {
    for (const [j, other] of position.entries()) {
      if (other < first || other >= behind || holds(rows[other]!, place)) continue;
      take(back[other]!, distance[j]!, place);
    }
  }
}
