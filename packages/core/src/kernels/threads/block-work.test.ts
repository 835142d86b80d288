import { describe, expect, it } from "vitest";
import { AbortedError, DataCheckError, ThreadLostError } from "../../errors.js";
import type { Threads } from "../../spectrum-image/context.js";
import { anyWork, type BlockOrder, type BlockWork, beginBlocks, blockServer } from "./block-work.js";

/** Sums of a tenth of the numbers each, times the stage. */
const sums: BlockWork<Float64Array, number, Float64Array> = {
  name: "sums",
  bytes: (numbers) => numbers.byteLength,
  async begin(numbers) {
    let factor = 1;
    return {
      stage(given) {
        factor = given;
      },
      block(block) {
        let sum = 0;
        for (let i = 0; i < 10; i++) sum += factor * numbers[10 * block + i]!;
        return Float64Array.of(sum);
      },
    };
  },
};

const numbers = Float64Array.from({ length: 1000 }, (_, i) => 1 / (i + 1));

/** Threads that answer after a moment, each by a server of its own; `spoil` may throw in place of an answer. */
function threadsOf(
  helpers: number,
  spoil: (order: BlockOrder, helper: number) => void = () => {},
  sharesMemory = false,
): Threads & { readonly blocks: number[] } {
  const servers = Array.from({ length: helpers }, () => blockServer([anyWork(sums)]));
  const blocks: number[] = [];
  return {
    helpers,
    sharesMemory,
    blocks,
    async run(helper, _, order) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      spoil(order as BlockOrder, helper);
      const answer = await servers[helper]!(structuredClone(order) as BlockOrder);
      if ("block" in (order as BlockOrder) || (Array.isArray(answer) && answer.length > 0)) blocks.push(helper);
      return answer;
    },
    dismiss() {},
  };
}

async function summed(threads?: Threads, signal?: AbortSignal): Promise<Float64Array[]> {
  const blocks = await beginBlocks(sums, numbers, { threads, signal });
  const stages = [1, 3].map((factor) => ({ factor, found: new Float64Array(100) }));
  for (const { factor, found } of stages) {
    await blocks.run(factor, 100, (result, block) => {
      const begin = performance.now();
      while (performance.now() - begin < 0.2);
      found[block] = result[0]!;
    });
  }
  blocks.end();
  return stages.map(({ found }) => found);
}

describe("work in blocks", () => {
  it("gives the same for any number of threads, which all take part", async () => {
    const one = await summed();
    expect(one[1]![7]).toBeCloseTo(3 * one[0]![7]!, 12);
    for (const helpers of [1, 3]) {
      const threads = threadsOf(helpers);
      expect(await summed(threads)).toEqual(one);
      expect(new Set(threads.blocks).size).toBe(helpers);
    }
  });

  it("gives the same where threads share memory and take blocks for themselves", async () => {
    const one = await summed();
    for (const helpers of [1, 3]) {
      const threads = threadsOf(helpers, () => {}, true);
      expect(await summed(threads)).toEqual(one);
      expect(threads.blocks.length).toBeGreaterThan(0);
    }
  });

  it("does alone what a lost thread took for itself", async () => {
    let shares = 0;
    const dying = threadsOf(2, () => {}, true);
    const run: Threads["run"] = async (helper, task, order) => {
      const answer = await dying.run(helper, task, order);
      if (helper === 1 && "deal" in (order as BlockOrder) && ++shares > 1) throw new ThreadLostError("Gone.");
      return answer;
    };
    expect(await summed({ ...dying, run })).toEqual(await summed());
    expect(shares).toBeGreaterThan(1);
  });

  it("does alone what a lost thread was to do", async () => {
    let answers = 0;
    const dying = threadsOf(2, (order, helper) => {
      if (helper === 1 && "block" in order && ++answers > 3) throw new ThreadLostError("Gone.");
    });
    expect(await summed(dying)).toEqual(await summed());
    const dead = threadsOf(1, () => {
      throw new ThreadLostError("Never came.");
    });
    expect(await summed(dead)).toEqual(await summed());
  });

  it("does alone what threads cannot begin", async () => {
    const threads = threadsOf(1, () => {}, true);
    const run: Threads["run"] = (helper, task, order) =>
      threads.run(helper, task, "begin" in (order as BlockOrder) ? { ...(order as object), begin: "songs" } : order);
    expect(await summed({ ...threads, run })).toEqual(await summed());
    expect(threads.blocks).toEqual([]);
  });

  it.each([false, true])("throws what a thread throws; shared memory: %s", async (sharesMemory) => {
    const failing = threadsOf(
      1,
      (order) => {
        if ("block" in order || "deal" in order) throw new DataCheckError("A block is damaged.");
      },
      sharesMemory,
    );
    await expect(summed(failing)).rejects.toThrow(DataCheckError);
  });

  it("is stopped between blocks, also while it waits for a thread", async () => {
    const stop = new AbortController();
    const silent: Threads = {
      ...threadsOf(1),
      run: async (_, __, order) => {
        if (!("block" in (order as BlockOrder))) return undefined;
        setTimeout(() => stop.abort(), 10);
        return new Promise(() => {});
      },
    };
    await expect(summed(silent, stop.signal)).rejects.toThrow(AbortedError);
  });

  it("refuses work that it does not know", async () => {
    await expect(blockServer([anyWork(sums)])({ id: 1, begin: "songs", input: 0 })).rejects.toThrow(/no such work/);
  });
});
