/**
 * The layout: points that the graph joins draw together, all others drive apart, by stochastic gradient descent with negative sampling
 * on the cross-entropy between the graph and the picture (McInnes, Healy and Melville 2018, arXiv:1802.03426, algorithm 5). Forces, clipping, schedule of
 * the edges and learning rate are those of umap-learn; the order is that of `layout-rounds.ts`.
 */
import { randomStream } from "../../../kernels/random.js";
import { breather, type SeededContext } from "../../../spectrum-image/context.js";
import type { SimilarityCurve } from "./curve.js";
import { FIRST_PLACE, type ForceTable, forceTable, TABLE_ENTRIES, WAY_BITS, WAY_MASK, WAY_UNIT } from "./force-table.js";
import { type FuzzyGraph, largestWeight } from "./fuzzy-graph.js";
import { GROUPS, isPushed, type LayoutEdges, layoutEdges, otherEnd, ROUNDS, scrambled } from "./layout-rounds.js";

export interface LayoutOptions {
  readonly dimensions: number;
  readonly epochs: number;
  readonly curve: SimilarityCurve;
  /** Step of the first epoch; falls in a straight line to 0. */
  readonly learningRate: number;
  readonly repulsionStrength: number;
  /** Random points from which the first end of an edge is pushed away, each time that the edge acts. */
  readonly negativeSampleRate: number;
}

/** Longest step along one dimension, as a multiple of the learning rate. */
const LONGEST_STEP = 4;
const VERTICES_PER_BREATH = 2048;

/** Moves `positions` (float32 [vertices x dimensions]) in place. The result depends on graph, start, options and seed only. */
export async function optimiseLayout(
  positions: Float32Array,
  graph: FuzzyGraph,
  options: LayoutOptions,
  context: SeededContext,
): Promise<void> {
  const pause = breather(context);
  const heaviest = largestWeight(graph);
  const layout: LayoutState = {
    edges: layoutEdges(graph, heaviest),
    forces: forceTable(options.curve, options.repulsionStrength),
    before: new Float32Array(positions.length),
    positions,
    dimensions: options.dimensions,
    negativeSampleRate: options.negativeSampleRate,
    key: randomStream(context.seed, "umap-layout").uint32(),
  };
  const move = options.dimensions === 2 ? moveInPlane : moveInSpace;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const rate = options.learningRate * (1 - epoch / options.epochs);
    for (let round = 0; round < ROUNDS && heaviest > 0; round++) {
      layout.before.set(positions);
      for (let from = 0; from < graph.vertices; from += VERTICES_PER_BREATH) {
        move(layout, epoch, round, rate, from, Math.min(from + VERTICES_PER_BREATH, graph.vertices));
        await pause();
      }
    }
    context.onProgress?.((epoch + 1) / options.epochs, `epoch ${epoch + 1} of ${options.epochs}`);
  }
}

export interface LayoutState {
  readonly edges: LayoutEdges;
  readonly forces: ForceTable;
  /** Float32 [vertices x dimensions]: where all points were before the round. */
  readonly before: Float32Array;
  readonly positions: Float32Array;
  readonly dimensions: number;
  readonly negativeSampleRate: number;
  /** Makes the random numbers of this layout; 32 bits. */
  readonly key: number;
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

/** Start of the random numbers of one vertex in one round; never 0, at which the generator would stand still. */
function roundSeed(key: number, vertex: number, epoch: number, round: number): number {
  return scrambled(scrambled(key ^ Math.imul(vertex + 1, 0x9e3779b1)) + epoch * ROUNDS + round) || 1;
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

/** Moves the vertices `from` to `to` in one round, in two dimensions. */
export function moveInPlane(layout: LayoutState, epoch: number, round: number, rate: number, from: number, to: number): void {
  for (let vertex = from; vertex < to; vertex++) moveVertexInPlane(layout, epoch, round, rate, vertex);
}

function moveVertexInPlane(layout: LayoutState, epoch: number, round: number, rate: number, vertex: number): void {
  const { before, positions, negativeSampleRate, edges, forces } = layout;
  const slot = vertex * GROUPS + (round % GROUPS);
  const first = edges.start[slot]!;
  const last = edges.start[slot + 1]!;
  const toVertex = edges.vertices / 4294967296;
  let random = roundSeed(layout.key, vertex, epoch, round);
  let x = before[2 * vertex]!;
  let y = before[2 * vertex + 1]!;
  for (let e = first; e < last; e++) {
    if (!acts(edges.share[e]!, epoch)) continue;
    const end = edges.end[e]!;
    const other = 2 * otherEnd(end);
    let dx = x - before[other]!;
    let dy = y - before[other + 1]!;
    let coefficient = coefficientAt(forces.attraction, dx * dx + dy * dy);
    x += rate * clipped(coefficient * dx);
    y += rate * clipped(coefficient * dy);
    if (!isPushed(end, round)) continue;
    for (let sample = 0; sample < negativeSampleRate; sample++) {
      random = nextRandom(random);
      const drawn = ((random >>> 0) * toVertex) | 0;
      dx = x - before[2 * drawn]!;
      dy = y - before[2 * drawn + 1]!;
      if (drawn === vertex) continue;
      coefficient = coefficientAt(forces.repulsion, dx * dx + dy * dy);
      x += rate * clipped(coefficient * dx);
      y += rate * clipped(coefficient * dy);
    }
  }
  positions[2 * vertex] = x;
  positions[2 * vertex + 1] = y;
}

/** Moves the vertices `from` to `to` in one round, in any number of dimensions. In two it does what `moveInPlane` does, bit for bit. */
export function moveInSpace(layout: LayoutState, epoch: number, round: number, rate: number, from: number, to: number): void {
  const { before, positions, dimensions, negativeSampleRate, edges, forces } = layout;
  const toVertex = edges.vertices / 4294967296;
  const own = new Float64Array(dimensions);
  for (let vertex = from; vertex < to; vertex++) {
    const slot = vertex * GROUPS + (round % GROUPS);
    const last = edges.start[slot + 1]!;
    let random = roundSeed(layout.key, vertex, epoch, round);
    for (let d = 0; d < dimensions; d++) own[d] = before[vertex * dimensions + d]!;
    for (let e = edges.start[slot]!; e < last; e++) {
      if (!acts(edges.share[e]!, epoch)) continue;
      const end = edges.end[e]!;
      step(own, before, dimensions * otherEnd(end), forces.attraction, rate);
      const samples = isPushed(end, round) ? negativeSampleRate : 0;
      for (let sample = 0; sample < samples; sample++) {
        random = nextRandom(random);
        const drawn = ((random >>> 0) * toVertex) | 0;
        if (drawn !== vertex) step(own, before, dimensions * drawn, forces.repulsion, rate);
      }
    }
    positions.set(own, vertex * dimensions);
  }
}

/** Moves `own` by the force from the point at `other`. */
function step(own: Float64Array, before: Float32Array, other: number, table: Float32Array, rate: number): void {
  const dimensions = own.length;
  let squared = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = own[d]! - before[other + d]!;
    squared += difference * difference;
  }
  const coefficient = coefficientAt(table, squared);
  for (let d = 0; d < dimensions; d++) own[d]! += rate * clipped(coefficient * (own[d]! - before[other + d]!));
}
