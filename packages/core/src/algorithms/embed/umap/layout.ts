/**
 * The layout: points that the graph joins draw together, all others drive apart, by stochastic gradient descent with negative sampling
 * on the cross-entropy between the graph and the picture (McInnes, Healy and Melville 2018, arXiv:1802.03426, algorithm 5). Forces, clipping, schedule of
 * the edges and learning rate are those of umap-learn; the order of moves is that of `layout-edges.ts`.
 */
import { ThreadLostError } from "../../../errors.js";
import { randomStream } from "../../../kernels/random.js";
import { breather, type SeededContext, type WorkContext } from "../../../spectrum-image/context.js";
import type { SimilarityCurve } from "./curve.js";
import { forceTable } from "./force-table.js";
import { type FuzzyGraph, largestWeight } from "./fuzzy-graph.js";
import { type LayoutEdges, layoutEdges } from "./layout-edges.js";
import { type LayoutState, pusherCount } from "./layout-moves.js";
import { atPlaces, fromPlaces, largestStep, layoutOrder, ROUNDS } from "./layout-order.js";
import { layoutRounds } from "./layout-rounds.js";
import { rateOf } from "./layout-threads.js";

export interface LayoutOptions {
  readonly dimensions: number;
  readonly epochs: number;
  readonly curve: SimilarityCurve;
  /** Step of the first epoch; falls in a straight line to 0. */
  readonly learningRate: number;
  readonly repulsionStrength: number;
  /** Random points from which the first end of an edge is pushed away, each time that the edge acts. */
  readonly negativeSampleRate: number;
  /** Fewest vertices that threads share. Default: 32,768. */
  readonly sharedFrom?: number | undefined;
}

/** Moves `positions` (float32 [vertices x dimensions]) in place. The result depends on graph, start, options and seed only. */
export async function optimiseLayout(
  positions: Float32Array,
  graph: FuzzyGraph,
  options: LayoutOptions,
  context: SeededContext,
): Promise<void> {
  const pause = breather(context);
  const heaviest = largestWeight(graph);
  if (heaviest === 0) return;
  const { dimensions } = options;
  const order = layoutOrder(positions, dimensions);
  await pause();
  const edges = await layoutEdges(graph, heaviest, order, context);
  await pause();
  let layout = layoutState(positions, edges, options, context.seed);
  try {
    await moveAll(layout, options, context, pause);
  } catch (error) {
    if (!(error instanceof ThreadLostError)) throw error;
    layout = layoutState(positions, edges, options, context.seed);
    await moveAll(layout, options, { ...context, threads: undefined }, pause);
  }
  fromPlaces(layout.positions, order.order, dimensions, positions);
}

/** All epochs; the positions of the layout are up to date then, also where it throws. */
async function moveAll(
  layout: LayoutState,
  options: LayoutOptions,
  context: WorkContext,
  pause: () => Promise<void>,
): Promise<void> {
  const rounds = await layoutRounds(layout, options, context);
  try {
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      const rate = rateOf(options.learningRate, epoch, options.epochs);
      for (let round = 0; round < ROUNDS; round++) await rounds.move(epoch, rate, round, pause);
      context.onProgress?.((epoch + 1) / options.epochs, `epoch ${epoch + 1} of ${options.epochs}`);
    }
  } finally {
    await rounds.finish();
  }
}

/** Everything that the moves read and write. `positions` are float32 [vertices x dimensions] in the order of the vertices; they are copied. */
export function layoutState(
  positions: Float32Array,
  edges: LayoutEdges,
  { dimensions, curve, repulsionStrength, negativeSampleRate }: LayoutOptions,
  seed: number,
): LayoutState {
  return {
    edges,
    forces: forceTable(curve, repulsionStrength),
    positions: atPlaces(positions, edges.order, dimensions),
    pushers: new Float32Array(pusherCount(edges.groupStart, negativeSampleRate) * dimensions),
    moved: new Float32Array(largestStep(edges.groupStart) * dimensions),
    targets: new Int32Array(edges.mostPulls),
    pulls: new Float32Array(edges.mostPulls * dimensions),
    pullCount: new Int32Array(edges.pullPlace.length),
    dimensions,
    negativeSampleRate,
    key: randomStream(seed, "umap-layout").uint32(),
  };
}
