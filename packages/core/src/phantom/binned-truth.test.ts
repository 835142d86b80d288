import { expect, test } from "vitest";
import { binnedTruth } from "./binned-truth.js";
import { makePhantom } from "./phantom.js";

test("shares are averaged, labels follow the larger, a remainder is dropped", async () => {
  const { truth } = await makePhantom({ width: 21, height: 14, seed: 2 });
  const binned = binnedTruth(truth, 2);
  expect([binned.width, binned.height]).toEqual([10, 7]);
  const k = truth.phases.length;
  const share = (x: number, y: number, j: number) => truth.fractions[(y * 21 + x) * k + j]!;
  for (let j = 0; j < k; j++) {
    const mean = (share(6, 4, j) + share(7, 4, j) + share(6, 5, j) + share(7, 5, j)) / 4;
    expect(binned.fractions[(2 * 10 + 3) * k + j]).toBeCloseTo(mean, 6);
  }
  binned.labels.forEach((label, p) => {
    for (let j = 0; j < k; j++) expect(binned.fractions[p * k + label]!).toBeGreaterThanOrEqual(binned.fractions[p * k + j]!);
  });
});

test("a factor of 1 changes nothing", async () => {
  const { truth } = await makePhantom({ width: 8, height: 8 });
  expect(binnedTruth(truth, 1)).toBe(truth);
});
