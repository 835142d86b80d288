import { describe, expect, test } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { type CountBlock, countsFromDense, type StoredCounts, storedCounts } from "../../spectrum-image/counts.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { fwhmKev } from "../../xray/detector.js";
import { threadsOfThisOne } from "../threads.test-support.js";
import { binCounts } from "./binned-counts.js";
import { chooseBins } from "./energy-bins.js";
import { findPhases } from "./find-phases.js";
import { framesOf } from "./frames.js";
import { mixtureOf } from "./mixtures.js";
import { findPhasesParameters } from "./parameters.js";
import { connectedRegions } from "./regions.js";
import { gaussianKernel, smoothMaps } from "./smoothing.js";
import { scoreTrial, trialMap } from "./trial-map.test-support.js";

const defaults = findPhasesParameters.parse({});
const small = trialMap({
  formulas: ["NaAlSi3O8", "SiO2", "FeTiO3"],
  width: 60,
  height: 40,
  countsPerPixel: 150,
  seed: 4,
  grains: 10,
});

/** The same counts with every navigation row a block of its own, optionally turned by 180 degrees. */
function cutIntoRows(counts: StoredCounts, turned = false): StoredCounts {
  const [height, width] = counts.navigationShape as [number, number];
  const dense = new Float64Array(height * width * counts.channels);
  for (const { firstPixel, pixels, rowStart, channel, count } of counts.stored) {
    for (let p = 0; p < pixels; p++) {
      const pixel = turned ? height * width - 1 - (firstPixel + p) : firstPixel + p;
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) dense[pixel * counts.channels + channel[i]!] = count[i]!;
    }
  }
  const blocks: CountBlock[] = [];
  for (let y = 0; y < height; y++) {
    const row = dense.subarray(y * width * counts.channels, (y + 1) * width * counts.channels);
    blocks.push({ ...countsFromDense([1, width], counts.channels, row).stored[0]!, firstPixel: y * width });
  }
  return storedCounts([height, width], counts.channels, blocks);
}

