/** Threads of Node that help a computation: started when a task first needs them, ended with the work. */
import { Worker } from "node:worker_threads";
import { reviveError, type SerialisedError, type Threads } from "@sigma-eds/core";

/** What a worker answers to a task. */
export type ThreadAnswer = { readonly done: true } | { readonly failed: SerialisedError } | { readonly broken: unknown };

export interface NodeThreads extends Threads {
  /** Ends all workers; tasks that they still do are lost. */
  close(): Promise<void>;
}

/** `threads` in all, the one that computes included; from 1. */
export function nodeThreads(threads: number): NodeThreads {
  const workers = new Map<number, Worker>();
  const workerOf = (helper: number): Worker => {
    const known = workers.get(helper);
    if (known !== undefined) return known;
    const worker = new Worker(new URL("./thread-worker.js", import.meta.url));
    workers.set(helper, worker);
    return worker;
  };
  return {
    helpers: Math.max(Math.floor(threads) - 1, 0),
    run: (helper, task, input) => answered(workerOf(helper), task, input),
    async close() {
      await Promise.all(Array.from(workers.values(), (worker) => worker.terminate()));
      workers.clear();
    },
  };
}

function answered(worker: Worker, task: string, input: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off("message", onMessage).off("error", onError);
      act();
    };
    const onError = (error: unknown): void => settle(() => reject(error));
    const onMessage = (answer: ThreadAnswer): void =>
      settle(() => {
        if ("done" in answer) resolve();
        else reject("failed" in answer ? reviveError(answer.failed) : answer.broken);
      });
    worker.on("message", onMessage).on("error", onError);
    worker.postMessage({ task, input });
  });
}
