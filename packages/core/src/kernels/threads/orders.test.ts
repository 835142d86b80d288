import { describe, expect, it } from "vitest";
import { AbortedError, MemoryLimitError, ThreadLostError } from "../../errors.js";
import type { Help } from "./crew.js";
import { followOrders, ORDER_WORDS, ordersTo } from "./orders.js";

/* That real threads follow orders is tested on the command line, which has them: packages/cli/test/threads.test.ts. */

const newWords = (): Int32Array => new Int32Array(new SharedArrayBuffer(4 * ORDER_WORDS));

const help: Help = {
  check() {},
  async done() {},
  giveUp() {
    throw new ThreadLostError("A thread that helped answers no more.");
  },
};

describe("orders", () => {
  it("are each carried out once, until the lead lets its helpers go", async () => {
    const words = newWords();
    const orders = ordersTo(help, 1, words, undefined);
    const settled: Promise<void>[] = [];
    let carriedOut = 0;
    orders.give();
    followOrders(words, () => {
      carriedOut += 1;
      if (carriedOut < 3) orders.give();
      else settled.push(orders.end());
    });
    expect(carriedOut).toBe(3);
    await orders.allDone();
    await Promise.all(settled);
  });

  it("are not followed after the end", async () => {
    const words = newWords();
    const orders = ordersTo(help, 1, words, undefined);
    orders.give();
    await orders.end();
    followOrders(words, () => expect.unreachable());
  });

  it("end with what a helper threw, when the work is stopped, and when a helper is never done", async () => {
    const failed: Help = {
      ...help,
      check() {
        throw new MemoryLimitError("No room on the thread.");
      },
    };
    const waiting = (given: Help, signal?: AbortSignal) => {
      const orders = ordersTo(given, 1, newWords(), signal, 2);
      orders.give();
      return orders.allDone();
    };
    await expect(waiting(failed)).rejects.toThrow(MemoryLimitError);
    await expect(waiting(help, AbortSignal.abort())).rejects.toThrow(AbortedError);
    await expect(waiting(help)).rejects.toThrow(ThreadLostError);
  });
});