describe("steps", () => {
  test("a kernel sums to 1 and is symmetric", () => {
    const kernel = gaussianKernel(1.3);
    expect(kernel.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    expect([...kernel].reverse()).toEqual([...kernel]);
  });

  test("smoothing keeps a constant inside, loses counts at the border, and never mixes frames", () => {
    const frames = framesOf([2, 20, 20]);
    const map = new Float32Array(800).fill(1, 0, 400);
    const smooth = smoothMaps(frames, map, 1, gaussianKernel(1));
    expect(smooth[10 * 20 + 10]).toBeCloseTo(1, 6);
    expect(smooth[0]).toBeLessThan(0.6);
    expect(Math.max(...smooth.subarray(400))).toBe(0);
  });

  test("bins lose no count above the lowest energy", async () => {
    const [sum] = await pass(small.counts, [sumSpectrum(small.counts)]);
    const choice = { lowestEnergyKev: 0.1, ignoredKev: [], fwhmKev: (energy: number) => fwhmKev(energy) };
    const bins = chooseBins(sum, small.energyAxis, choice);
    const binned = await binCounts(small.counts, bins, {});
    const kept = sum.reduce((total, value, c) => (bins.binOfChannel[c]! >= 0 ? total + value : total), 0);
    expect(binned.sum.reduce((a, b) => a + b, 0)).toBe(kept);
    expect(kept).toBe(sum.reduce((total, value, c) => (c * 0.01 >= 0.1 ? total + value : total), 0));
  });

  test("areas touch at corners, not across frames", () => {
    const diagonal = connectedRegions(framesOf([3, 3]), (n) => n === 0 || n === 4 || n === 8);
    expect(diagonal.area).toEqual([3]);
    expect(connectedRegions(framesOf([2, 1, 1]), () => true).area).toEqual([1, 1]);
  });

  test("a mixture of three is found with its weights, and one outside is not", () => {
    const component = (...score: number[]) =>
      ({ score: Float64Array.from(score) }) as unknown as Parameters<typeof mixtureOf>[2][number];
    const corners = [component(0, 0), component(1, 0), component(0, 1)];
    const inside = mixtureOf(Float64Array.from([0.2, 0.3]), [0, 1, 2], corners);
    expect(inside?.misfit).toBeCloseTo(0, 12);
    [0.5, 0.2, 0.3].forEach((weight, i) => void expect(inside?.weights[i]).toBeCloseTo(weight, 12));
    expect(mixtureOf(Float64Array.from([2, 2]), [0, 1, 2], corners)).toBeUndefined();
  });
});

describe("find-phases", () => {
  test("finds the phases of a map, no more and no fewer, with spectra and shares that are shares", async () => {
    const found = await findPhases(small, defaults, {});
    const score = scoreTrial(small, found.labels, found.endmembers);
    expect(score).toMatchObject({ found: 3, missed: 0, surplus: 0 });
    expect(score.rand).toBeGreaterThan(0.99);
    expect(score.cosineMean).toBeGreaterThan(0.99);
    for (const rows of [found.abundances, found.membership]) {
      for (let n = 0; n < found.labels.length; n++) {
        const sum = rows[n * 3]! + rows[n * 3 + 1]! + rows[n * 3 + 2]!;
        expect(sum === 0 || Math.abs(sum - 1) < 1e-4).toBe(true);
      }
    }
    for (const { sentence, pixels, id } of found.phases) {
      expect(sentence.length).toBeGreaterThan(20);
      expect(found.labels.filter((label) => label === id)).toHaveLength(pixels);
    }
    expect(found.constants.every(({ sentence }) => sentence.length > 10)).toBe(true);
  }, 60_000);

  test.each([
    ["one thread that shares memory", threadsOfThisOne(1, true)],
    ["three threads that are given copies", threadsOfThisOne(3, false)],
    ["threads that are lost in the middle", threadsOfThisOne(2, true, 9)],
  ])("gives the same bytes with the help of %s", async (_, threads) => {
    const alone = await findPhases(small, defaults, {});
    expect(await findPhases(small, defaults, { threads })).toEqual(alone);
    await threads.close();
  });

  test("does not depend on how the counts are cut into blocks", async () => {
    const whole = await findPhases(small, defaults, {});
    const rows = await findPhases({ ...small, counts: cutIntoRows(small.counts) }, defaults, {});
    expect(rows.labels).toEqual(whole.labels);
    expect(rows.abundances).toEqual(whole.abundances);
    expect(rows.endmembers).toEqual(whole.endmembers);
  }, 60_000);

  test("finds the same phases in the same places when the map is turned by 180 degrees", async () => {
    const straight = await findPhases(small, defaults, {});
    const turned = await findPhases({ ...small, counts: cutIntoRows(small.counts, true) }, defaults, {});
    expect(turned.phases).toHaveLength(straight.phases.length);
    const back = turned.labels.slice().reverse();
    const equal = back.filter((label, n) => label === straight.labels[n]).length;
    expect(equal / back.length).toBeGreaterThan(0.99);
  }, 60_000);

  test("counts of one spectrum are one phase, whatever their noise", async () => {
    const stream = randomStream(9, "one phase");
    const channels = 400;
    const dense = new Float64Array(60 * 80 * channels);
    for (let n = 0; n < 4800; n++) {
      for (let drawn = stream.poisson(100); drawn > 0; drawn--) {
        const c =
          stream.uniform() < 0.4 ? 174 + stream.integer(9) - 4 : 20 + Math.floor(380 * stream.uniform() * stream.uniform());
        dense[n * channels + c]! += 1;
      }
    }
    const energyAxis = { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" };
    const found = await findPhases({ counts: countsFromDense([60, 80], channels, dense), energyAxis }, defaults, {});
    expect(found.phases).toHaveLength(1);
    expect(found.labels.every((label) => label === 0)).toBe(true);
  }, 60_000);

  test("pixels without counts stay unassigned", async () => {
    const map = trialMap({ formulas: ["SiO2", "FeTiO3"], width: 40, height: 30, countsPerPixel: 100, seed: 2, grains: 4 });
    const dense = new Float64Array(1200 * map.counts.channels);
    for (const { firstPixel, pixels, rowStart, channel, count } of map.counts.stored) {
      for (let p = 0; p < pixels; p++) {
        if ((firstPixel + p) % 40 < 12) continue;
        for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++)
          dense[(firstPixel + p) * map.counts.channels + channel[i]!] = count[i]!;
      }
    }
    const found = await findPhases({ ...map, counts: countsFromDense([30, 40], map.counts.channels, dense) }, defaults, {});
    for (let y = 0; y < 30; y++) for (let x = 0; x < 9; x++) expect(found.labels[y * 40 + x]).toBe(-1);
  }, 60_000);

  test("an image without counts is refused with what to do", async () => {
    const empty = { counts: countsFromDense([4, 4], 100, new Uint8Array(1600)), energyAxis: small.energyAxis };
    await expect(findPhases(empty, defaults, {})).rejects.toMatchObject({ tag: "data-check" });
  });

  test("stops when asked", async () => {
    const stopped = findPhases(small, defaults, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ tag: "aborted" });
  });
});
