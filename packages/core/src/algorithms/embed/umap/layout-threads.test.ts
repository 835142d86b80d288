import { describe, expect, it } from "vitest";
import { AbortedError, MemoryLimitError, ThreadLostError } from "../../../errors.js";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import { isOver } from "../../../kernels/threads/crew.js";
import type { Threads } from "../../../spectrum-image/context.js";
import { threadTasks } from "../../thread-tasks.js";
import { fitSimilarityCurve } from "./curve.js";
import { fuzzyGraph } from "./fuzzy-graph.js";
import { optimiseLayout } from "./layout.js";
import type { LayoutTask } from "./layout-threads.js";

/* That real threads give the bytes of one thread is tested on the command line, which has them: packages/cli/test/run.test.ts. */

const rows = 2100;
const random = randomStream(8, "layout-threads");
const points = { rows, columns: 3, data: Float32Array.from({ length: 3 * rows }, () => random.normal()) };
const graph = await fuzzyGraph(await nearestNeighbours(points, 6), 1, 1);
const curve = fitSimilarityCurve(0.1, 1);
const options = { dimensions: 2, epochs: 3, curve, learningRate: 1, repulsionStrength: 1, negativeSampleRate: 5, sharedFrom: 1 };

async function laidOut(threads?: Threads, signal?: AbortSignal): Promise<Float32Array> {
  const positions = Float32Array.from({ length: 2 * rows }, (_, i) => i % 7);
  await optimiseLayout(positions, graph, options, { seed: 1, threads, signal });
  return positions;
}

/** One thread more, which does its task in this way. */
function helped(run: Threads["run"]): Threads {
  return { helpers: 1, sharesMemory: true, run, dismiss: () => {} };
}

describe("the layout on several threads", () => {
  it("ends with the error of a helper that fails, and does not wait for it", async () => {
    const failing = helped(() => Promise.reject(new MemoryLimitError("No room on the thread.")));
    await expect(laidOut(failing)).rejects.toThrow(MemoryLimitError);
  });

  it("is stopped while it waits for a helper, and lets the helper go", async () => {
    const stop = new AbortController();
    let letGo = false;
    const idle = helped(async (_, __, input) => {
      const { memory, crew } = input as LayoutTask;
      setTimeout(() => stop.abort(), 20);
      while (!isOver(new Int32Array(memory.buffer, crew, 4))) await new Promise((resolve) => setTimeout(resolve, 5));
      letGo = true;
    });
    await expect(laidOut(idle, stop.signal)).rejects.toThrow(AbortedError);
    expect(letGo).toBe(true);
  });

  it("gives the same bytes on one thread when a helper is lost, and copies no memory to threads that cannot share it", async () => {
    const one = await laidOut();
    const lost = helped(() => Promise.reject(new ThreadLostError("Gone.")));
    expect(await laidOut(lost)).toEqual(one);
    const far: Threads = { ...helped(() => Promise.reject(new MemoryLimitError("Asked."))), sharesMemory: false };
    expect(await laidOut(far)).toEqual(one);
  });

  it("refuses a task that is not known", async () => {
    await expect(threadTasks()("sing", {})).rejects.toThrow(/no such task/);
  });
});
