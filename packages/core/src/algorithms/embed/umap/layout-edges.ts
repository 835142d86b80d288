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
 *
 * Vertices go by their places (`layout-order.ts`): vertex p is the one at place p, and the vertices of a group are one run.
 */
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import type { FuzzyGraph } from "./fuzzy-graph.js";
import { type LayoutOrder, ROUNDS } from "./layout-order.js";

export interface LayoutEdges extends LayoutOrder {
  readonly vertices: number;
  /** Int32 [vertices + 1]: the edges that begin at p are `edgeStart[p]` to before `edgeStart[p + 1]`. */
  readonly edgeStart: Int32Array;
  /** Int32 [entries]: where the edge ends. */
  readonly end: Int32Array;
  /** Int32 [entries], to be read as unsigned: share of the epochs in which the edge acts, in units of 2^-32. */
  readonly share: Int32Array;
  /** Int32 [blocks + 1]: the vertices of block b, all of one group, are `blockStart[b]` to before `blockStart[b + 1]`. */
  readonly blockStart: Int32Array;
  /** Int32 [ROUNDS + 1]: the blocks of group g are `groupBlocks[g]` to before `groupBlocks[g + 1]`. */
  readonly groupBlocks: Int32Array;
  /** Int32 [blocks]: where the pulls of a block are noted, among those of its round. */
  readonly pullPlace: Int32Array;
  /** Places for the pulls of one group, at most. */
  readonly mostPulls: number;
}

/** Vertices that are moved in one go, at most. */
const BLOCK_VERTICES = 128;
/** Places behind the pulls of a block, so that a vector may be written across their end. */
export const SPARE_PLACES = 4;

/** `largestWeight` is above 0 where there are edges. A block has at most `blockVertices` vertices. */
export async function layoutEdges(
  graph: FuzzyGraph,
  largestWeight: number,
  { order, groupStart }: LayoutOrder,
  context: WorkContext = {},
  blockVertices = BLOCK_VERTICES,
): Promise<LayoutEdges> {
  const pause = breather(context);
  const { vertices, rowStart } = graph;
  const edgeStart = new Int32Array(vertices + 1);
  const placeOf = new Int32Array(vertices);
  for (let place = 0; place < vertices; place++) {
    const vertex = order[place]!;
    placeOf[vertex] = place;
    edgeStart[place + 1] = edgeStart[place]! + rowStart[vertex + 1]! - rowStart[vertex]!;
  }
  const end = new Int32Array(graph.column.length);
  const share = new Int32Array(end.length);
  for (let g = 0; g < ROUNDS; g++) {
    for (let place = groupStart[g]!; place < groupStart[g + 1]!; place++) {
      copyEdges(graph, largestWeight, placeOf, order[place]!, edgeStart[place]!, end, share);
    }
    await pause();
  }
  const { blockStart, groupBlocks } = blocksOf(groupStart, blockVertices);
  const { pullPlace, mostPulls } = placePulls(edgeStart, blockStart, groupBlocks);
  return { vertices, order, groupStart, edgeStart, end, share, blockStart, groupBlocks, pullPlace, mostPulls };
}

/** Copies the edges that begin at a vertex to `at` and what follows. */
function copyEdges(
  { rowStart, column, weight }: FuzzyGraph,
  largestWeight: number,
  placeOf: Int32Array,
  vertex: number,
  at: number,
  end: Int32Array,
  share: Int32Array,
): void {
  const first = rowStart[vertex]!;
  const edges = rowStart[vertex + 1]! - first;
  for (let e = 0; e < edges; e++) {
    end[at + e] = placeOf[column[first + e]!]!;
    share[at + e] = Math.min(Math.ceil((weight[first + e]! / largestWeight) * SHARE_UNIT), SHARE_UNIT - 1);
  }
}

const SHARE_UNIT = 4_294_967_296;

/** Whether an edge acts in an epoch, counted from 0: floor(T x share) times in the first T epochs, evenly spread. */
export function acts(share: number, epoch: number): boolean {
  return Math.imul(epoch + 1, share) >>> 0 < share >>> 0;
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

function placePulls(edgeStart: Int32Array, blockStart: Int32Array, groupBlocks: Int32Array) {
  const pullPlace = new Int32Array(blockStart.length - 1);
  let mostPulls = 0;
  for (let g = 0; g < ROUNDS; g++) {
    let place = 0;
    for (let block = groupBlocks[g]!; block < groupBlocks[g + 1]!; block++) {
      pullPlace[block] = place;
      place += edgeStart[blockStart[block + 1]!]! - edgeStart[blockStart[block]!]! + SPARE_PLACES;
    }
    mostPulls = Math.max(mostPulls, place);
  }
  return { pullPlace, mostPulls };
}
