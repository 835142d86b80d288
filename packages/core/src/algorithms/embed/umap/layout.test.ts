import { describe, expect, it } from "vitest";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import { fitSimilarityCurve } from "./curve.js";
import { type FuzzyGraph, fuzzyGraph } from "./fuzzy-graph.js";
import { layoutState, optimiseLayout } from "./layout.js";
import { layoutEdges, ROUNDS } from "./layout-edges.js";
import { moveByPulls, movePlaneBlock, moveSpaceBlock } from "./layout-moves.js";

const random = randomStream(2, "layout-test");
const rows = 300;
const points = { rows, columns: 3, data: Float32Array.from({ length: 3 * rows }, () => random.normal()) };
const graph = await fuzzyGraph(await nearestNeighbours(points, 9), 1, 1);
const curve = fitSimilarityCurve(0.1, 1);
const start = (dimensions: number) => {
  const stream = randomStream(4, "start");
  return Float32Array.from({ length: dimensions * rows }, () => 10 * stream.uniform());
};

const options = { dimensions: 2, epochs: 30, curve, learningRate: 1, repulsionStrength: 1, negativeSampleRate: 5 };

const halved = await layoutEdges(graph, 0.5);
const edgesOfGraph = await layoutEdges(graph, 1);
const inBlocksOf7 = await layoutEdges(graph, 1, {}, 7);

describe("layoutEdges", () => {
  const edges = halved;

  it("holds every vertex and every entry of the graph once, group after group", () => {
    expect([...edges.order].sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
    expect([edges.groupStart[0], edges.groupStart[ROUNDS]]).toEqual([0, rows]);
    edges.order.forEach((vertex, i) => {
      const [from, to] = [graph.rowStart[vertex], graph.rowStart[vertex + 1]];
      expect(edges.end.slice(edges.edgeStart[i], edges.edgeStart[i + 1])).toEqual(graph.column.slice(from, to));
      expect(edges.share.slice(edges.edgeStart[i], edges.edgeStart[i + 1])).toEqual(
        graph.weight.slice(from, to).map((weight) => weight / 0.5),
      );
    });
  });

  it("has a place for the pull of every edge of a round", () => {
    for (let round = 0; round < ROUNDS; round++) {
      let pulls = 0;
      for (let block = edges.groupBlocks[round]!; block < edges.groupBlocks[round + 1]!; block++) {
        expect(edges.pullPlace[block]).toBe(pulls);
        pulls += edges.edgeStart[edges.blockStart[block + 1]!]! - edges.edgeStart[edges.blockStart[block]!]!;
        expect(edges.blockStart[block]).toBeLessThan(edges.blockStart[block + 1]!);
      }
      expect(edges.blockStart[edges.groupBlocks[round]!]).toBe(edges.groupStart[round]);
      expect(pulls).toBeLessThanOrEqual(edges.mostPulls);
    }
    expect(edges.blockStart.at(-1)).toBe(rows);
  });
});

const moveBlock = { plane: movePlaneBlock, space: moveSpaceBlock };

/** Positions after two epochs; the graph may be given in blocks of so many vertices, and these be moved from the last to the first. */
function moved(kind: "plane" | "space", dimensions: number, edges = edgesOfGraph, backward = false): Float32Array {
  const layout = layoutState(start(dimensions), edges, { ...options, dimensions }, 5);
  for (let step = 0; step < 2 * ROUNDS; step++) {
    const [epoch, round] = [3 + Math.floor(step / ROUNDS), step % ROUNDS];
    const [first, end] = [edges.groupBlocks[round]!, edges.groupBlocks[round + 1]!];
    const blocks = Array.from({ length: end - first }, (_, i) => first + i);
    for (const block of backward ? blocks.reverse() : blocks) moveBlock[kind](layout, epoch, 0.9, block);
    moveByPulls(layout, round);
  }
  return layout.positions;
}

describe("moving points", () => {
  it("in the plane is moving in space of two dimensions, bit for bit", () => {
    expect(moved("plane", 2)).toEqual(moved("space", 2));
    expect(moved("plane", 2)).not.toEqual(start(2));
  });

  it("gives the same in any order of any blocks, so that threads can share a round", () => {
    expect(moved("plane", 2, inBlocksOf7, true)).toEqual(moved("plane", 2));
    expect(moved("space", 3, inBlocksOf7, true)).toEqual(moved("space", 3));
  });

  it("draws two joined points together and leaves a single one", async () => {
    const pair: FuzzyGraph = {
      vertices: 3,
      rowStart: Int32Array.of(0, 1, 2, 2),
      column: Int32Array.of(1, 0),
      weight: Float32Array.of(1, 1),
    };
    const positions = Float32Array.of(0, 0, 8, 6, 20, 20);
    await optimiseLayout(positions, pair, { ...options, negativeSampleRate: 0 }, { seed: 1 });
    expect(Math.hypot(positions[0]! - positions[2]!, positions[1]! - positions[3]!)).toBeLessThan(0.5);
    expect((positions[0]! + positions[2]!) / 2).toBeCloseTo(4, 4);
    expect([...positions.subarray(4)]).toEqual([20, 20]);
  });
});

describe("optimiseLayout", () => {
  const layout = async (seed: number, changes: object = {}) => {
    const positions = start(2);
    await optimiseLayout(positions, graph, { ...options, ...changes }, { seed });
    return positions;
  };

  it("depends on the seed, and on nothing else", async () => {
    expect(await layout(1)).toEqual(await layout(1));
    expect(await layout(1)).not.toEqual(await layout(2));
  });

  it("spreads more with more repulsion", async () => {
    const extent = (positions: Float32Array) => Math.max(...positions) - Math.min(...positions);
    expect(extent(await layout(1, { repulsionStrength: 5 }))).toBeGreaterThan(1.2 * extent(await layout(1)));
  });

  it("leaves a graph without edges as it is", async () => {
    const positions = start(2);
    const empty = { vertices: rows, rowStart: new Int32Array(rows + 1), column: new Int32Array(0), weight: new Float32Array(0) };
    await optimiseLayout(positions, empty, options, { seed: 1 });
    expect(positions).toEqual(start(2));
  });
});
