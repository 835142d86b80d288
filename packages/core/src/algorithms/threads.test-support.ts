import { type ThreadPool, type ThreadRequest, threadPool } from "../kernels/threads/thread-pool.js";
import { serveThread } from "./thread-tasks.js";

/**
 * Threads that are none: their tasks run here, between others, on copies of what they are sent (memory that is shared stays shared). `lostAfter` answers each is lost.
 * Only for work in blocks: a crew that waits for its members would wait for ever.
 */
export function threadsOfThisOne(helpers: number, sharesMemory: boolean, lostAfter = Number.POSITIVE_INFINITY): ThreadPool {
  return threadPool({
    helpers,
    sharesMemory,
    start({ reply, lost }) {
      let answers = 0;
      let onRequest: (request: ThreadRequest) => void = () => {};
      serveThread({
        listen: (given) => {
          onRequest = given;
        },
        send: (answer) => {
          if (answers === lostAfter) lost("ended by a test");
          answers += 1;
          setTimeout(() => reply(structuredClone(answer)), 0);
        },
      });
      return { send: (request) => onRequest(structuredClone(request)), end: async () => {} };
    },
  });
}
