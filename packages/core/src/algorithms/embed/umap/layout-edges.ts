/**
 * The edges of the graph in the order in which they act. Each edge stands in the graph twice, as (j, k) and as (k, j). As in
 * umap-learn, each of the two acts in turn, and those that begin at one vertex act one after the other: an edge draws both its ends together,
 * and pushes the first, j, away from random points.
 *
 * umap-learn goes through the vertices one by one. Here they are dealt to ROUNDS groups, and an epoch is cut into as many
 * rounds. In a round the edges act that begin in its group, in two halves:
 *
 *     first half    each vertex of the group: moves itself by all its edges, and notes the pull of each
 *     second half   every vertex: moves itself by the pulls noted by edges that end at it
 *
 * Nobody reads what another writes in the same half, so the vertices can be moved in any order, or at the same time by
 * any number of threads, with the same result.
 */
import type { FuzzyGraph } from "./fuzzy-graph.js";

export const ROUNDS = 16;

export interface LayoutEdges {
  readonly vertices: number;
  /** Int32 [vertices]: the vertices, group after group, rising within each. */
  readonly order: Int32Array;
  /** Int32 [ROUNDS + 1]: the vertices of group g are `order[groupStart[g]]` to before `order[groupStart[g + 1]]`. */
  readonly groupStart: Int32Array;
  /** Int32 [vertices + 1]: the edges that begin at vertex `order[i]` are `edgeStart[i]` to before `edgeStart[i + 1]`. */
  readonly edgeStart: Int32Array;
  /** Int32 [entries]: where the edge ends. */
  readonly end: Int32Array;
  /** Float32 [entries]: share of the epochs in which the edge acts, 0 to 1. */
  readonly share: Float32Array;
  /** Int32 [vertices x ROUNDS + 1]: the pulls on vertex k in round r are `pullStart[ROUNDS k + r]` to before the next. */
  readonly pullStart: Int32Array;
  /** Int32 [entries]: place of the pull among those of its round. */
  readonly pull: Int32Array;
  /** Most edges that act in one round. */
  readonly mostPulls: number;
}

export function layoutEdges(graph: FuzzyGraph, largestWeight: number): LayoutEdges {
  const { vertices, rowStart, column, weight } = graph;
  const group = Uint8Array.from({ length: vertices }, (_, vertex) => (scrambled(vertex + 1) >>> 0) % ROUNDS);
  const order = new Int32Array(vertices);
  const groupStart = new Int32Array(ROUNDS + 1);
  const edgeStart = new Int32Array(vertices + 1);
  const end = new Int32Array(column.length);
  const share = new Float32Array(column.length);
  let placed = 0;
  for (let g = 0; g < ROUNDS; g++) {
    for (let vertex = 0; vertex < vertices; vertex++) {
      if (group[vertex] !== g) continue;
      order[placed] = vertex;
      let place = edgeStart[placed]!;
      for (let e = rowStart[vertex]!; e < rowStart[vertex + 1]!; e++) {
        end[place] = column[e]!;
        share[place] = weight[e]! / largestWeight;
        place += 1;
      }
      placed += 1;
      edgeStart[placed] = place;
    }
    groupStart[g + 1] = placed;
  }
  const firstEdges = groupStart.map((first) => edgeStart[first]!);
  const pulls = pullsOn(vertices, order, edgeStart, end, group, firstEdges);
  const mostPulls = firstEdges.reduce((most, first, g) => Math.max(most, first - (firstEdges[g - 1] ?? 0)), 0);
  return { vertices, order, groupStart, edgeStart, end, share, ...pulls, mostPulls };
}

/** For each vertex and round the edges that end there, in the order in which they begin. */
function pullsOn(
  vertices: number,
  order: Int32Array,
  edgeStart: Int32Array,
  end: Int32Array,
  group: Uint8Array,
  firstEdges: Int32Array,
): { pullStart: Int32Array; pull: Int32Array } {
  const pullStart = new Int32Array(vertices * ROUNDS + 1);
  const pull = new Int32Array(end.length);
  const groupOfEdge = new Uint8Array(end.length);
  for (let i = 0; i < vertices; i++) groupOfEdge.fill(group[order[i]!]!, edgeStart[i], edgeStart[i + 1]);
  for (let e = 0; e < end.length; e++) pullStart[end[e]! * ROUNDS + groupOfEdge[e]! + 1]! += 1;
  for (let i = 0; i < vertices * ROUNDS; i++) pullStart[i + 1]! += pullStart[i]!;
  const next = pullStart.slice();
  for (let e = 0; e < end.length; e++) {
    const slot = end[e]! * ROUNDS + groupOfEdge[e]!;
    pull[next[slot]!] = e - firstEdges[groupOfEdge[e]!]!;
    next[slot]! += 1;
  }
  return { pullStart, pull };
}

/** A 32-bit integer made unrecognisable, one to one (the finaliser of splitmix32). */
export function scrambled(value: number): number {
  let z = value ^ (value >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return z ^ (z >>> 15);
}
