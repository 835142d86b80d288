import { describe, expect, it } from "vitest";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import golden from "../golden/embed.json" with { type: "json" };
import { componentGraph, connectedComponents } from "./components.js";
import { type FuzzyGraph, fuzzyGraph, largestWeight, withoutWeakEdges } from "./fuzzy-graph.js";
import { neighbourhoodScales } from "./neighbourhood-scales.js";

function pointsOf(name: string) {
  const { dimensions, clouds, awkward } = golden.graphPoints;
  const data = Float32Array.from(name === "clouds" ? clouds : awkward);
  return { rows: data.length / dimensions, columns: dimensions, data };
}

const neighboursOf = ({ points, nNeighbors, metric }: (typeof golden.graphs)[number]) =>
  nearestNeighbours(pointsOf(points), nNeighbors - 1, metric as "euclidean" | "manhattan" | "cosine");

describe.each(golden.graphs)(
  "graph of $points, $nNeighbors neighbours, $metric, mix $setOpMixRatio, connectivity $localConnectivity",
  (gold) => {
    it("has umap-learn's scales at every point", async () => {
      const { rho, sigma } = await neighbourhoodScales(await neighboursOf(gold), gold.localConnectivity, {});
      gold.rho.forEach((value, i) => {
        expect(Math.abs(rho[i]! - value)).toBeLessThan(1e-6 * (1 + value));
        expect(Math.abs(sigma[i]! / gold.sigma[i]! - 1)).toBeLessThan(1e-4);
      });
    });

    it("has umap-learn's edges and weights", async () => {
      const graph = await fuzzyGraph(await neighboursOf(gold), gold.setOpMixRatio, gold.localConnectivity);
      expect([...graph.rowStart]).toEqual(gold.rowStart);
      expect([...graph.column]).toEqual(gold.column);
      gold.weight.forEach((value, e) => {
        expect(Math.abs(graph.weight[e]! - value)).toBeLessThan(1e-5);
      });
    });
  },
);

describe("fuzzyGraph", () => {
  const random = randomStream(3, "graph");
  const points = { rows: 500, columns: 4, data: Float32Array.from({ length: 2000 }, () => random.normal()) };

  it("is symmetric to the last bit, without diagonal, columns rising, weights in (0, 1]", async () => {
    const graph = await fuzzyGraph(await nearestNeighbours(points, 9), 0.8, 1.2);
    const seen = new Map<string, number>();
    for (let row = 0; row < 500; row++) {
      for (let e = graph.rowStart[row]!; e < graph.rowStart[row + 1]!; e++) {
        expect(graph.column[e]).not.toBe(row);
        if (e > graph.rowStart[row]!) expect(graph.column[e]).toBeGreaterThan(graph.column[e - 1]!);
        expect(graph.weight[e]! > 0 && graph.weight[e]! <= 1).toBe(true);
        seen.set(`${row} ${graph.column[e]}`, graph.weight[e]!);
      }
    }
    for (const [pair, weight] of seen) expect(seen.get(pair.split(" ").reverse().join(" "))).toBe(weight);
  });

  it("joins each point in full to its nearest neighbour, and drops weak edges when asked", async () => {
    const graph = await fuzzyGraph(await nearestNeighbours(points, 9), 1, 1);
    for (let row = 0; row < 500; row++) {
      expect(Math.max(...graph.weight.subarray(graph.rowStart[row], graph.rowStart[row + 1]))).toBe(1);
    }
    const strong = withoutWeakEdges(graph, 0.5);
    expect([...strong.weight]).toEqual([...graph.weight].filter((weight) => weight >= 0.5));
    expect(largestWeight(strong)).toBe(1);
  });
});

describe("connectedComponents", () => {
  /** 0 - 3 - 4, 1, 2 - 5 */
  const graph: FuzzyGraph = {
    vertices: 6,
    rowStart: Int32Array.of(0, 1, 1, 2, 4, 5, 6),
    column: Int32Array.of(3, 5, 0, 4, 3, 2),
    weight: Float32Array.of(0.5, 0.25, 0.5, 1, 1, 0.25),
  };

  it("numbers the parts in the order of their first vertex", () => {
    expect(connectedComponents(graph)).toEqual({ count: 3, label: Int32Array.of(0, 1, 2, 0, 0, 2) });
  });

  it("cuts a part out", () => {
    expect(componentGraph(graph, Int32Array.of(0, 3, 4))).toEqual({
      vertices: 3,
      rowStart: Int32Array.of(0, 1, 3, 4),
      column: Int32Array.of(1, 0, 2, 1),
      weight: Float32Array.of(0.5, 0.5, 1, 1),
    });
  });
});
