/** Workers that help the engine's: started when a task first needs them. They see its memory where the page is isolated from others, else they are given copies. */
import { type ThreadEvents, type ThreadPool, type ThreadPort, type ThreadReply, threadPool } from "@sigma-eds/core";

/** More threads than this wait for each other more than they help. */
const MOST_THREADS = 4;

/** As many as the machine has cores, the one that computes included. */
export function webThreads(): ThreadPool {
  const threads = Math.min(navigator.hardwareConcurrency || 1, MOST_THREADS);
  return threadPool({ helpers: threads - 1, sharesMemory: crossOriginIsolated, start: startWorker });
}

function startWorker({ reply, lost }: ThreadEvents): ThreadPort {
  const worker = new Worker(new URL("./thread-worker.ts", import.meta.url), { type: "module", name: "thread" });
  worker.addEventListener("message", ({ data }: MessageEvent<ThreadReply>) => reply(data));
  worker.addEventListener("error", (event) => lost(event.message || "it ended without a word"));
  worker.addEventListener("messageerror", () => lost("a message could not be read"));
  return {
    send: (request) => worker.postMessage(request),
    async end() {
      worker.terminate();
    },
  };
}
