import { describe, expect, it } from "vitest";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import { fitSimilarityCurve } from "./curve.js";
import { type FuzzyGraph, fuzzyGraph } from "./fuzzy-graph.js";
import { layoutState, optimiseLayout } from "./layout.js";
import { acts, layoutEdges, SPARE_PLACES } from "./layout-edges.js";
import { drawPushers, moveByPulls, movePlaneBlock, moveSpaceBlock, pusherCount } from "./layout-moves.js";
import { atPlaces, fromPlaces, layoutOrder, ROUNDS } from "./layout-order.js";

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

const order = layoutOrder(start(2), 2);
const doubled = await layoutEdges(graph, 2, order);
const edgesOfGraph = await layoutEdges(graph, 1, order);
const inBlocksOf7 = await layoutEdges(graph, 1, order, {}, 7);

describe("layoutOrder", () => {
  it("deals every vertex to one place, and of 16 in a row along the curve one to each group", () => {
    expect([...order.order].sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
    expect([order.groupStart[0], order.groupStart[ROUNDS]]).toEqual([0, rows]);
    for (let g = 0; g < ROUNDS; g++) expect(order.groupStart[g + 1]! - order.groupStart[g]!).toBeCloseTo(rows / ROUNDS, -0.4);
  });

  it("lays vertices that are near each other in the picture near each other in their group", () => {
    const grid = Float32Array.from({ length: 2 * 4096 }, (_, i) => (i % 2 === 0 ? (i >> 1) % 64 : i >> 7));
    const placed = layoutOrder(grid, 2);
    const length = (at: (i: number) => number) => {
      let sum = 0;
      for (let i = 0; i < 255; i++) {
        const [one, other] = [at(i), at(i + 1)];
        sum += Math.hypot(grid[2 * one]! - grid[2 * other]!, grid[2 * one + 1]! - grid[2 * other + 1]!);
      }
      return sum / 255;
    };
    const stream = randomStream(1, "any-order");
    const anyOrder = stream.shuffle(Int32Array.from({ length: 4096 }, (_, i) => i));
    expect(length((i) => placed.order[i]!)).toBeLessThan(0.3 * length((i) => anyOrder[i]!));
  });

  it("goes there and back", () => {
    const there = atPlaces(start(2), order.order, 2);
    expect(there).not.toEqual(start(2));
    expect(fromPlaces(there, order.order, 2, new Float32Array(2 * rows))).toEqual(start(2));
  });

  it("takes points that are all at one place, on one line, or fewer than groups", () => {
    expect(layoutOrder(new Float32Array(2), 1).order).toEqual(Int32Array.of(0, 1));
    expect([...layoutOrder(new Float32Array(60).fill(3), 3).order].sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
  });
});

describe("layoutEdges", () => {
  const edges = doubled;

  it("holds every entry of the graph once, by places", () => {
    edges.order.forEach((vertex, place) => {
      const [from, to] = [graph.rowStart[vertex], graph.rowStart[vertex + 1]];
      const own = [edges.edgeStart[place], edges.edgeStart[place + 1]] as const;
      expect(edges.end.slice(...own).map((end) => edges.order[end]!)).toEqual(graph.column.slice(from, to));
      const shares = Array.from(edges.share.slice(...own), (share) => (share >>> 0) / 2 ** 32);
      graph.weight.slice(from, to).forEach((weight, i) => {
        expect(shares[i]).toBeCloseTo(weight / 2, 9);
      });
    });
  });

  it("lets an edge act in its share of any number of epochs, evenly spread", () => {
    for (const share of [0, 0.005, 0.3, 0.5, 0.77, 1]) {
      const bits = Math.min(Math.ceil(share * 2 ** 32), 2 ** 32 - 1) | 0;
      let times = 0;
      for (let epoch = 0; epoch < 400; epoch++) {
        if (acts(bits, epoch)) times += 1;
        expect(Math.abs(times - share * (epoch + 1))).toBeLessThan(1.001);
      }
    }
  });

  it("has a place for the pull of every edge of a round", () => {
    for (let round = 0; round < ROUNDS; round++) {
      let pulls = 0;
      for (let block = edges.groupBlocks[round]!; block < edges.groupBlocks[round + 1]!; block++) {
        expect(edges.pullPlace[block]).toBe(pulls);
        pulls += edges.edgeStart[edges.blockStart[block + 1]!]! - edges.edgeStart[edges.blockStart[block]!]! + SPARE_PLACES;
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
    drawPushers(layout, epoch, round);
    for (const block of backward ? blocks.reverse() : blocks) moveBlock[kind](layout, epoch, 0.9, round, block);
    moveByPulls(layout, round);
  }
  return layout.positions;
}

describe("moving points", () => {
  it("in the plane is moving in space of two dimensions, bit for bit", () => {
    expect(moved("plane", 2)).toEqual(moved("space", 2));
    expect(moved("plane", 2)).not.toEqual(atPlaces(start(2), order.order, 2));
  });

  it("gives the same in any order of any blocks, so that threads can share a round", () => {
    expect(moved("plane", 2, inBlocksOf7, true)).toEqual(moved("plane", 2));
    expect(moved("space", 3, inBlocksOf7, true)).toEqual(moved("space", 3));
  });

  it("draws pushers from all vertices but those of the round", () => {
    const layout = layoutState(start(2), edgesOfGraph, options, 5);
    expect(layout.pushers.length).toBe(2 * pusherCount(order.groupStart, 5));
    const seen = new Set<string>();
    for (let epoch = 0; epoch < 20; epoch++) {
      drawPushers(layout, epoch, 3);
      for (let i = 0; i < layout.pushers.length; i += 2) seen.add(layout.pushers.slice(i, i + 2).join());
    }
    const places = Array.from({ length: rows }, (_, p) => layout.positions.slice(2 * p, 2 * p + 2).join());
    const others = places.filter((_, p) => p < order.groupStart[3]! || p >= order.groupStart[4]!);
    expect([...seen].sort()).toEqual(others.sort());
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
