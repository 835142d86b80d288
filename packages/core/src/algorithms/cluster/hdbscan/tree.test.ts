import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kdTree } from "../../../kernels/nearest-neighbours/kd-tree.js";
import { randomStream } from "../../../kernels/random.js";
import { clustersByDefinition, mutualReachability } from "./by-definition.test-support.js";
import { type CondensedTree, condensedTree } from "./condensed-tree.js";
import { singleLinkage } from "./hierarchy.js";
import { selectClusters } from "./select-clusters.js";
import { spanningTree } from "./spanning-tree/spanning-tree.js";

/** Coordinates with many equal distances and double points, or with none. */
function somePoints(rows: number, columns: number, seed: number, onGrid: boolean) {
  const random = randomStream(seed, "points");
  const data = Float32Array.from({ length: rows * columns }, () => (onGrid ? random.integer(5) : 3 * random.normal()));
  const points = Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
  return { matrix: { rows, columns, data }, points };
}

/** By a search tree of small leaves, so that few points have many; lengths are distances. */
async function treeOf(matrix: { rows: number; columns: number; data: Float32Array }, minSamples: number) {
  const joined = await spanningTree(await kdTree(matrix, {}, 4), "squared", minSamples, {});
  return { ...joined, length: joined.length.map(Math.sqrt) };
}

/** Lengths of the edges of a minimum spanning tree, sorted, by the method of Prim (1957) over all pairs. */
function primLengths(reach: readonly (readonly number[])[]): number[] {
  const nearest = reach[0]!.slice();
  const inside = new Set([0]);
  const lengths: number[] = [];
  while (inside.size < reach.length) {
    let next = -1;
    for (let i = 0; i < reach.length; i++) if (!inside.has(i) && (next < 0 || nearest[i]! < nearest[next]!)) next = i;
    inside.add(next);
    lengths.push(nearest[next]!);
    reach[next]!.forEach((value, i) => {
      nearest[i] = Math.min(nearest[i]!, value);
    });
  }
  return lengths.sort((a, b) => a - b);
}

const cases = fc.record({
  rows: fc.integer({ min: 2, max: 40 }),
  columns: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer(),
  onGrid: fc.boolean(),
  minSamples: fc.integer({ min: 1, max: 6 }),
  minClusterSize: fc.integer({ min: 2, max: 7 }),
});

describe("spanningTree", () => {
  it("is as short as the one that all pairs give, edge by edge", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, columns, seed, onGrid, minSamples }) => {
        const { matrix, points } = somePoints(rows, columns, seed, onGrid);
        const samples = Math.min(minSamples, rows);
        const { length, from, to } = await treeOf(matrix, samples);
        const reach = mutualReachability(points, samples);
        const lengths = primLengths(reach);
        [...length]
          .sort((a, b) => a - b)
          .forEach((value, i) => {
            expect(value).toBeCloseTo(lengths[i]!, 9);
          });
        from.forEach((a, edge) => {
          expect(reach[a]![to[edge]!]).toBeCloseTo(length[edge]!, 9);
        });
      }),
      { numRuns: 150 },
    );
  });

  it("takes at most log2 of the number of points rounds, also for equal points", async () => {
    for (const valueAt of [() => 1, (i: number) => i, (i: number) => i * i]) {
      const matrix = { rows: 1000, columns: 1, data: Float32Array.from({ length: 1000 }, (_, i) => valueAt(i)) };
      const { rounds, length } = await treeOf(matrix, 3);
      expect(rounds).toBeLessThanOrEqual(10);
      expect(length.length).toBe(999);
    }
  });
});

/** What says the same about a tree whatever its clusters are numbered: each cluster by its points. */
function described(tree: CondensedTree) {
  const members = Array.from({ length: tree.clusters }, () => [] as number[]);
  tree.lastCluster.forEach((last, point) => {
    for (let cluster = last; cluster >= 0; cluster = tree.parent[cluster]!) members[cluster]!.push(point);
  });
  return members;
}

