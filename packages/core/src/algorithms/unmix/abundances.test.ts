import { describe, expect, it } from "vitest";
import { ParameterError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import type { Threads } from "../../spectrum-image/context.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { parseParameters } from "../parameters.js";
import { threadsOfThisOne, watchedThreads } from "../threads.test-support.js";
import { abundances } from "./abundances.js";

const channels = 60;
const peak = (...centres: number[]) =>
  Float64Array.from({ length: channels }, (_, c) =>
    centres.reduce((sum, centre) => sum + 12 / (1 + (c - centre) * (c - centre)), 0.05),
  );
const pure = [peak(10, 30), peak(20), peak(30, 45)];

/** 20 x 30 pixels whose composition changes from left to right and from top to bottom, with counting noise. */
function phantom(extra = 0) {
  const stream = randomStream(3, "abundances-test");
  const truth: number[][] = [];
  const dense = new Float64Array(600 * channels);
  for (let pixel = 0; pixel < 600; pixel++) {
    const x = (pixel % 30) / 29;
    const y = Math.floor(pixel / 30) / 19;
    truth.push([x * y, (1 - x) * y, 1 - y]);
    for (let c = 0; c < channels; c++) {
      const unknown = c === 55 ? extra : 0;
      const mean = truth[pixel]!.reduce((sum, share, j) => sum + share * pure[j]![c]!, unknown);
      dense[pixel * channels + c] = stream.poisson(mean);
    }
  }
  return { truth, dense, counts: countsFromDense([20, 30], channels, dense) };
}

const run = (input: Parameters<typeof abundances.run>[0], given: object = {}, threads?: Threads) =>
  abundances.run(input, parseParameters(abundances, given), { seed: 0, threads });

/** Enough pixels for threads to be asked: the phantom again and again, every seventh pixel left out. */
function manyPixels() {
  const copies = 28;
  const dense = phantom().dense;
  const all = new Float64Array(copies * dense.length);
  for (let copy = 0; copy < copies; copy++) all.set(dense, copy * dense.length);
  const mask = Uint8Array.from({ length: copies * 600 }, (_, pixel) => (pixel % 7 === 3 ? 0 : 1));
  return { counts: countsFromDense([copies, 600], channels, all), endmembers: pure, mask };
}

let alone: ReturnType<typeof run> | undefined;

function doneAlone(): ReturnType<typeof run> {
  alone ??= run(manyPixels());
  return alone;
}

describe("abundances", () => {
  it.each(["poisson", "channel", "none"] as const)(
    "find the shares behind the noise (%s), residual about 1, little unexplained",
    async (weighting) => {
      const { truth, counts } = phantom();
      const found = await run({ counts, endmembers: pure }, { weighting });
      let square = 0;
      truth.forEach((shares, pixel) => {
        const row = found.abundances.subarray(3 * pixel, 3 * pixel + 3);
        expect(row[0]! + row[1]! + row[2]!).toBeCloseTo(1, 5);
        shares.forEach((share, j) => {
          square += (row[j]! - share) ** 2;
        });
      });
      expect(Math.sqrt(square / 1800)).toBeLessThan(weighting === "poisson" ? 0.07 : 0.09);
      const mean = found.residual.reduce((sum, value) => sum + value, 0) / 600;
      expect(mean).toBeGreaterThan(0.8);
      expect(mean).toBeLessThan(1.2);
      expect(found.unexplainedShare).toBeLessThan(0.002);
    },
  );

  it.each([
    ["one thread that shares memory", threadsOfThisOne(1, true)],
    ["three threads that are given copies", threadsOfThisOne(3, false)],
    ["threads that are lost in the middle", threadsOfThisOne(2, false, 40)],
  ])("are the same with %s", async (_, lent) => {
    const { threads, answers } = watchedThreads(lent);
    const large = manyPixels();
    expect(await run(large, {}, threads)).toEqual(await doneAlone());
    expect(answers()).toBeGreaterThan(10);
  });

  it("leave out what the mask leaves out, whatever the run of pixels", async () => {
    const { mask } = manyPixels();
    const masked = await doneAlone();
    for (const pixel of [3, 2047, 2048, 15_000]) {
      const shares = masked.abundances.slice(3 * pixel, 3 * pixel + 3);
      const sum = shares.reduce((all, share) => all + share, 0);
      expect(sum).toBeCloseTo(mask[pixel]!, 5);
    }
    expect(mask[3]).toBe(0);
    expect(mask[2048]).toBe(1);
  });

  it("Poisson weights find shares more exactly than equal weights", async () => {
    const { truth, counts } = phantom();
    const errorOf = async (weighting: string) => {
      const found = await run({ counts, endmembers: pure }, { weighting });
      return truth.flat().reduce((sum, share, i) => sum + (found.abundances[i]! - share) ** 2, 0);
    };
    expect(await errorOf("poisson")).toBeLessThan(await errorOf("none"));
  });

  it("reports the share of counts of something that no endmember holds", async () => {
    const { counts } = phantom(6);
    const total = pure.map((spectrum) => spectrum.reduce((sum, value) => sum + value, 0));
    const found = await run({ counts, endmembers: pure });
    const expected = 6 / (6 + (total[0]! + total[1]! + 2 * total[2]!) / 4);
    expect(found.unexplainedShare).toBeGreaterThan(0.6 * expected);
    expect(found.unexplainedShare).toBeLessThan(1.1 * expected);
    expect(found.residual.reduce((sum, value) => sum + value, 0) / 600).toBeGreaterThan(1.3);
  });

  it("does not call a zero peak unexplained that the endmembers leave out", async () => {
    const { counts } = phantom();
    const cut = pure.map((spectrum) => spectrum.map((value, c) => (c < 5 ? 0 : value)));
    expect((await run({ counts, endmembers: cut })).unexplainedShare).toBeLessThan(0.002);
  });

  it("keeps thickness when not normalised, and shares when constrained", async () => {
    const dense = Float64Array.from({ length: 2 * channels }, (_, i) => (i < channels ? 1 : 3) * pure[1]![i % channels]!);
    const counts = countsFromDense([2], channels, dense, "intensity");
    for (const weighting of ["poisson", "none"]) {
      const free = await run({ counts, endmembers: pure }, { sumToOne: "no", weighting });
      [0, 1, 0, 0, 3, 0].forEach((value, i) => {
        expect(free.abundances[i]).toBeCloseTo(value, 4);
      });
      const held = await run({ counts, endmembers: pure }, { sumToOne: "constrain", weighting });
      for (const from of [0, 3]) {
        expect(held.abundances[from]! + held.abundances[from + 1]! + held.abundances[from + 2]!).toBeCloseTo(1, 5);
      }
      expect(held.abundances[1]).toBeCloseTo(1, 4);
      expect(free.residual[0]).toBeLessThan(1e-4);
    }
  });

  it("gives zeros where the mask or the lack of counts leaves a pixel out", async () => {
    const dense = new Float64Array(3 * channels);
    dense.set(pure[0]!.map(Math.round), 0);
    dense.set(pure[0]!.map(Math.round), 2 * channels);
    const counts = countsFromDense([3], channels, dense);
    const found = await run({ counts, endmembers: pure, mask: Uint8Array.of(1, 1, 0) });
    expect(found.abundances[0]).toBeGreaterThan(0.9);
    expect([...found.abundances.subarray(3)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...found.residual.subarray(1)]).toEqual([0, 0]);
  });

  it("refuses endmembers that cannot be", async () => {
    const { counts } = phantom();
    await expect(run({ counts, endmembers: [] })).rejects.toThrow(ParameterError);
    await expect(run({ counts, endmembers: [new Float64Array(channels)] })).rejects.toThrow(/zeros only/);
    await expect(run({ counts, endmembers: [new Float64Array(3).fill(1)] })).rejects.toThrow(ShapeError);
    await expect(run({ counts, endmembers: [pure[0]!.map((value) => -value)] })).rejects.toThrow(ParameterError);
    await expect(run({ counts, endmembers: pure, mask: new Uint8Array(2) })).rejects.toThrow(ShapeError);
  });
});
