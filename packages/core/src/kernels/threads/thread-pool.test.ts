import { describe, expect, it } from "vitest";
import { DataCheckError, ThreadLostError } from "../../errors.js";
import { type ThreadEvents, type ThreadPoolOptions, type ThreadRequest, threadPool } from "./thread-pool.js";

/** A pool of one helper whose thread is this: what it is sent goes to `answer`, with the means to reply. */
function poolOf(answer: (request: ThreadRequest, events: ThreadEvents) => void, options: Partial<ThreadPoolOptions> = {}) {
  const seen = { starts: 0, ends: 0 };
  const pool = threadPool({
    helpers: 1,
    sharesMemory: true,
    start(events) {
      seen.starts += 1;
      events.reply({ ready: true });
      return {
        send: (request) => answer(request, events),
        async end() {
          seen.ends += 1;
        },
      };
    },
    ...options,
  });
  return { pool, seen };
}

describe("a pool of threads", () => {
  it("starts a thread when it is first asked, and gives each answer to the one who asked", async () => {
    const { pool, seen } = poolOf(({ id, input }, { reply }) =>
      setTimeout(() => reply({ id, value: Number(input) + 1 }), 5 - Number(input)),
    );
    expect(seen.starts).toBe(0);
    expect(await Promise.all([pool.run(0, "add", 1), pool.run(0, "add", 2)])).toEqual([2, 3]);
    expect(seen.starts).toBe(1);
    await pool.close();
    expect(seen.ends).toBe(1);
  });

  it("brings an error of the core back in its class", async () => {
    const failed = new DataCheckError("No counts.", { where: "block 3" }).serialise();
    const { pool } = poolOf(({ id }, { reply }) => reply({ id, failed }));
    await expect(pool.run(0, "any", 0)).rejects.toThrow(DataCheckError);
    expect(pool.helpers).toBe(1);
  });

  it("rejects what a thread still owes when it ends, and lends none any more", async () => {
    const { pool, seen } = poolOf((_, { lost }) => lost("out of memory"));
    const first = pool.run(0, "any", 0);
    await expect(first).rejects.toThrow(ThreadLostError);
    await expect(first).rejects.toThrow(/out of memory/);
    expect(pool.helpers).toBe(0);
    await expect(pool.run(0, "any", 0)).rejects.toThrow(ThreadLostError);
    expect(seen).toEqual({ starts: 1, ends: 1 });
  });

  it("counts a thread as lost that cannot be started, cannot be sent to, never gets ready or is dismissed", async () => {
    const refuses = () => {
      throw new DataCheckError("No workers here.");
    };
    const { pool: none } = poolOf(() => {}, { start: refuses });
    await expect(none.run(0, "any", 0)).rejects.toThrow(/No workers here/);
    const { pool: deaf } = poolOf(refuses);
    await expect(deaf.run(0, "any", 0)).rejects.toThrow(ThreadLostError);
    const { pool: slow } = poolOf(() => {}, { startMs: 1, start: () => ({ send() {}, end: async () => {} }) });
    await expect(slow.run(0, "any", 0)).rejects.toThrow(/did not start/);
    const { pool: idle } = poolOf(() => {});
    const asked = idle.run(0, "any", 0);
    idle.dismiss(0);
    await expect(asked).rejects.toThrow(/did not answer/);
    expect([none.helpers, deaf.helpers, slow.helpers, idle.helpers]).toEqual([0, 0, 0, 0]);
  });
});
