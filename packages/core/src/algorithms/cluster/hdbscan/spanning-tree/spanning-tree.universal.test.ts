import { describe, expect, it } from "vitest";
import { kdTree } from "../../../../kernels/nearest-neighbours/kd-tree.js";
import { randomStream } from "../../../../kernels/random.js";
import { kernelRounds } from "./kernel-rounds.js";
import { referenceRounds } from "./reference-rounds.js";
import { treeByRounds } from "./spanning-tree.js";

/** Clouds of different width, some points at the same place; on a grid, most distances are equal. */
function someTree(rows: number, columns: number, onGrid: boolean, pointsPerLeaf: number) {
  const random = randomStream(columns, "spanning-tree");
  const data = Float32Array.from({ length: rows * columns }, (_, i) => {
    const value = random.normal() * (i % 3 === 0 ? 1 : 4) + (Math.floor(i / columns) % 5) * 6;
    return onGrid ? Math.round(value) : value;
  });
  return kdTree({ rows, columns, data }, {}, pointsPerLeaf);
}

const cases = [1, 2, 3, 4, 7, 12].flatMap((columns) =>
  [false, true].map((onGrid) => ({ columns, onGrid, points: onGrid ? "on a grid" : "anywhere" })),
);

describe("rounds of the spanning tree", () => {
  it.each(cases)("give as a kernel the edges of plain TypeScript, in their order: $columns columns, $points", async (given) => {
    for (const [rows, k, pointsPerLeaf] of [
      [2, 1, 32],
      [33, 1, 4],
      [700, 1, 32],
      [701, 6, 32],
    ] as const) {
      const tree = await someTree(rows, given.columns, given.onGrid, pointsPerLeaf);
      const kernel = await kernelRounds(tree, k);
      expect(kernel).toBeDefined();
      const found = await treeByRounds(tree, "squared", k, kernel!, {});
      expect(found).toEqual(await treeByRounds(tree, "squared", k, referenceRounds(tree, k, "squared"), {}));
    }
  });

  it("leave trees of larger leaves to plain TypeScript", async () => {
    expect(await kernelRounds(await someTree(100, 2, false, 64), 3)).toBeUndefined();
  });

  it.each([1e22, 1e-23])("give the same where squares leave the range of float32: coordinates of %d", async (size) => {
    const random = randomStream(3, "spanning-tree-range");
    const data = Float32Array.from({ length: 900 }, () => size * random.normal());
    const tree = await kdTree({ rows: 300, columns: 3, data });
    const kernel = await kernelRounds(tree, 4);
    expect(await treeByRounds(tree, "squared", 4, kernel!, {})).toEqual(
      await treeByRounds(tree, "squared", 4, referenceRounds(tree, 4, "squared"), {}),
    );
  });

  it.each([
    ["at one place", () => 0],
    ["on a line", (i: number) => i],
  ])("look at few leaves for each point: all %s", async (_, valueAt) => {
    const rows = 2000;
    const tree = await kdTree({ rows, columns: 1, data: Float32Array.from({ length: rows }, (_, i) => valueAt(i)) });
    let looks = 0;
    const watched = {
      ...tree,
      get coordinates() {
        looks += 1;
        return tree.coordinates;
      },
    };
    await treeByRounds(tree, "squared", 2, referenceRounds(watched, 2, "squared"), {});
    expect(looks).toBeLessThan(10 * rows);
  });
});
