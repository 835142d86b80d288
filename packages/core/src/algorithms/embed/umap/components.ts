import type { FuzzyGraph } from "./fuzzy-graph.js";

/** The connected parts of a graph, numbered in the order of their first vertex. */
export interface Components {
  readonly count: number;
  /** Int32 [vertices] */
  readonly label: Int32Array;
}

export function connectedComponents({ vertices, rowStart, column }: FuzzyGraph): Components {
  const label = new Int32Array(vertices).fill(-1);
  const waiting = new Int32Array(vertices);
  let count = 0;
  for (let first = 0; first < vertices; first++) {
    if (label[first]! >= 0) continue;
    label[first] = count;
    waiting[0] = first;
    let open = 1;
    while (open > 0) {
      open -= 1;
      const vertex = waiting[open]!;
      for (let e = rowStart[vertex]!; e < rowStart[vertex + 1]!; e++) {
        const other = column[e]!;
        if (label[other]! >= 0) continue;
        label[other] = count;
        waiting[open] = other;
        open += 1;
      }
    }
    count += 1;
  }
  return { count, label };
}

/** The graph of one part alone, its vertices renumbered in rising order. */
export function componentGraph(graph: FuzzyGraph, members: Int32Array): FuzzyGraph {
  const renumbered = new Int32Array(graph.vertices);
  members.forEach((vertex, i) => {
    renumbered[vertex] = i;
  });
  const rowStart = new Int32Array(members.length + 1);
  members.forEach((vertex, i) => {
    rowStart[i + 1] = rowStart[i]! + graph.rowStart[vertex + 1]! - graph.rowStart[vertex]!;
  });
  const column = new Int32Array(rowStart.at(-1)!);
  const weight = new Float32Array(column.length);
  members.forEach((vertex, i) => {
    const from = graph.rowStart[vertex]!;
    for (let e = rowStart[i]!; e < rowStart[i + 1]!; e++) {
      column[e] = renumbered[graph.column[from + e - rowStart[i]!]!]!;
      weight[e] = graph.weight[from + e - rowStart[i]!]!;
    }
  });
  return { vertices: members.length, rowStart, column, weight };
}
