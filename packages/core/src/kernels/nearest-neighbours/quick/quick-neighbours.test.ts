import { describe, expect, test } from "vitest";
import { threadTasks } from "../../../algorithms/thread-tasks.js";
import { ThreadLostError } from "../../../errors.js";
import type { Threads } from "../../../spectrum-image/context.js";
import type { Matrix } from "../../matrix.js";
import { randomStream } from "../../random.js";
import { bruteForceNeighbours } from "../brute-force.js";
import { foreignNeighbours } from "../foreign-neighbours.js";
import { kdTree } from "../kd-tree.js";
import { type Neighbours, nearestNeighbours } from "../nearest-neighbours.js";
import { neighbourPositions, quickNeighbours } from "./quick-neighbours.js";

type Points = Matrix<Float32Array>;

const K = 9;

function points(rows: number, columns: number, draw: () => number): Points {
  return { rows, columns, data: Float32Array.from({ length: rows * columns }, draw) };
}

function gaussian(rows: number, columns: number): Points {
  const random = randomStream(3, "quick-neighbours");
  return points(rows, columns, () => random.normal());
}

/** Share of the neighbours that are as near as the true ones. */
function foundShare(found: Neighbours, exact: Neighbours): number {
  let near = 0;
  for (let i = 0; i < found.distances.length; i++) {
    const furthest = exact.distances[Math.floor(i / exact.k) * exact.k + exact.k - 1]!;
    if (found.distances[i]! <= furthest) near += 1;
  }
  return near / found.distances.length;
}

/** A thread that works in turns with the one that asks, in the same memory. */
function helped(run: Threads["run"]): Threads {
  return { helpers: 1, sharesMemory: true, run, dismiss: () => {} };
}

describe("quickNeighbours", () => {
  test("finds nearly all true neighbours, each once, never the point itself, nearest first, with their true distances", async () => {
    const data = gaussian(10_000, 12);
    const [found, exact] = [await quickNeighbours(data, K), await nearestNeighbours(data, K)];
    const share = foundShare(found, exact);
    expect(share).toBeGreaterThan(0.98);
    expect(share).toBeLessThan(1);
    for (let row = 0; row < data.rows; row++) {
      const [ids, distances] = [found.indices, found.distances].map((all) => all.subarray(row * K, (row + 1) * K));
      expect(new Set([...ids!, row]).size).toBe(K + 1);
      expect([...distances!]).toEqual([...distances!].toSorted((a, b) => a - b));
    }
    const shared = found.distances.filter((_, i) => found.indices[i] === exact.indices[i]);
    expect(shared).toEqual(exact.distances.filter((_, i) => found.indices[i] === exact.indices[i]));
  });

  test("takes the angle between rows with the metric cosine", async () => {
    const data = gaussian(4200, 8);
    const [found, exact] = [await quickNeighbours(data, K, "cosine"), await nearestNeighbours(data, K, "cosine")];
    expect(foundShare(found, exact)).toBeGreaterThan(0.98);
  });

  test("searches as the guaranteed search does few rows, few columns, by the metric manhattan, and values whose squares overflow", async () => {
    for (const data of [gaussian(600, 12), gaussian(4200, 3)]) {
      expect(await quickNeighbours(data, K)).toEqual(await nearestNeighbours(data, K, "euclidean", {}, 0.5));
    }
    const few = gaussian(600, 12);
    expect(await quickNeighbours(few, K, "manhattan")).toEqual(bruteForceNeighbours(few, K, "manhattan"));
    const wide = gaussian(4200, 6);
    const huge = { ...wide, data: wide.data.map((value) => value * 1e25) };
    expect(await quickNeighbours(huge, K)).toEqual(await nearestNeighbours(huge, K, "euclidean", {}, 0.5));
  });

  test("refuses what the exact search refuses", async () => {
    await expect(quickNeighbours(gaussian(5000, 6), 5000)).rejects.toThrow("number of neighbours");
    const broken = gaussian(5000, 6);
    broken.data[17] = Number.NaN;
    await expect(quickNeighbours(broken, K)).rejects.toThrow("row 2, column 5");
  });

  test("reports progress up to 1 and stops when asked", async () => {
    const data = gaussian(4200, 6);
    const fractions: number[] = [];
    await quickNeighbours(data, K, "euclidean", { onProgress: (fraction) => void fractions.push(fraction) });
    expect(fractions.at(-1)).toBeCloseTo(1, 12);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    const stopper = new AbortController();
    stopper.abort();
    await expect(quickNeighbours(data, K, "euclidean", { signal: stopper.signal })).rejects.toThrow("Stopped");
  });
});

describe("neighbourPositions", () => {
  const tree = gaussian(6000, 12);
  const others = gaussian(9000, 12);

  test("is what finds nearly all nearest points of a tree for others, with their true distances", async () => {
    const built = await kdTree(tree);
    const graph = await neighbourPositions(built, others, K, {});
    const exact = await foreignNeighbours(built, others, K, "squared", {});
    const found = await foreignNeighbours(built, others, K, "squared", {}, graph);
    const share = foundShare({ rows: others.rows, k: K, ...found }, { rows: others.rows, k: K, ...exact });
    expect(share).toBeGreaterThan(0.98);
    expect(share).toBeLessThan(1);
    const shared = found.distances.filter((_, i) => found.indices[i] === exact.indices[i]);
    expect(shared).toEqual(exact.distances.filter((_, i) => found.indices[i] === exact.indices[i]));
  });

  test("is not there for few points or columns, or where squares overflow", async () => {
    const far = { ...others, data: others.data.map((value) => value * 1e25) };
    expect(await neighbourPositions(await kdTree(tree), far, K, {})).toBeUndefined();
    for (const few of [gaussian(600, 12), gaussian(4200, 3)]) {
      expect(await neighbourPositions(await kdTree(few), few, K, {})).toBeUndefined();
    }
  });
});

describe("quickNeighbours on several threads", () => {
  const data = gaussian(4200, 6);

  test("gives the same bytes when a helper is lost", async () => {
    const lost = helped(() => Promise.reject(new ThreadLostError("Gone.")));
    expect(await quickNeighbours(data, K, "euclidean", { threads: lost })).toEqual(await quickNeighbours(data, K));
  });

  test("has threads that know its task", async () => {
    const asked: string[] = [];
    const threads = helped((_, task) => {
      asked.push(task);
      return Promise.reject(new ThreadLostError("Gone."));
    });
    await quickNeighbours(data, K, "euclidean", { threads });
    expect(asked).toEqual(["quick-neighbours"]);
    await expect(threadTasks()("quick-neighbours", {})).rejects.not.toThrow("no such task");
  });
});
