import { describe, expect, it } from "vitest";
import { AbortedError, MemoryLimitError, ThreadLostError } from "../../../errors.js";
import { arraysIn } from "../../../kernels/kernel-memory.js";
import { randomStream } from "../../../kernels/random.js";
import type { Threads } from "../../../spectrum-image/context.js";
import { parseParameters } from "../../parameters.js";
import { threadTasks } from "../../thread-tasks.js";
import { autoencoder } from "./autoencoder.js";
import { networkPlan, roomFor } from "./network-memory.js";
import { NETWORK_TASK, type NetworkTask, withTeam } from "./team.js";
import { drawWeights } from "./weights.js";

/* That real threads give the bytes of one thread is tested on the command line, which has them: packages/cli/test/threads.test.ts. */

const architecture = {
  kind: "autoencoder" as const,
  features: 4,
  hiddenSizes: [8, 6],
  latentDimensions: 2,
  output: "linear" as const,
};
const options = { objective: { loss: "mse", divergenceWeight: 0 } as const, weightDecay: 0, pixels: 100, sharedFrom: 1 };

/** Places of 16 pixels, by a network whose weights are drawn. */
async function places(threads?: Threads, signal?: AbortSignal): Promise<Float32Array> {
  return withTeam(architecture, options, { threads, signal }, async ({ network, carryOut }) => {
    drawWeights(network.weights, randomStream(1, "team"));
    network.presented.fill(0.5, 0, 30);
    await carryOut({ what: "there", rows: 16 });
    return network.latent.values.slice(0, 32);
  });
}

/** One thread more, which does its task in this way. */
function helped(run: Threads["run"]): Threads {
  return { helpers: 1, sharesMemory: true, run, dismiss: () => {} };
}

describe("a team that trains a network", () => {
  it("ends with the error of a helper that fails, and does not wait for it", async () => {
    const failing = helped(() => Promise.reject(new MemoryLimitError("No room on the thread.")));
    await expect(places(failing)).rejects.toThrow(MemoryLimitError);
  });

  it("is stopped while it waits for a helper, and lets the helper go", async () => {
    const stop = new AbortController();
    let letGo = false;
    const idle = helped(async (_, task, input) => {
      expect(task).toBe(NETWORK_TASK);
      const { memory, work, member } = input as NetworkTask;
      const { words } = arraysIn(memory, networkPlan(roomFor(work.architecture, work.capacity), member.of));
      setTimeout(() => stop.abort(), 20);
      while (Atomics.load(words, 0) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      letGo = true;
    });
    await expect(places(idle, stop.signal)).rejects.toThrow(AbortedError);
    expect(letGo).toBe(true);
  });

  it("gives the same bytes on one thread when a helper is lost, and copies no memory to threads that cannot share it", async () => {
    const one = await places();
    expect(one.some((value) => value !== 0)).toBe(true);
    let asked = 0;
    const lost = helped(() => {
      asked += 1;
      return Promise.reject(new ThreadLostError("Gone."));
    });
    expect(await places(lost)).toEqual(one);
    expect(asked).toBe(1);
    const far: Threads = { ...helped(() => Promise.reject(new MemoryLimitError("Asked."))), sharesMemory: false };
    expect(await places(far)).toEqual(one);
  });

  it("asks nobody for a network that one thread trains in a moment", async () => {
    const features = { rows: 100, columns: 4, data: new Float32Array(400).fill(1) };
    const threads = helped(() => Promise.reject(new MemoryLimitError("Asked.")));
    const given = parseParameters(autoencoder, { epochs: 1 });
    expect((await autoencoder.run({ features }, given, { seed: 1, threads })).training.trainLoss).toHaveLength(1);
  });

  it("lets a helper that has been let go end its task", async () => {
    let task: Promise<unknown> = Promise.resolve();
    const late = helped((_, name, input) => {
      task = new Promise((resolve) => setTimeout(resolve, 100)).then(() => threadTasks()(name, input));
      return task;
    });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 10);
    await expect(places(late, stop.signal)).rejects.toThrow(AbortedError);
    await expect(task).resolves.toBeUndefined();
  });
});
