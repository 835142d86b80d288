import { describe, expect, it } from "vitest";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import { fitSimilarityCurve } from "./curve.js";
import { forceTable } from "./force-table.js";
import { type FuzzyGraph, fuzzyGraph } from "./fuzzy-graph.js";
import { type LayoutState, moveInPlane, moveInSpace, optimiseLayout } from "./layout.js";
import { GROUPS, isPushed, layoutEdges, otherEnd, ROUNDS } from "./layout-rounds.js";

const random = randomStream(2, "layout-test");
const rows = 300;
const points = { rows, columns: 3, data: Float32Array.from({ length: 3 * rows }, () => random.normal()) };
const graph = await fuzzyGraph(await nearestNeighbours(points, 9), 1, 1);
const curve = fitSimilarityCurve(0.1, 1);
const start = (dimensions: number) => {
  const stream = randomStream(4, "start");
  return Float32Array.from({ length: dimensions * rows }, () => 10 * stream.uniform());
};

function state(dimensions: number): LayoutState {
  return {
    edges: layoutEdges(graph, 1),
    forces: forceTable(curve, 1),
    before: start(dimensions),
    positions: start(dimensions),
    dimensions,
    negativeSampleRate: 5,
    key: 12345,
  };
}

const options = { dimensions: 2, epochs: 30, curve, learningRate: 1, repulsionStrength: 1, negativeSampleRate: 5 };

describe("layoutEdges", () => {
  const edges = layoutEdges(graph, 1);

  it("holds every entry of the graph once", () => {
    const expected: string[] = [];
    const found: string[] = [];
    for (let vertex = 0; vertex < rows; vertex++) {
      for (let e = graph.rowStart[vertex]!; e < graph.rowStart[vertex + 1]!; e++) {
        expected.push(`${vertex} ${graph.column[e]} ${graph.weight[e]}`);
      }
      for (let e = edges.start[vertex * GROUPS]!; e < edges.start[(vertex + 1) * GROUPS]!; e++) {
        found.push(`${vertex} ${otherEnd(edges.end[e]!)} ${edges.share[e]}`);
      }
    }
    expect(found.sort()).toEqual(expected.sort());
  });

  it("lets both ends of an edge act in the same rounds, and each be pushed in one of the two", () => {
    const pushed = new Map<string, string>();
    for (let slot = 0; slot < rows * GROUPS; slot++) {
      const vertex = Math.floor(slot / GROUPS);
      for (let e = edges.start[slot]!; e < edges.start[slot + 1]!; e++) {
        const other = otherEnd(edges.end[e]!);
        for (let round = slot % GROUPS; round < ROUNDS; round += GROUPS) {
          const pair = [Math.min(vertex, other), Math.max(vertex, other), round].join(" ");
          if (isPushed(edges.end[e]!, round)) {
            expect(pushed.has(pair)).toBe(false);
            pushed.set(pair, String(vertex));
          }
        }
      }
    }
    // Each of the edges (half the entries) in two rounds.
    expect(pushed.size).toBe(graph.column.length);
  });
});

describe("moving points", () => {
  it("in the plane is moving in space of two dimensions, bit for bit", () => {
    const [plane, space] = [state(2), state(2)];
    for (let round = 0; round < ROUNDS; round++) {
      moveInPlane(plane, 7, round, 0.9, 0, rows);
      moveInSpace(space, 7, round, 0.9, 0, rows);
      plane.before.set(plane.positions);
      space.before.set(space.positions);
    }
    expect(plane.positions).toEqual(space.positions);
    expect(plane.positions).not.toEqual(start(2));
  });

  it("gives the same in any order of the points, so that threads can share a round", () => {
    for (const [move, dimensions] of [[moveInPlane, 2] as const, [moveInSpace, 3] as const]) {
      const [forward, backward] = [state(dimensions), state(dimensions)];
      for (let round = 0; round < ROUNDS; round++) {
        move(forward, 3, round, 1, 0, rows);
        for (let to = rows; to > 0; to -= 60) move(backward, 3, round, 1, to - 60, to);
        forward.before.set(forward.positions);
        backward.before.set(backward.positions);
      }
      expect(backward.positions).toEqual(forward.positions);
    }
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
