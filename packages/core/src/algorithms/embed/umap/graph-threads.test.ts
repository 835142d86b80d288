import { describe, expect, it } from "vitest";
import { AbortedError, MemoryLimitError, ThreadLostError } from "../../../errors.js";
import { randomStream } from "../../../kernels/random.js";
import { isOver } from "../../../kernels/threads/crew.js";
import type { Threads, WorkContext } from "../../../spectrum-image/context.js";
import { quickestGraphProduct } from "./graph-product.js";
import type { GraphTask } from "./graph-threads.js";

/* That real threads give the bytes of one thread is tested on the command line, which has them: packages/cli/test/threads.test.ts. */

const vertices = 3000;
const random = randomStream(5, "graph-threads");
const rowStart = Int32Array.from({ length: vertices + 1 }, (_, row) => 6 * row);
const matrix = {
  vertices,
  rowStart,
  column: Int32Array.from({ length: 6 * vertices }, () => random.integer(vertices)),
  value: Float64Array.from({ length: 6 * vertices }, () => random.uniform() / 6),
};
const start = Array.from({ length: 6 }, () => Float64Array.from({ length: vertices }, () => random.normal()));

/** The block after two polynomials. */
async function filtered(context: WorkContext): Promise<Float64Array[]> {
  const [block, products] = [start.map((x) => x.slice()), start.map((x) => x.slice())];
  const product = await quickestGraphProduct(matrix, 6, context, 1);
  for (const degree of [4, 5]) {
    product.multiply(block, products);
    await product.filter(block, products, { centre: -0.3, halfWidth: 1.2, degree }, async () => {});
  }
  return block;
}

/** One thread more, which does its task in this way. */
function helped(run: Threads["run"]): Threads {
  return { helpers: 1, sharesMemory: true, run, dismiss: () => {} };
}

describe("polynomials of a graph on several threads", () => {
  it("have the same bytes on one thread when a helper is lost, which is then asked no more", async () => {
    let asked = 0;
    const threads = helped(async () => {
      asked += 1;
      throw new ThreadLostError("Gone.");
    });
    expect(await filtered({ threads })).toEqual(await filtered({}));
    expect(asked).toBe(1);
  });

  it("end with the error of a helper that fails", async () => {
    const failing = helped(() => Promise.reject(new MemoryLimitError("No room on the thread.")));
    await expect(filtered({ threads: failing })).rejects.toThrow(MemoryLimitError);
  });

  it("are stopped while they wait for a helper, and let the helper go", async () => {
    const stop = new AbortController();
    let letGo = false;
    const idle = helped(async (_, __, input) => {
      const { memory, crew } = input as GraphTask;
      setTimeout(() => stop.abort(), 20);
      while (!isOver(new Int32Array(memory.buffer, crew, 4))) await new Promise((resolve) => setTimeout(resolve, 5));
      letGo = true;
    });
    await expect(filtered({ threads: idle, signal: stop.signal })).rejects.toThrow(AbortedError);
    expect(letGo).toBe(true);
  });

  it("copy nothing to threads that share no memory", async () => {
    const far: Threads = { ...helped(() => Promise.reject(new MemoryLimitError("Asked."))), sharesMemory: false };
    expect(await filtered({ threads: far })).toEqual(await filtered({}));
  });
});
