import { describe, expect, test } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import type { Threads } from "../../../spectrum-image/context.js";
import type { CountSource } from "../../../spectrum-image/counts.js";
import { threadsOfThisOne } from "../../threads.test-support.js";
import { sharedSpectra } from "../row-sections.js";
import { CHANNELS, mask, ROWS, rowsIn, watched } from "../row-sections.test-support.js";
import { rowSweeps } from "./row-sweeps.js";

const K = 3;
const source = rowsIn(5000);
const random = randomStream(4, "row-sweeps");
const start = Float64Array.from({ length: ROWS * K }, () => random.uniform());
const endmembers = Float64Array.from({ length: CHANNELS * K }, () => random.uniform());

async function swept(counts: CountSource, threads?: Threads) {
  const sweeps = await rowSweeps(sharedSpectra(counts, mask, { threads }), start);
  const first = (await sweeps.sweep({ endmembers, scatter: true })).all;
  const second = (await sweeps.sweep({ endmembers: endmembers.map((value) => value / 2), scatter: false })).all;
  sweeps.end();
  return { first, second, abundances: Float64Array.from(sweeps.abundances) };
}

describe("sweeps over rows", () => {
  test("give the sums of the definition", async () => {
    const { first } = await swept(source);
    const sweeps = await rowSweeps(sharedSpectra(source, mask, {}), start);
    await sweeps.sweep({ endmembers, scatter: true });
    const { abundances } = sweeps;
    const [xa, aa] = [new Float64Array(CHANNELS * K), new Float64Array(K * K)];
    for (const { firstPixel, pixels, rowStart, channel, count } of source.stored) {
      for (let p = 0; p < pixels; p++) {
        if (mask[firstPixel + p] === 0) continue;
        const own = abundances.subarray((firstPixel + p) * K, (firstPixel + p + 1) * K);
        for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
          for (let j = 0; j < K; j++) xa[channel[i]! * K + j]! += count[i]! * own[j]!;
        }
        for (let j = 0; j < K; j++) for (let l = 0; l < K; l++) aa[j * K + l]! += own[j]! * own[l]!;
      }
    }
    const stride = K + 1;
    for (let c = 0; c < CHANNELS; c++) for (let j = 0; j < K; j++) expect(first[c * stride + j]).toBeCloseTo(xa[c * K + j]!, 6);
    for (let j = 0; j < K; j++) expect(first[(CHANNELS + j) * stride + j]).toBeCloseTo(aa[j * K + j]!, 6);
    expect(mask.findIndex((inside, row) => inside === 0 && abundances[row * K] !== start[row * K])).toBe(-1);
  });

  test("do not depend on how the rows are cut into blocks, nor on whether they lie in memory", async () => {
    const expected = await swept(source);
    expect(await swept(rowsIn(777))).toEqual(expected);
    const { stored: _, ...streamed } = source;
    expect(await swept(streamed)).toEqual(expected);
  });

  test.each([
    [1, threadsOfThisOne(1, true)],
    [3, threadsOfThisOne(3, true)],
  ])("give the same with %i more threads that share memory", async (_, lent) => {
    const { threads, deals } = watched(lent);
    expect(await swept(source, threads)).toEqual(await swept(source));
    expect(deals()).toBeGreaterThanOrEqual(2 * threads.helpers);
  });

  test("give the same when a thread is lost with what it did, which is done again", async () => {
    expect(await swept(source, threadsOfThisOne(1, true, 3))).toEqual(await swept(source));
  });

  test("are made alone where threads share no memory", async () => {
    const { threads, deals } = watched(threadsOfThisOne(1, false));
    expect(await swept(source, threads)).toEqual(await swept(source));
    expect(deals()).toBe(0);
  });
});
