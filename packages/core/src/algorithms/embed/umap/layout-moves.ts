/**
 * The two halves of a round of the layout, for pictures in the plane and, slower, in any number of dimensions. All arithmetic is in single precision, every
 * operation rounded, as the kernel does it.
 */
import { DROPPED_BITS, type ForceTable, LONGEST_STEP, TABLE_ENTRIES } from "./force-table.js";
import { acts, type LayoutEdges } from "./layout-edges.js";
import { largestStep, ROUNDS, scrambled } from "./layout-order.js";

/** Everything that the moves read and write. */
export interface LayoutState {
  readonly edges: LayoutEdges;
  readonly forces: ForceTable;
  /** Float32 [vertices x dimensions]: where the vertices are, in the order of their places; written in second halves only. */
  readonly positions: Float32Array;
  /** Float32 [pushers x dimensions]: where the points are that push in this round. */
  readonly pushers: Float32Array;
  /** Float32 [vertices of the largest group x dimensions]: where those of a group go in the first half. */
  readonly moved: Float32Array;
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
  /** Draws the points that push in a round; to be called before its first half. */
  drawPushers(epoch: number, round: number): void;
  /** First half, for the vertices of one block of the round. */
  firstEnds(epoch: number, rate: number, round: number, block: number): void;
  /** Second half, for all vertices, when all blocks of the round are done. */
  byPulls(round: number): void;
  /** The positions as they are now, a copy, in the order of their places. */
  look(): Float32Array;
  finish(): void;
}

const GOLDEN = 0x9e3779b1;
const { fround, imul } = Math;

/** The moves in plain TypeScript. */
export function referenceMoves(layout: LayoutState): LayoutMoves {
  const moveBlock = layout.dimensions === 2 ? movePlaneBlock : moveSpaceBlock;
  return {
    drawPushers: (epoch, round) => drawPushers(layout, epoch, round),
    firstEnds: (epoch, rate, round, block) => moveBlock(layout, epoch, rate, round, block),
    byPulls: (round) => moveByPulls(layout, round),
    look: () => layout.positions.slice(),
    finish: () => {},
  };
}

/**
 * Bits of a random number that choose where an edge begins among the pushers: as many places as are about eight for each vertex of the largest group, from 64 to 2,048, so
 * that pushers are drawn less often than they are used and stay in the nearest cache.
 */
export function pusherBits(groupStart: Int32Array): number {
  const wanted = 8 * largestStep(groupStart);
  let bits = 6;
  while (bits < 11 && 1 << bits < wanted) bits += 1;
  return bits;
}

/** Points that push in one round: an edge takes as many in a row as it is pushed by. */
export function pusherCount(groupStart: Int32Array, negativeSampleRate: number): number {
  return (1 << pusherBits(groupStart)) + Math.max(negativeSampleRate - 1, 0);
}

/** Where points are that are drawn at random from all vertices outside the group of the round. */
export function drawPushers({ edges, positions, pushers, dimensions, key }: LayoutState, epoch: number, round: number): void {
  const { vertices, groupStart } = edges;
  const first = groupStart[round]!;
  const size = groupStart[round + 1]! - first;
  const toOthers = (vertices - size) / 4294967296;
  let random = seedOf(key, epoch * ROUNDS + round, -1);
  for (let i = 0; i < pushers.length; i += dimensions) {
    random = nextRandom(random);
    const drawn = ((random >>> 0) * toOthers) | 0;
    const vertex = drawn < first ? drawn : drawn + size;
    for (let d = 0; d < dimensions; d++) pushers[i + d] = positions[vertex * dimensions + d]!;
  }
}

const single = new Float32Array(1);
const bitsOfSingle = new Int32Array(single.buffer);

/** Coefficient at a squared distance. At 0 it multiplies a difference of 0. */
export function coefficientAt(table: Float32Array, squaredDistance: number): number {
  single[0] = squaredDistance;
  return table[(bitsOfSingle[0]! >>> DROPPED_BITS) & (TABLE_ENTRIES - 1)]!;
}

/** The pushes of one edge, together, along one dimension. */
function clipped(push: number): number {
  return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, push));
}

/** Start of the random numbers of one thing at one time; never 0, at which the generator would stand still. */
function seedOf(key: number, thing: number, time: number): number {
  return scrambled(scrambled(key ^ imul(thing + 1, GOLDEN)) + time) || 1;
}

/** Marsaglia's 32-bit xorshift (2003, doi:10.18637/jss.v008.i14): 13, 17, 5. */
function nextRandom(state: number): number {
  let next = state ^ (state << 13);
  next ^= next >>> 17;
  return next ^ (next << 5);
}

/** First half in the plane, for the vertices of one block. */
export function movePlaneBlock(layout: LayoutState, epoch: number, rate: number, round: number, block: number): void {
  const { groupStart, blockStart, pullPlace } = layout.edges;
  const dropped = 32 - pusherBits(groupStart);
  let place = pullPlace[block]!;
  for (let vertex = blockStart[block]!; vertex < blockStart[block + 1]!; vertex++) {
    place = movePlaneVertex(layout, epoch, fround(rate), dropped, vertex, vertex - groupStart[round]!, place);
  }
  layout.pullCount[block] = place - pullPlace[block]!;
}

