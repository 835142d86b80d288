import { describe, expect, it } from "vitest";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import { fitSimilarityCurve } from "./curve.js";
import { fuzzyGraph } from "./fuzzy-graph.js";
import { layoutState } from "./layout.js";
import { layoutEdges } from "./layout-edges.js";
import { kernelMoves } from "./layout-kernel.js";
import { type LayoutMoves, type LayoutState, referenceMoves } from "./layout-moves.js";
import { layoutOrder, ROUNDS } from "./layout-order.js";

/** A cloud of points, some of them in the same place, and its graph. */
async function graphOf(rows: number) {
  const random = randomStream(3, "layout-kernel");
  const data = Float32Array.from({ length: 3 * rows }, (_, i) => (i < 30 ? 1 : random.normal()));
  return fuzzyGraph(await nearestNeighbours({ rows, columns: 3, data }, Math.min(8, rows - 1)), 1, 1);
}

async function startLayout(
  rows: number,
  extent: number,
  negativeSampleRate: number,
  blockVertices: number,
): Promise<LayoutState> {
  const random = randomStream(6, "layout-kernel-start");
  // Two points at one place, and one outside the table of forces.
  const positions = Float32Array.from({ length: 2 * rows }, (_, i) => (i < 4 ? 1 : extent * random.uniform()));
  const edges = await layoutEdges(await graphOf(rows), 0.9, layoutOrder(positions, 2), {}, blockVertices);
  const curve = fitSimilarityCurve(0.1, 1);
  const options = { dimensions: 2, epochs: 9, curve, learningRate: 1, repulsionStrength: 1, negativeSampleRate };
  return layoutState(positions, edges, options, 5);
}

function afterEpochs({ edges: { groupBlocks }, positions }: LayoutState, moves: LayoutMoves, epochs: number): Uint32Array {
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let round = 0; round < ROUNDS; round++) {
      moves.drawPushers(epoch, round);
      for (let block = groupBlocks[round]!; block < groupBlocks[round + 1]!; block++) moves.firstEnds(epoch, 0.8, round, block);
      moves.byPulls(round);
    }
  }
  moves.finish();
  return new Uint32Array(positions.buffer);
}

describe("the kernel of the layout", () => {
  it.each([
    [500, 10, 5, 64],
    [500, 1e-3, 5, 1],
    [500, 1e5, 3, 500],
    [40, 10, 0, 7],
    [3, 10, 5, 3],
  ])(
    "moves %i points in a square of %f with %i samples, in blocks of %i, to the same bits",
    async (rows, extent, samples, part) => {
      const [one, other] = [await startLayout(rows, extent, samples, part), await startLayout(rows, extent, samples, rows)];
      const kernel = await kernelMoves(one);
      expect(kernel).toBeDefined();
      const found = afterEpochs(one, kernel!, 9);
      expect(found).toEqual(afterEpochs(other, referenceMoves(other), 9));
      expect(found).not.toEqual(new Uint32Array((await startLayout(rows, extent, samples, part)).positions.buffer));
    },
  );
});
