import { describe, expect, it } from "vitest";
import { AbortedError, DataCheckError, ParameterError, ShapeError } from "../../../errors.js";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import golden from "./golden/hdbscan.json" with { type: "json" };
import { hdbscan } from "./hdbscan.js";

const defaults = (given: object = {}) => parseParameters(hdbscan, given);
const pointsOf = (rows: number, columns: number, valueAt: (i: number) => number) => ({
  rows,
  columns,
  data: Float32Array.from({ length: rows * columns }, (_, i) => valueAt(i)),
});

/** Clouds of 150, 100 and 50 points and 20 points far out. */
function clouds(seed = 1) {
  const random = randomStream(seed, "clouds");
  const cloudOf = (row: number) => (row < 150 ? 0 : row < 250 ? 1 : row < 300 ? 2 : 3);
  const points = pointsOf(320, 2, (i) => {
    const cloud = cloudOf(Math.floor(i / 2));
    return cloud === 3 ? 400 * (random.uniform() - 0.5) : random.normal() + (i % 2 === 0 ? 20 * cloud : 0);
  });
  return { points, cloudOf };
}

function canonical(labels: Int32Array): number[] {
  const number = new Map([[-1, -1]]);
  return Array.from(labels, (label) => {
    if (!number.has(label)) number.set(label, number.size - 1);
    return number.get(label)!;
  });
}

describe("HDBSCAN against scikit-learn and hdbscan", () => {
  it.each(golden.cases)("gives the same clusters and strengths: $parameters, $dimensions dimensions", async (gold) => {
    const { dimensions, parameters } = gold;
    const points = pointsOf(gold.points.length / dimensions, dimensions, (i) => gold.points[i]!);
    const found = await hdbscan.run({ points }, defaults(parameters), { seed: 0 });
    expect(canonical(found.labels)).toEqual(gold.labels);
    gold.strengths.forEach((strength, i) => {
      expect(found.strengths[i]).toBeCloseTo(strength, 5);
    });
  });
});

