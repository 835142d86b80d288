/** The two halves of a round of the layout, for pictures in the plane and, slower, in any number of dimensions. */
import { FIRST_PLACE, type ForceTable, TABLE_ENTRIES, WAY_BITS, WAY_MASK, WAY_UNIT } from "./force-table.js";
import { type LayoutEdges, scrambled } from "./layout-edges.js";

/** Everything that the moves read and write. */
export interface LayoutState {
  readonly edges: LayoutEdges;
  readonly forces: ForceTable;
  /** Float32 [vertices x dimensions]: where the points are; written in second halves only. */
  readonly positions: Float32Array;
  /** Float64 [vertices x dimensions]: in the first half the points of a group go here, in the second pulls are added; then equal to `positions`. */
  readonly sums: Float64Array;
  /** Int32 [mostPulls]: where the edges end that acted in this round, block after block from `pullPlace` on. */
  readonly targets: Int32Array;
  /** Float32 [mostPulls x dimensions]: what each of them did to its first end. */
  readonly pulls: Float32Array;
  /** Int32 [blocks]: how many edges of each block acted. */
  readonly pullCount: Int32Array;
  readonly dimensions: number;
  readonly negativeSampleRate: number;
  /** Makes the random numbers of this layout; 32 bits. */
  readonly key: number;
}

/** The two halves of a round. `positions` of the layout is up to date after `finish` only. */
export interface LayoutMoves {
  /** First half, for the vertices of one block. */
  firstEnds(epoch: number, rate: number, block: number): void;
  /** Second half, for all vertices, when all blocks of the round are done. */
  byPulls(round: number): void;
  /** The positions as they are now, a copy. */
  look(): Float32Array;
  finish(): void;
}

/** Longest step along one dimension, as a multiple of the learning rate. */
const LONGEST_STEP = 4;

/** The moves in plain TypeScript. */
export function referenceMoves(layout: LayoutState): LayoutMoves {
  const moveBlock = layout.dimensions === 2 ? movePlaneBlock : moveSpaceBlock;
  return {
    firstEnds: (epoch, rate, block) => moveBlock(layout, epoch, rate, block),
    byPulls: (round) => moveByPulls(layout, round),
    look: () => layout.positions.slice(),
    finish: () => {},
  };
}

const single = new Float32Array(1);
const bitsOfSingle = new Int32Array(single.buffer);

/** Coefficient at a squared distance; at 0 the one of the smallest distance in the table, which then multiplies a difference of 0. */
export function coefficientAt(table: Float32Array, squaredDistance: number): number {
  single[0] = squaredDistance;
  const bits = bitsOfSingle[0]!;
  const place = (bits >> WAY_BITS) - FIRST_PLACE;
  if (place < 0) return table[0]!;
  if (place >= TABLE_ENTRIES) return table[TABLE_ENTRIES]!;
  const here = table[place]!;
  return here + (bits & WAY_MASK) * WAY_UNIT * (table[place + 1]! - here);
}

function clipped(gradient: number): number {
  return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, gradient));
}

/** Start of the random numbers of one vertex in one epoch; never 0, at which the generator would stand still. */
function epochSeed(key: number, vertex: number, epoch: number): number {
  return scrambled(scrambled(key ^ Math.imul(vertex + 1, 0x9e3779b1)) + epoch) || 1;
}

/** Marsaglia's 32-bit xorshift (2003, doi:10.18637/jss.v008.i14): 13, 17, 5. */
function nextRandom(state: number): number {
  let next = state ^ (state << 13);
  next ^= next >>> 17;
  return next ^ (next << 5);
}

/** Whether an edge acts in an epoch: `share` of all epochs, evenly spread. */
function acts(share: number, epoch: number): boolean {
  return ((epoch * share) | 0) !== (((epoch - 1) * share) | 0);
}

/** First half in the plane, for the vertices of one block. */
export function movePlaneBlock(layout: LayoutState, epoch: number, rate: number, block: number): void {
  const { order, edgeStart, blockStart, pullPlace } = layout.edges;
  const last = blockStart[block + 1]!;
  let place = pullPlace[block]!;
  for (let i = blockStart[block]!; i < last; i++) {
    place = movePlaneVertex(layout, epoch, rate, order[i]!, edgeStart[i]!, edgeStart[i + 1]!, place);
  }
  layout.pullCount[block] = place - pullPlace[block]!;
}

