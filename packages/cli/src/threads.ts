/** Threads of Node that help a computation: started when a task first needs them, ended with the work. */
import { Worker } from "node:worker_threads";
import { type ThreadEvents, type ThreadPool, type ThreadPort, threadPool } from "@sigma-eds/core";

/** `threads` in all, the one that computes included; from 1. */
export function nodeThreads(threads: number): ThreadPool {
  return threadPool({ helpers: threads - 1, sharesMemory: true, start: startWorker });
}

function startWorker({ reply, lost }: ThreadEvents): ThreadPort {
  const worker = new Worker(new URL("./thread-worker.js", import.meta.url));
  worker.on("message", reply);
  worker.on("error", (error) => lost(String(error)));
  worker.on("messageerror", () => lost("a message could not be read"));
  worker.on("exit", () => lost("it ended"));
  return {
    send: (request) => worker.postMessage(request),
    async end() {
      await worker.terminate();
    },
  };
}