/** Notes its pulls from `place` on; returns the place behind the last. */
function movePlaneVertex(
  { edges, forces, positions, pushers, moved, targets, pulls, negativeSampleRate, key }: LayoutState,
  epoch: number,
  rate: number,
  dropped: number,
  vertex: number,
  inGroup: number,
  firstPlace: number,
): number {
  let place = firstPlace;
  let random = seedOf(key, vertex, epoch);
  let x = positions[2 * vertex]!;
  let y = positions[2 * vertex + 1]!;
  for (let e = edges.edgeStart[vertex]!; e < edges.edgeStart[vertex + 1]!; e++) {
    if (!acts(edges.share[e]!, epoch)) continue;
    const end = edges.end[e]!;
    const dx = fround(x - positions[2 * end]!);
    const dy = fround(y - positions[2 * end + 1]!);
    const attraction = coefficientAt(forces.attraction, fround(fround(dx * dx) + fround(dy * dy)));
    let stepX = fround(rate * fround(attraction * dx));
    let stepY = fround(rate * fround(attraction * dy));
    targets[place] = end;
    pulls[2 * place] = stepX;
    pulls[2 * place + 1] = stepY;
    place += 1;
    random = nextRandom(random);
    const first = random >>> dropped;
    let pushX = 0;
    let pushY = 0;
    for (let i = first; i < first + negativeSampleRate; i++) {
      const awayX = fround(x - pushers[2 * i]!);
      const awayY = fround(y - pushers[2 * i + 1]!);
      const repulsion = coefficientAt(forces.repulsion, fround(fround(awayX * awayX) + fround(awayY * awayY)));
      pushX = fround(pushX + fround(repulsion * awayX));
      pushY = fround(pushY + fround(repulsion * awayY));
    }
    stepX = fround(stepX + fround(rate * clipped(pushX)));
    stepY = fround(stepY + fround(rate * clipped(pushY)));
    x = fround(x + stepX);
    y = fround(y + stepY);
  }
  moved[2 * inGroup] = x;
  moved[2 * inGroup + 1] = y;
  return place;
}

/** First half in any number of dimensions. In two it does what `movePlaneBlock` does, bit for bit. */
export function moveSpaceBlock(layout: LayoutState, epoch: number, rate: number, round: number, block: number): void {
  const { edges, forces, positions, pushers, moved, targets, pulls, dimensions, negativeSampleRate, key } = layout;
  const { groupStart, blockStart, pullPlace } = edges;
  const dropped = 32 - pusherBits(groupStart);
  const step = fround(rate);
  const own = new Float32Array(dimensions);
  const pull = new Float32Array(dimensions);
  const push = new Float32Array(dimensions);
  let place = pullPlace[block]!;
  for (let vertex = blockStart[block]!; vertex < blockStart[block + 1]!; vertex++) {
    let random = seedOf(key, vertex, epoch);
    for (let d = 0; d < dimensions; d++) own[d] = positions[vertex * dimensions + d]!;
    for (let e = edges.edgeStart[vertex]!; e < edges.edgeStart[vertex + 1]!; e++) {
      if (!acts(edges.share[e]!, epoch)) continue;
      targets[place] = edges.end[e]!;
      pull.fill(0);
      addForce(own, positions, dimensions * targets[place]!, forces.attraction, pull);
      for (let d = 0; d < dimensions; d++) pulls[place * dimensions + d] = step * pull[d]!;
      random = nextRandom(random);
      const first = random >>> dropped;
      push.fill(0);
      for (let i = first; i < first + negativeSampleRate; i++) addForce(own, pushers, dimensions * i, forces.repulsion, push);
      for (let d = 0; d < dimensions; d++) own[d]! += fround(pulls[place * dimensions + d]! + fround(step * clipped(push[d]!)));
      place += 1;
    }
    moved.set(own, (vertex - groupStart[round]!) * dimensions);
  }
  layout.pullCount[block] = place - pullPlace[block]!;
}

/** Adds to `sum` the force on `own` by the point at `other`. */
function addForce(own: Float32Array, points: Float32Array, other: number, table: Float32Array, sum: Float32Array): void {
  let squared = 0;
  for (let d = 0; d < own.length; d++) {
    const difference = fround(own[d]! - points[other + d]!);
    squared = fround(squared + fround(difference * difference));
  }
  const coefficient = coefficientAt(table, squared);
  for (let d = 0; d < own.length; d++) sum[d]! += fround(coefficient * fround(own[d]! - points[other + d]!));
}

/** Second half in any number of dimensions: moves the vertices of the group, then adds up the pulls. */
export function moveByPulls(
  { edges, positions, moved, targets, pulls, pullCount, dimensions }: LayoutState,
  round: number,
): void {
  const { groupStart, groupBlocks, pullPlace } = edges;
  const [first, behind] = [groupStart[round]! * dimensions, groupStart[round + 1]! * dimensions];
  positions.set(moved.subarray(0, behind - first), first);
  for (let block = groupBlocks[round]!; block < groupBlocks[round + 1]!; block++) {
    const place = pullPlace[block]!;
    for (let p = place; p < place + pullCount[block]!; p++) {
      for (let d = 0; d < dimensions; d++) positions[targets[p]! * dimensions + d]! -= pulls[p * dimensions + d]!;
    }
  }
}