describe("HDBSCAN", () => {
  it("finds clouds, the largest first, and leaves far points as noise", async () => {
    const { points, cloudOf } = clouds();
    const found = await hdbscan.run({ points }, defaults({ minClusterSize: 20 }), { seed: 0 });
    expect(found.clusters).toBe(3);
    expect(found.converged).toBe(true);
    let wrong = 0;
    found.labels.forEach((label, row) => {
      const cloud = cloudOf(row);
      if (label !== (cloud === 3 ? -1 : cloud) && label !== -1) wrong += 1;
    });
    expect(wrong).toBeLessThan(3);
    expect(found.noise).toBe(found.labels.filter((label) => label === -1).length);
    for (const cluster of [0, 1, 2]) expect(Math.abs(found.centres.data[2 * cluster]! - 20 * cluster)).toBeLessThan(0.5);
    found.strengths.forEach((strength, row) => {
      expect(strength >= 0 && strength <= 1).toBe(true);
      expect(strength === 0).toBe(found.labels[row] === -1);
    });
    expect(Math.max(...found.strengths)).toBe(1);
    expect(found.stabilities.every((stability) => stability > 0)).toBe(true);
  });

  it("does not depend on the order of the points, also where many distances are equal", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = randomStream(seed, "grid");
      const points = pointsOf(120, 2, () => random.integer(14));
      const order = random.shuffle(Int32Array.from({ length: 120 }, (_, i) => i));
      const shuffled = pointsOf(120, 2, (i) => points.data[2 * order[i >> 1]! + (i & 1)]!);
      const given = defaults({ minClusterSize: 4, minSamples: 3 });
      const one = await hdbscan.run({ points }, given, { seed: 0 });
      const other = await hdbscan.run({ points: shuffled }, given, { seed: 0 });
      const back = new Int32Array(120);
      order.forEach((from, to) => {
        back[from] = other.labels[to]!;
      });
      expect(canonical(back)).toEqual(canonical(one.labels));
      expect(Float32Array.from(order, (from) => one.strengths[from]!)).toEqual(other.strengths);
    }
  });

  it("takes points at one place as a cluster of infinite density", async () => {
    const random = randomStream(3, "places");
    const points = pointsOf(200, 3, (i) => (i < 180 ? 0 : i < 360 ? 9 : 20 * random.normal()));
    const found = await hdbscan.run({ points }, defaults({ minClusterSize: 10 }), { seed: 0 });
    expect([...found.labels.subarray(0, 120)]).toEqual([...Array(60).fill(0), ...Array(60).fill(1)]);
    expect([...found.stabilities.subarray(0, 2)]).toEqual([Infinity, Infinity]);
    expect(found.strengths.subarray(0, 120).every((strength) => strength === 1)).toBe(true);
    expect(found.strengths.every(Number.isFinite)).toBe(true);
  });

  it("says so when nothing stands out, much is noise, or there are too few points", async () => {
    const random = randomStream(4, "even");
    const even = pointsOf(100, 2, () => random.uniform());
    const codes = async (points: ReturnType<typeof pointsOf>, given: object) =>
      (await hdbscan.run({ points }, defaults(given), { seed: 0 })).findings.map(({ code }) => code);
    expect(await codes(even, { minClusterSize: 40 })).toEqual(["no-clusters"]);
    expect(
      await codes(
        pointsOf(3, 2, (i) => i),
        {},
      ),
    ).toEqual(["fewer-samples", "no-clusters"]);
    const pair = pointsOf(100, 1, (i) => (i < 20 ? i / 100 : i < 40 ? 5 + i / 100 : 6 + 1.5 ** (i - 39)));
    expect(await codes(pair, { minClusterSize: 15, minSamples: 3 })).toEqual(["much-noise"]);
  });

  it.each([1, 2, 3, 6])("takes %i points", async (rows) => {
    for (const allowSingleCluster of [false, true]) {
      const given = defaults({ minClusterSize: 2, allowSingleCluster });
      const found = await hdbscan.run({ points: pointsOf(rows, 2, (i) => i * i) }, given, { seed: 0 });
      expect(found.labels.length).toBe(rows);
      expect(found.labels.every((label) => label >= -1 && label < found.clusters)).toBe(true);
    }
  });

  it("leaves masked points out", async () => {
    const { points } = clouds();
    const mask = Uint8Array.from({ length: 320 }, (_, i) => (i % 3 === 0 ? 0 : 1));
    const kept = Int32Array.from(mask.keys()).filter((i) => mask[i] === 1);
    const rest = pointsOf(kept.length, 2, (i) => points.data[2 * kept[i >> 1]! + (i & 1)]!);
    points.data.forEach((_, i) => {
      if (mask[i >> 1] === 0) points.data[i] = Number.NaN;
    });
    const masked = await hdbscan.run({ points, mask }, defaults(), { seed: 0 });
    const found = await hdbscan.run({ points: rest }, defaults(), { seed: 0 });
    expect(Int32Array.from(kept, (row) => masked.labels[row]!)).toEqual(found.labels);
    expect(Float32Array.from(kept, (row) => masked.strengths[row]!)).toEqual(found.strengths);
    expect(masked.labels.filter((_, row) => mask[row] === 0).every((label) => label === -1)).toBe(true);
    expect(masked.noise).toBe(found.noise);
  });

  it("refuses no points, NaN, a mask of another size, clusters of one point", async () => {
    const run = (rows: number, valueAt: (i: number) => number, mask?: Uint8Array) =>
      hdbscan.run({ points: pointsOf(rows, 2, valueAt), mask }, defaults(), { seed: 0 });
    await expect(run(0, () => 0)).rejects.toThrow(DataCheckError);
    await expect(run(5, () => 0, new Uint8Array(5))).rejects.toThrow(DataCheckError);
    await expect(run(5, () => Number.NaN)).rejects.toThrow(DataCheckError);
    await expect(run(5, () => 0, new Uint8Array(4))).rejects.toThrow(ShapeError);
    expect(() => defaults({ minClusterSize: 1 })).toThrow(ParameterError);
  });

  it("stops when asked", async () => {
    const random = randomStream(5, "many");
    const points = pointsOf(20_000, 2, () => random.normal());
    for (const after of [0.2, 0.6]) {
      const stopper = new AbortController();
      const onProgress = (fraction: number) => {
        if (fraction > after) stopper.abort();
      };
      await expect(hdbscan.run({ points }, defaults(), { seed: 0, signal: stopper.signal, onProgress })).rejects.toThrow(
        AbortedError,
      );
    }
  });
});