describe("condensedTree", () => {
  it("is what the definition gives: clusters, births, stabilities, and when each point drops out", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, columns, seed, onGrid, minSamples, minClusterSize }) => {
        const { matrix, points } = somePoints(rows, columns, seed, onGrid);
        const samples = Math.min(minSamples, rows);
        const tree = condensedTree(await singleLinkage(await treeOf(matrix, samples)), minClusterSize);
        const defined = clustersByDefinition(mutualReachability(points, samples), minClusterSize);
        const members = described(tree);
        expect(members.map(String).sort()).toEqual(
          defined.map((cluster) => String(cluster.points.toSorted((a, b) => a - b))).sort(),
        );
        for (const cluster of defined) {
          const same = members.map(String).indexOf(String(cluster.points.toSorted((a, b) => a - b)));
          expect(tree.birth[same]).toBeCloseTo(cluster.birth, 9);
          expect(tree.size[same]).toBe(cluster.points.length);
          if (Number.isFinite(cluster.stability)) expect(tree.stability[same]).toBeCloseTo(cluster.stability, 8);
          else expect(tree.stability[same]).toBe(Infinity);
          for (const { point, density } of cluster.leaves) {
            expect(tree.lastCluster[point]).toBe(same);
            if (Number.isFinite(density)) expect(tree.lambda[point]).toBeCloseTo(density, 9);
            else expect(tree.lambda[point]).toBe(Infinity);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** Root 0 with children 1, 2; 1 with 3, 4; 4 with 5, 6. */
const example: CondensedTree = {
  clusters: 7,
  parent: Int32Array.of(-1, 0, 0, 1, 1, 4, 4),
  size: Int32Array.of(100, 60, 30, 20, 35, 10, 20),
  birth: Float64Array.of(0, 1, 1, 2, 2, 4, 4),
  death: Float64Array.of(1, 2, 5, 5, 4, 9, 9),
  stability: Float64Array.of(100, 50, 40, 30, 25, 5, 15),
  lastCluster: new Int32Array(0),
  lambda: new Float64Array(0),
};

describe("singleLinkage", () => {
  it("joins 100,000 points on a line in the order of their gaps, equal gaps at once", async () => {
    const gaps = Float64Array.from({ length: 99_999 }, (_, i) => (i * 7919) % 1000);
    const from = Int32Array.from(gaps.keys());
    const { nodes, length, size, points } = await singleLinkage({ from, to: from.map((i) => i + 1), length: gaps, rounds: 1 });
    expect(size[nodes - 1]).toBe(points);
    const levels = [...length.subarray(points)];
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(new Set(levels).size).toBe(1000);
  });
});

describe("selectClusters", () => {
  const usual = { method: "eom", epsilon: 0, maxClusterSize: Infinity, allowSingleCluster: false } as const;
  const chosen = (changes: object) =>
    [...selectClusters(example, { ...usual, ...changes })].flatMap((kept, cluster) => (kept === 1 ? [cluster] : []));

  it("keeps what is most stable in all, the larger of equals", () => {
    expect(chosen({})).toEqual([2, 3, 4]);
    expect(chosen({ allowSingleCluster: true })).toEqual([0]);
  });

  it("lets clusters above the largest size give way", () => {
    expect(chosen({ maxClusterSize: 30 })).toEqual([2, 3, 5, 6]);
    expect(chosen({ maxClusterSize: 15 })).toEqual([5]);
    expect(chosen({ maxClusterSize: 99, allowSingleCluster: true })).toEqual([2, 3, 4]);
  });

  it("keeps the leaves when asked", () => {
    expect(chosen({ method: "leaf" })).toEqual([2, 3, 5, 6]);
  });

  it("keeps together what parts below epsilon", () => {
    expect(chosen({ method: "leaf", epsilon: 0.3 })).toEqual([2, 3, 4]);
    expect(chosen({ method: "leaf", epsilon: 0.6 })).toEqual([1, 2]);
    expect(chosen({ method: "leaf", epsilon: 3 })).toEqual([1, 2]);
    expect(chosen({ method: "leaf", epsilon: 3, allowSingleCluster: true })).toEqual([0]);
  });

  it("by excess of mass finds the most stable of all choices", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 9 }),
        (random) => {
          const parent = Int32Array.of(-1, ...random.map(([draw], i) => draw % (i + 1)));
          const clusters = parent.length;
          const stability = Float64Array.of(0, ...random.map(([, value]) => value));
          const tree = {
            ...example,
            clusters,
            parent,
            stability,
            size: new Int32Array(clusters),
            birth: new Float64Array(clusters),
          };
          const isWithin = (inner: number, outer: number): boolean =>
            inner > 0 && (parent[inner] === outer || isWithin(parent[inner]!, outer));
          let most = 0;
          for (let choice = 0; choice < 2 ** clusters; choice += 2) {
            const kept = Array.from(parent.keys()).filter((cluster) => (choice >> cluster) & 1);
            if (kept.some((a) => kept.some((b) => isWithin(a, b)))) continue;
            most = Math.max(
              most,
              kept.reduce((sum, cluster) => sum + stability[cluster]!, 0),
            );
          }
          const found = selectClusters(tree, usual);
          expect(found.reduce((sum, kept, cluster) => sum + kept * stability[cluster]!, 0)).toBe(most);
          expect(found.some((a, i) => a === 1 && found.some((b, j) => b === 1 && isWithin(i, j)))).toBe(false);
        },
      ),
    );
  });
});
