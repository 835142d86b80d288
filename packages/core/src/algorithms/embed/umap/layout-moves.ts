/** The two halves of a round of the layout, for pictures in the plane and, slower, in any number of dimensions. */
import { FIRST_PLACE, type ForceTable, TABLE_ENTRIES, WAY_BITS, WAY_MASK, WAY_UNIT } from "./force-table.js";
import { type LayoutEdges, ROUNDS, scrambled } from "./layout-edges.js";

export interface LayoutState {
  readonly edges: LayoutEdges;
  readonly forces: ForceTable;
  /** Float32 [vertices x dimensions]: where the points are; written in second halves only. */
  readonly positions: Float32Array;
  /** Float32 [vertices x dimensions]: where the points of a group went in the first half; the others are where they are. */
  readonly moved: Float32Array;
  /** Float32 [mostPulls x dimensions]: what each edge of the round did to its first end, 0 where it did not act. */
  readonly pulls: Float32Array;
  readonly dimensions: number;
  readonly negativeSampleRate: number;
  /** Makes the random numbers of this layout; 32 bits. */
  readonly key: number;
}

/** Longest step along one dimension, as a multiple of the learning rate. */
const LONGEST_STEP = 4;

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

/** First half in the plane, for the vertices `order[from]` to before `order[to]`, all of one group. */
export function movePlaneFirstEnds(layout: LayoutState, epoch: number, rate: number, from: number, to: number): void {
  const { order, edgeStart } = layout.edges;
  const firstEdge = firstEdgeOfGroup(layout.edges, from);
  for (let i = from; i < to; i++) movePlaneFirstEnd(layout, epoch, rate, order[i]!, edgeStart[i]!, edgeStart[i + 1]!, firstEdge);
}

function firstEdgeOfGroup({ groupStart, edgeStart }: LayoutEdges, place: number): number {
  let group = 0;
  while (groupStart[group + 1]! <= place) group += 1;
  return edgeStart[groupStart[group]!]!;
}

function movePlaneFirstEnd(
  { edges, forces, positions, moved, pulls, negativeSampleRate, key }: LayoutState,
  epoch: number,
  rate: number,
  vertex: number,
  from: number,
  to: number,
  firstEdge: number,
): void {
  const toVertex = edges.vertices / 4294967296;
  let random = epochSeed(key, vertex, epoch);
  let x = positions[2 * vertex]!;
  let y = positions[2 * vertex + 1]!;
  for (let e = from; e < to; e++) {
    let stepX = 0;
    let stepY = 0;
    const acting = acts(edges.share[e]!, epoch);
    if (acting) {
      const other = 2 * edges.end[e]!;
      const dx = x - positions[other]!;
      const dy = y - positions[other + 1]!;
      const coefficient = coefficientAt(forces.attraction, dx * dx + dy * dy);
      stepX = rate * clipped(coefficient * dx);
      stepY = rate * clipped(coefficient * dy);
      x += stepX;
      y += stepY;
    }
    pulls[2 * (e - firstEdge)] = stepX;
    pulls[2 * (e - firstEdge) + 1] = stepY;
    const samples = acting ? negativeSampleRate : 0;
    for (let sample = 0; sample < samples; sample++) {
      random = nextRandom(random);
      const other = 2 * (((random >>> 0) * toVertex) | 0);
      if (other === 2 * vertex) continue;
      const dx = x - positions[other]!;
      const dy = y - positions[other + 1]!;
      const coefficient = coefficientAt(forces.repulsion, dx * dx + dy * dy);
      x += rate * clipped(coefficient * dx);
      y += rate * clipped(coefficient * dy);
    }
  }
  moved[2 * vertex] = x;
  moved[2 * vertex + 1] = y;
}

/** Second half in the plane, for the vertices `from` to before `to`. */
export function movePlaneByPulls({ edges, positions, moved, pulls }: LayoutState, round: number, from: number, to: number): void {
  const { pullStart, pull } = edges;
  for (let vertex = from; vertex < to; vertex++) {
    let x = moved[2 * vertex]!;
    let y = moved[2 * vertex + 1]!;
    const end = pullStart[vertex * ROUNDS + round + 1]!;
    for (let p = pullStart[vertex * ROUNDS + round]!; p < end; p++) {
      x -= pulls[2 * pull[p]!]!;
      y -= pulls[2 * pull[p]! + 1]!;
    }
    positions[2 * vertex] = x;
    positions[2 * vertex + 1] = y;
    moved[2 * vertex] = x;
    moved[2 * vertex + 1] = y;
  }
}

/** First half in any number of dimensions. In two it does what `movePlaneFirstEnds` does, bit for bit. */
export function moveSpaceFirstEnds(layout: LayoutState, epoch: number, rate: number, from: number, to: number): void {
  const { edges, forces, positions, moved, pulls, dimensions, negativeSampleRate, key } = layout;
  const toVertex = edges.vertices / 4294967296;
  const firstEdge = firstEdgeOfGroup(edges, from);
  const own = new Float64Array(dimensions);
  const step = new Float64Array(dimensions);
  for (let i = from; i < to; i++) {
    const vertex = edges.order[i]!;
    let random = epochSeed(key, vertex, epoch);
    for (let d = 0; d < dimensions; d++) own[d] = positions[vertex * dimensions + d]!;
    for (let e = edges.edgeStart[i]!; e < edges.edgeStart[i + 1]!; e++) {
      const acting = acts(edges.share[e]!, epoch);
      if (acting) moveByForce(own, step, positions, dimensions * edges.end[e]!, forces.attraction, rate);
      else step.fill(0);
      for (let d = 0; d < dimensions; d++) pulls[(e - firstEdge) * dimensions + d] = step[d]!;
      const samples = acting ? negativeSampleRate : 0;
      for (let sample = 0; sample < samples; sample++) {
        random = nextRandom(random);
        const other = ((random >>> 0) * toVertex) | 0;
        if (other !== vertex) moveByForce(own, step, positions, dimensions * other, forces.repulsion, rate);
      }
    }
    for (let d = 0; d < dimensions; d++) moved[vertex * dimensions + d] = own[d]!;
  }
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

/** Second half in any number of dimensions. */
export function moveSpaceByPulls(layout: LayoutState, round: number, from: number, to: number): void {
  const { edges, positions, moved, pulls, dimensions } = layout;
  const own = new Float64Array(dimensions);
  for (let vertex = from; vertex < to; vertex++) {
    for (let d = 0; d < dimensions; d++) own[d] = moved[vertex * dimensions + d]!;
    const end = edges.pullStart[vertex * ROUNDS + round + 1]!;
    for (let p = edges.pullStart[vertex * ROUNDS + round]!; p < end; p++) {
      for (let d = 0; d < dimensions; d++) own[d]! -= pulls[edges.pull[p]! * dimensions + d]!;
    }
    for (let d = 0; d < dimensions; d++) {
      positions[vertex * dimensions + d] = own[d]!;
      moved[vertex * dimensions + d] = own[d]!;
    }
  }
}