/** Notes its pulls from `place` on; returns the place behind the last. */
function movePlaneVertex(
  { edges, forces, positions, sums, targets, pulls, negativeSampleRate, key }: LayoutState,
  epoch: number,
  rate: number,
  vertex: number,
  from: number,
  to: number,
  firstPlace: number,
): number {
  const toVertex = edges.vertices / 4294967296;
  let place = firstPlace;
  let random = epochSeed(key, vertex, epoch);
  let x = positions[2 * vertex]!;
  let y = positions[2 * vertex + 1]!;
  for (let e = from; e < to; e++) {
    if (!acts(edges.share[e]!, epoch)) continue;
    const end = edges.end[e]!;
    const dx = x - positions[2 * end]!;
    const dy = y - positions[2 * end + 1]!;
    const attraction = coefficientAt(forces.attraction, dx * dx + dy * dy);
    const stepX = rate * clipped(attraction * dx);
    const stepY = rate * clipped(attraction * dy);
    targets[place] = end;
    pulls[2 * place] = stepX;
    pulls[2 * place + 1] = stepY;
    place += 1;
    x += stepX;
    y += stepY;
    for (let sample = 0; sample < negativeSampleRate; sample++) {
      random = nextRandom(random);
      const other = ((random >>> 0) * toVertex) | 0;
      if (other === vertex) continue;
      const awayX = x - positions[2 * other]!;
      const awayY = y - positions[2 * other + 1]!;
      const repulsion = coefficientAt(forces.repulsion, awayX * awayX + awayY * awayY);
      x += rate * clipped(repulsion * awayX);
      y += rate * clipped(repulsion * awayY);
    }
  }
  sums[2 * vertex] = Math.fround(x);
  sums[2 * vertex + 1] = Math.fround(y);
  return place;
}

/** First half in any number of dimensions. In two it does what `movePlaneBlock` does, bit for bit. */
export function moveSpaceBlock(layout: LayoutState, epoch: number, rate: number, block: number): void {
  const { edges, forces, positions, sums, targets, pulls, dimensions, negativeSampleRate, key } = layout;
  const { blockStart, pullPlace } = edges;
  const toVertex = edges.vertices / 4294967296;
  const own = new Float64Array(dimensions);
  const step = new Float64Array(dimensions);
  let place = pullPlace[block]!;
  for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) {
    const vertex = edges.order[i]!;
    let random = epochSeed(key, vertex, epoch);
    for (let d = 0; d < dimensions; d++) own[d] = positions[vertex * dimensions + d]!;
    for (let e = edges.edgeStart[i]!; e < edges.edgeStart[i + 1]!; e++) {
      if (!acts(edges.share[e]!, epoch)) continue;
      moveByForce(own, step, positions, dimensions * edges.end[e]!, forces.attraction, rate);
      targets[place] = edges.end[e]!;
      for (let d = 0; d < dimensions; d++) pulls[place * dimensions + d] = step[d]!;
      place += 1;
      for (let sample = 0; sample < negativeSampleRate; sample++) {
        random = nextRandom(random);
        const other = ((random >>> 0) * toVertex) | 0;
        if (other !== vertex) moveByForce(own, step, positions, dimensions * other, forces.repulsion, rate);
      }
    }
    for (let d = 0; d < dimensions; d++) sums[vertex * dimensions + d] = Math.fround(own[d]!);
  }
  layout.pullCount[block] = place - pullPlace[block]!;
}

/** Moves `own` by the force from the point at `other`, and leaves the step in `step`. */
function moveByForce(
  own: Float64Array,
  step: Float64Array,
  positions: Float32Array,
  other: number,
  table: Float32Array,
  rate: number,
): void {
  const dimensions = own.length;
  let squared = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = own[d]! - positions[other + d]!;
    step[d] = difference;
    squared += difference * difference;
  }
  const coefficient = coefficientAt(table, squared);
  for (let d = 0; d < dimensions; d++) {
    const moved = rate * clipped(coefficient * step[d]!);
    step[d] = moved;
    own[d]! += moved;
  }
}

/** Second half in any number of dimensions: adds up the pulls, then rounds what has moved. */
export function moveByPulls({ edges, positions, sums, targets, pulls, pullCount, dimensions }: LayoutState, round: number): void {
  const { order, groupStart, groupBlocks, pullPlace } = edges;
  for (let block = groupBlocks[round]!; block < groupBlocks[round + 1]!; block++) {
    const first = pullPlace[block]!;
    for (let p = first; p < first + pullCount[block]!; p++) {
      for (let d = 0; d < dimensions; d++) sums[targets[p]! * dimensions + d]! -= pulls[p * dimensions + d]!;
    }
  }
  const settle = (vertex: number): void => {
    for (let i = vertex * dimensions; i < (vertex + 1) * dimensions; i++) {
      positions[i] = sums[i]!;
      sums[i] = positions[i]!;
    }
  };
  for (let i = groupStart[round]!; i < groupStart[round + 1]!; i++) settle(order[i]!);
  for (let block = groupBlocks[round]!; block < groupBlocks[round + 1]!; block++) {
    const first = pullPlace[block]!;
    for (let p = first; p < first + pullCount[block]!; p++) settle(targets[p]!);
  }
}
