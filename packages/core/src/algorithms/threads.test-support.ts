import { type ThreadPool, type ThreadRequest, threadPool } from "../kernels/threads/thread-pool.js";
import type { Threads } from "../spectrum-image/context.js";
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
          // As a port does: what is sent later is what it is now.
          const sent = structuredClone(answer);
          setTimeout(() => reply(sent), 0);
        },
      });
      return { send: (request) => onRequest(structuredClone(request)), end: async () => {} };
    },
  });
}

/** The same threads, and how many arrays or lists they have answered with: 0 where the work was all done here. */
export function watchedThreads(threads: Threads): { readonly threads: Threads; answers(): number } {
  let answers = 0;
  return {
    threads: {
      get helpers() {
        return threads.helpers;
      },
      sharesMemory: threads.sharesMemory,
      async run(helper, task, input) {
        const answer = await threads.run(helper, task, input);
        if (answer !== undefined) answers += 1;
        return answer;
      },
      dismiss: (helper) => threads.dismiss(helper),
    },
    answers: () => answers,
  };
}
