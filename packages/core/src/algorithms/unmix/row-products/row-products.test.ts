import { describe, expect, test } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import type { Threads } from "../../../spectrum-image/context.js";
import type { CountSource } from "../../../spectrum-image/counts.js";
import { threadsOfThisOne } from "../../threads.test-support.js";
import { sharedSpectra } from "../row-sections.js";
import { CHANNELS, mask, ROWS, rowsIn, watched } from "../row-sections.test-support.js";
import { rowProducts } from "./row-products.js";

/** Odd, so that the stride is another. */
const WIDTH = 5;
const source = rowsIn(5000);
const random = randomStream(7, "row-products");
const wide = Float64Array.from({ length: CHANNELS * WIDTH }, () => random.normal());

async function multiplied(counts: CountSource, threads?: Threads) {
  const products = await rowProducts(sharedSpectra(counts, mask, { threads }), WIDTH);
  products.wide.set(wide);
  const both = await products.times("both");
  await products.times("right");
  const tall = Float64Array.from(products.tall);
  products.tall.set(tall.map((value, i) => value + (i % 3)));
  const left = await products.times("left");
  products.end();
  return { both, tall, left };
}

/** X B, and the transpose of X times Y, by their definition. */
function byDefinition(y: (row: number, l: number, product: number) => number) {
  const tall = new Float64Array(ROWS * WIDTH);
  const summed = new Float64Array(CHANNELS * WIDTH);
  for (const { firstPixel, pixels, rowStart, channel, count } of source.stored) {
    for (let p = 0; p < pixels; p++) {
      const row = firstPixel + p;
      if (mask[row] === 0) continue;
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
        for (let l = 0; l < WIDTH; l++) tall[row * WIDTH + l]! += count[i]! * wide[channel[i]! * WIDTH + l]!;
      }
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
        for (let l = 0; l < WIDTH; l++) summed[channel[i]! * WIDTH + l]! += count[i]! * y(row, l, tall[row * WIDTH + l]!);
      }
    }
  }
  return { tall, summed };
}

function farthest(a: Float64Array, b: Float64Array): number {
  const size = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0) / size;
}

describe("products of rows with thin matrices", () => {
  test("are those of the definition", async () => {
    const { both, tall, left } = await multiplied(source);
    const straight = byDefinition((_row, _l, product) => product);
    expect(farthest(both, straight.summed)).toBeLessThan(1e-12);
    expect(farthest(tall, straight.tall)).toBeLessThan(1e-12);
    const shifted = byDefinition((row, l, product) => product + ((row * WIDTH + l) % 3));
    expect(farthest(left, shifted.summed)).toBeLessThan(1e-12);
  });

  test("do not depend on how the rows are cut into blocks, nor on whether they lie in memory", async () => {
    const expected = await multiplied(source);
    expect(await multiplied(rowsIn(777))).toEqual(expected);
    const { stored: _, ...streamed } = source;
    expect(await multiplied(streamed)).toEqual(expected);
  });

  test.each([
    [1, threadsOfThisOne(1, true)],
    [3, threadsOfThisOne(3, true)],
  ])("are the same with %i more threads that share memory", async (_, lent) => {
    const { threads, deals } = watched(lent);
    expect(await multiplied(source, threads)).toEqual(await multiplied(source));
    expect(deals()).toBeGreaterThanOrEqual(3 * threads.helpers);
  });

  test("are the same when a thread is lost with what it did, which is done again", async () => {
    expect(await multiplied(source, threadsOfThisOne(1, true, 3))).toEqual(await multiplied(source));
  });
});
