/** A quick search for points that are not in the tree, in plain TypeScript: the reference of `kernelForeign`, which takes the same steps with the same rounding to float32. */
import type { ForeignSearch } from "../foreign-search.js";
import type { KdTree } from "../kd-tree.js";
import { keptNeighbours, LEAVES_OF_FOREIGN, ROUNDS } from "./graph-plan.js";
import { emptyRow, holds, type NeighbourRow, take } from "./neighbour-row.js";
import { lookAround, measured } from "./reference-graph.js";
import { lanewise } from "./rounded-distances.js";

/** `graph`: positions of the kept neighbours of each position, as `neighbourPositions` gives them. */
export function referenceForeign(tree: KdTree, graph: Int32Array, k: number, mostLeaves = LEAVES_OF_FOREIGN): ForeignSearch {
  const { dimensions } = tree;
  const kept = keptNeighbours(k);
  const improve = (row: NeighbourRow, queries: Float32Array, at: number, before: readonly number[]): number[] => {
    const middles = [...row.position];
    for (const middle of middles.filter((one) => !before.includes(one))) {
      for (const other of graph.subarray(middle * kept, (middle + 1) * kept)) {
        const distance = lanewise(tree, queries, at, other);
        if (distance < row.distance.at(-1)! && !holds(row, other)) take(row, distance, other);
      }
    }
    return middles;
  };
  return (queries, sink) => {
    const rows = Array.from({ length: queries.length / dimensions }, () => emptyRow(kept));
    lookAround(tree, queries, rows, Number.NEGATIVE_INFINITY, mostLeaves);
    for (const [query, row] of rows.entries()) {
      let before: number[] = [];
      for (let round = 0; round < ROUNDS; round++) before = improve(row, queries, query * dimensions, before);
      const { index, distance } = measured(tree, queries, query, row);
      sink(query, index, distance, 0);
    }
  };
}
