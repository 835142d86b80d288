import { describe, expect, it } from "vitest";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import golden from "../golden/embed.json" with { type: "json" };
import { connectedComponents } from "./components.js";
import { type FuzzyGraph, fuzzyGraph } from "./fuzzy-graph.js";
import { graphEigenvectors } from "./graph-eigenvectors.js";
import { startPositions, starts } from "./start.js";

const sheet = golden.layouts.find(({ name }) => name === "Swiss roll")!;
const sheetPoints = { rows: sheet.points.length / 3, columns: 3, data: Float32Array.from(sheet.points) };

/** A chain of equal weights, whose normalised adjacency has the eigenvalues cos(pi j / (n - 1)) (Chung 1997, example 1.4). */
function chain(vertices: number): FuzzyGraph {
  const column: number[] = [];
  const rowStart = [0];
  for (let i = 0; i < vertices; i++) {
    if (i > 0) column.push(i - 1);
    if (i < vertices - 1) column.push(i + 1);
    rowStart.push(column.length);
  }
  return {
    vertices,
    rowStart: Int32Array.from(rowStart),
    column: Int32Array.from(column),
    weight: new Float32Array(column.length).fill(0.5),
  };
}

const exact = { tolerance: 1e-10, mostProducts: 100_000 };

describe("graphEigenvectors", () => {
  it.each([20, 128, 129, 400])("of a chain of %i vertices are cosines", async (vertices) => {
    const { values, vectors, converged } = await graphEigenvectors(chain(vertices), 3, randomStream(1, "e"), exact, {});
    expect(converged).toBe(true);
    for (let j = 1; j <= 3; j++) {
      expect(values[j - 1]).toBeCloseTo(Math.cos((Math.PI * j) / (vertices - 1)), 9);
      const degree = (i: number) => (i === 0 || i === vertices - 1 ? 1 : 2);
      const wave = Array.from(
        { length: vertices },
        (_, i) => Math.sqrt(degree(i)) * Math.cos((Math.PI * j * i) / (vertices - 1)),
      );
      const length = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0));
      const found = wave.map((_, i) => vectors.data[3 * i + j - 1]!);
      const product = wave.reduce((sum, value, i) => sum + (value / length) * found[i]!, 0);
      expect(Math.abs(product)).toBeCloseTo(1, 7);
      expect(Math.max(...found)).toBeGreaterThanOrEqual(-Math.min(...found) - 1e-9);
    }
  });

  it("have the eigenvalues that a dense solver finds on umap-learn's graph", async () => {
    const { nNeighbors, values } = golden.eigenvalues;
    const graph = await fuzzyGraph(await nearestNeighbours(sheetPoints, nNeighbors - 1), 1, 1);
    const found = await graphEigenvectors(graph, 3, randomStream(1, "e"), exact, {});
    values.forEach((value, i) => {
      expect(found.values[i]).toBeCloseTo(value, 5);
    });
  });

  it("say so when they have not converged within the products allowed", async () => {
    const limits = { tolerance: 1e-12, mostProducts: 1 };
    expect((await graphEigenvectors(chain(1000), 2, randomStream(1, "e"), limits, {})).converged).toBe(false);
  });
});

describe("startPositions", () => {
  const isWithin = (positions: Float32Array) => positions.every((value) => value >= 0 && value <= 10);

  it.each(starts)("%s: every dimension from 0 to 10, the same for the same stream", async (kind) => {
    const graph = await fuzzyGraph(await nearestNeighbours(sheetPoints, 14), 1, 1);
    const start = () => startPositions(kind, sheetPoints, graph, 2, randomStream(5, "s"), {});
    const positions = await start();
    expect(positions).toEqual(await start());
    expect(isWithin(positions)).toBe(true);
    for (const d of [0, 1]) {
      const values = positions.filter((_, i) => i % 2 === d);
      expect([Math.min(...values), Math.max(...values)]).toEqual([0, 10]);
    }
  });

  it.each([2, 4, 7])("puts each of %i separate parts in a place of its own", async (parts) => {
    const random = randomStream(parts, "parts");
    const rows = 30 * parts;
    const data = Float32Array.from({ length: 3 * rows }, (_, i) => {
      const part = Math.floor(i / 90);
      return random.normal() + (i % 3 === part % 3 ? 100 * (part + 1) : 0);
    });
    const graph = await fuzzyGraph(await nearestNeighbours({ rows, columns: 3, data }, 7), 1, 1);
    expect(connectedComponents(graph).count).toBe(parts);
    const positions = await startPositions("spectral", { rows, columns: 3, data }, graph, 2, randomStream(1, "s"), {});
    expect(isWithin(positions)).toBe(true);
    const centres = Array.from({ length: parts }, (_, part) => {
      const own = positions.subarray(60 * part, 60 * part + 60);
      const mean = (d: number) => own.filter((_, i) => i % 2 === d).reduce((sum, value) => sum + value, 0) / 30;
      return [mean(0), mean(1)];
    });
    let inPlace = 0;
    for (let i = 0; i < rows; i++) {
      const distances = centres.map(([x, y]) => (positions[2 * i]! - x!) ** 2 + (positions[2 * i + 1]! - y!) ** 2);
      if (distances.indexOf(Math.min(...distances)) === Math.floor(i / 30)) inPlace += 1;
    }
    // The corners of the squares that parts are given may overlap.
    expect(inPlace).toBeGreaterThan(0.9 * rows);
  });
});
