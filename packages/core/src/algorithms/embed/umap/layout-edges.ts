/**
 * The edges of the graph in the order in which they act. Each edge stands in the graph twice, as (j, k) and as (k, j). As in
 * umap-learn, each of the two acts in turn, and those that begin at one vertex act one after the other: an edge draws both its ends together,
 * and pushes the first, j, away from random points.
 *
 * umap-learn goes through the vertices one by one. Here they are dealt to ROUNDS groups, and an epoch is cut into as many
 * rounds. In a round the edges act that begin in its group, in two halves:
 *
 *     first half    each vertex of the group: moves itself by all its edges, and notes the pull of each that acts
 *     second half   every vertex: moves itself by the pulls noted by edges that end at it, in the order of the edges
 *
 * Nobody reads what another writes in the same half. So the vertices of a group (first half) and the owners of the vertices (second half) can
 * work in any order, or at the same time on any number of threads, with the same result.
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
  /** Int32 [blocks + 1]: the vertices of block b, all of one group, are `order[blockStart[b]]` to before `order[blockStart[b + 1]]`. */
  readonly blockStart: Int32Array;
  /** Int32 [ROUNDS + 1]: the blocks of group g are `groupBlocks[g]` to before `groupBlocks[g + 1]`. */
  readonly groupBlocks: Int32Array;
  /** Int32 [blocks]: where the pulls of a block are noted, among those of its round. */
  readonly pullPlace: Int32Array;
  /** Most edges of one group. */
  readonly mostPulls: number;
}

/** Vertices that are moved in one go, at most. */
const BLOCK_VERTICES = 1024;

/** `largestWeight` is above 0 where there are edges. A block has at most `blockVertices` vertices. */
export async function layoutEdges(
  graph: FuzzyGraph,
  largestWeight: number,
  context: WorkContext = {},
  blockVertices = BLOCK_VERTICES,
): Promise<LayoutEdges> {
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
  const { blockStart, groupBlocks } = blocksOf(groupStart, blockVertices);
  const { pullPlace, mostPulls } = placePulls(edgeStart, groupStart, blockStart, groupBlocks);
  return { vertices, order, groupStart, edgeStart, end, share, blockStart, groupBlocks, pullPlace, mostPulls };
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

function blocksOf(groupStart: Int32Array, blockVertices: number): { blockStart: Int32Array; groupBlocks: Int32Array } {
  const starts: number[] = [];
  const groupBlocks = new Int32Array(ROUNDS + 1);
  for (let g = 0; g < ROUNDS; g++) {
    for (let first = groupStart[g]!; first < groupStart[g + 1]!; first += blockVertices) starts.push(first);
    groupBlocks[g + 1] = starts.length;
  }
  return { blockStart: Int32Array.from([...starts, groupStart[ROUNDS]!]), groupBlocks };
}

function placePulls(edgeStart: Int32Array, groupStart: Int32Array, blockStart: Int32Array, groupBlocks: Int32Array) {
  const pullPlace = new Int32Array(blockStart.length - 1);
  let mostPulls = 0;
  for (let g = 0; g < ROUNDS; g++) {
    const first = edgeStart[groupStart[g]!]!;
    for (let block = groupBlocks[g]!; block < groupBlocks[g + 1]!; block++)
      pullPlace[block] = edgeStart[blockStart[block]!]! - first;
    mostPulls = Math.max(mostPulls, edgeStart[groupStart[g + 1]!]! - first);
  }
  return { pullPlace, mostPulls };
}

/** A 32-bit integer made unrecognisable, one to one (the finaliser of splitmix32). */
export function scrambled(value: number): number {
  let z = value ^ (value >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return z ^ (z >>> 15);
}
