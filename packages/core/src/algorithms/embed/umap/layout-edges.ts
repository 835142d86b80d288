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
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
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

/** `largestWeight` is above 0 where there are edges. */
export async function layoutEdges(graph: FuzzyGraph, largestWeight: number, context: WorkContext = {}): Promise<LayoutEdges> {
  const pause = breather(context);
  const { vertices, column } = graph;
  const group = Uint8Array.from({ length: vertices }, (_, vertex) => (scrambled(vertex + 1) >>> 0) % ROUNDS);
  const order = new Int32Array(vertices);
  const groupStart = new Int32Array(ROUNDS + 1);
  const edgeStart = new Int32Array(vertices + 1);
  const end = new Int32Array(column.length);
  const share = new Float32Array(column.length);
  for (let g = 0; g < ROUNDS; g++) {
    const first = groupStart[g]!;
    groupStart[g + 1] = first + placeGroup(group, g, order.subarray(first));
    copyEdges(graph, largestWeight, order, first, groupStart[g + 1]!, edgeStart, end, share);
    await pause();
  }
  const firstEdges = groupStart.map((first) => edgeStart[first]!);
  const { pullStart, roundOfEdge } = countPulls(vertices, group, order, edgeStart, end);
  await pause();
  const pull = placePulls(pullStart, roundOfEdge, end, firstEdges);
  const mostPulls = firstEdges.reduce((most, first, g) => Math.max(most, first - (firstEdges[g - 1] ?? 0)), 0);
  return { vertices, order, groupStart, edgeStart, end, share, pullStart, pull, mostPulls };
}

/** Writes the vertices of a group into `order`, rising; returns how many there are. */
function placeGroup(group: Uint8Array, g: number, order: Int32Array): number {
  let placed = 0;
  for (let vertex = 0; vertex < group.length; vertex++) if (group[vertex] === g) order[placed++] = vertex;
  return placed;
}

function copyEdges(
  { rowStart, column, weight }: FuzzyGraph,
  largestWeight: number,
  order: Int32Array,
  from: number,
  to: number,
  edgeStart: Int32Array,
  end: Int32Array,
  share: Float32Array,
): void {
  for (let i = from; i < to; i++) {
    const first = rowStart[order[i]!]!;
    const edges = rowStart[order[i]! + 1]! - first;
    const place = edgeStart[i]!;
    for (let e = 0; e < edges; e++) {
      end[place + e] = column[first + e]!;
      share[place + e] = weight[first + e]! / largestWeight;
    }
    edgeStart[i + 1] = place + edges;
  }
}

/** Round of each edge, and where the pulls on each vertex in each round begin. */
function countPulls(vertices: number, group: Uint8Array, order: Int32Array, edgeStart: Int32Array, end: Int32Array) {
  const pullStart = new Int32Array(vertices * ROUNDS + 1);
  const roundOfEdge = new Uint8Array(end.length);
  for (let i = 0; i < vertices; i++) roundOfEdge.fill(group[order[i]!]!, edgeStart[i], edgeStart[i + 1]);
  for (let e = 0; e < end.length; e++) pullStart[end[e]! * ROUNDS + roundOfEdge[e]! + 1]! += 1;
  for (let i = 0; i < vertices * ROUNDS; i++) pullStart[i + 1]! += pullStart[i]!;
  return { pullStart, roundOfEdge };
}

/** For each vertex and round the edges that end there, in the order in which they begin. */
function placePulls(pullStart: Int32Array, roundOfEdge: Uint8Array, end: Int32Array, firstEdges: Int32Array): Int32Array {
  const pull = new Int32Array(end.length);
  const next = pullStart.slice();
  for (let e = 0; e < end.length; e++) {
    const slot = end[e]! * ROUNDS + roundOfEdge[e]!;
    pull[next[slot]!] = e - firstEdges[roundOfEdge[e]!]!;
    next[slot]! += 1;
  }
  return pull;
}

/** A 32-bit integer made unrecognisable, one to one (the finaliser of splitmix32). */
export function scrambled(value: number): number {
  let z = value ^ (value >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return z ^ (z >>> 15);
}
