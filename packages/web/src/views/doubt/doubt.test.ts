import { expect, test } from "vitest";
import { areaRows } from "../../session/derived/area-rows.js";
import { certaintyOf } from "../../session/derived/certainty.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { differenceSentence, uniquePairs } from "./class-pairs.js";
import { secondBest } from "./second-best.js";
import { explainedSpectrum, pixelsOfEntry, residualOfClass } from "./unexplained.js";

const phase = (id: number, pixels: number) => ({ id, name: `Class ${id}`, colour: "#355cc1", pixels, areaFraction: pixels / 16 });

test("with what a class is confused follows from its own pixels", () => {
  const membership = { classes: 3, data: Float32Array.of(0.7, 0.3, 0, 0.8, 0.1, 0.1, 0, 1, 0) };
  const analysis = { classes: [phase(0, 2), phase(4, 1), phase(5, 0)], labels: Int32Array.of(0, 0, 4), membership };
  const [first, second, third] = secondBest(analysis as unknown as AnalysisSnapshot, certaintyOf(membership));
  expect(first).toMatchObject({ id: 0, second: 4, meanShare: expect.closeTo(0.2, 5) });
  expect(second).toMatchObject({ second: undefined, meanEntropy: 0 });
  expect(third).toMatchObject({ second: undefined, meanShare: 0 });
});

/** 4 x 4 pixels of one class, one endmember; four pixels in a corner hold counts in channel 1 that it does not have. */
const counted = Float32Array.from({ length: 16 }, (_, p) => (p % 4 < 2 && p < 8 ? 30 : 0));
const spotted = {
  grid: { width: 4, height: 4, frames: 1, pixelSizeUm: undefined },
  labels: new Int32Array(16),
  countMap: new Float32Array(16).fill(100).map((value, p) => value + counted[p]!),
  classes: [phase(0, 16)],
  classSpectra: [Float64Array.of(100, 120 / 16)],
  unmixing: { endmembers: [Float64Array.of(100, 0)], abundances: new Float32Array(16).fill(1) },
} as unknown as AnalysisSnapshot;

test("what endmembers explain has the counts of the class, so what is left has none in all", () => {
  const explained = explainedSpectrum(spotted, 0)!;
  expect(explained[0]).toBeCloseTo(1720, 6);
  expect(residualOfClass(spotted, 0)![1]).toBeCloseTo(120, 6);
  expect(explainedSpectrum(spotted, 9)).toBeUndefined();
});

test("pixels of an unexplained line are those around its spot, or the whole class", () => {
  const mask = pixelsOfEntry(spotted, { id: 0, counts: 120 }, counted);
  expect([mask[0], mask[1], mask[15]]).toEqual([1, 1, 0]);
  expect(pixelsOfEntry(spotted, { id: 0, counts: 0.1 }, new Float32Array(16).fill(1)).every((inside) => inside === 1)).toBe(true);
});

test("two classes differ or do not, in a sentence", () => {
  const deciding = [{ energyKev: 3.3, line: "K_Ka", part: 100, excess: 0.07 }];
  const difference = { ratio: 1, degreesOfFreedom: 3, distance: 0.1, deciding };
  expect(differenceSentence({ ...difference, sigma: 143.2 }, "A", "B")).toMatch(
    /“A” and “B” differ by 143 σ: K Kα decides\. 10\.0 %/,
  );
  expect(differenceSentence({ ...difference, sigma: -0.4 }, "A", "B")).toMatch(/No line tells.*\(0\.0 σ\)\. Merge them\?/);
});

test("two classes that are each other's nearest stand once", () => {
  const pairs = [
    { id: 0, nearest: 3 },
    { id: 1, nearest: 0 },
    { id: 3, nearest: 0 },
  ];
  expect(uniquePairs(pairs)).toEqual(pairs.slice(0, 2));
});

test("areas are by labels, by shares where they are known, and of pure pixels", () => {
  const modal = { id: 0, areaFraction: 1, areaOfShares: 0.95, areaInterval: 0.01, areaOfPure: 0.9 };
  const [row] = areaRows({ ...spotted, membership: undefined } as AnalysisSnapshot, [
    { ...modal, densityGcm3: undefined, weightFraction: undefined },
  ]);
  expect(row).toMatchObject({
    shares: { value: 0.95, half95: 0.01 },
    pure: { value: 0.9 },
    labels: { value: 1, half95: undefined },
  });
});
