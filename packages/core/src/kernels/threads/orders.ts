/**
 * How threads do many short pieces of work together: one of them, the lead, gives an order, all carry out their part of it at once, and the lead goes on when all are
 * done. A few integers in memory that all of them see say how far they are.
 *
 * The next order most often comes within microseconds, sooner than a thread is woken. So a waiting thread looks for a moment before it sleeps, as long as that is mostly of use:
 * on a busy computer, where those that it waits for wait for a core, it hardly looks at all. The lead waits with Atomics.wait, which the main thread of a web page may not: pages
 * compute in a worker.
 */
import { throwIfAborted } from "../../errors.js";
import type { Help } from "./crew.js";

/** Int32 words that the threads share. */
export const ORDER_WORDS = 4;
/** Counts the orders; the last one is that the work is over. */
const GIVEN = 0;
/** How many helpers have carried out the order in hand. */
const DONE = 1;
const ENDED = 2;

/** Each takes some nanoseconds: at most a tenth of a millisecond in all. */
const MOST_LOOKS = 16_384;
const FEWEST_LOOKS = 64;
/** Whoever slept for less had better looked on. */
const SHORT_SLEEP_MS = 0.15;
const WAIT_MS = 50;
/** Waits of the lead, each with a look at the host's events, after which a helper that is not done is given up: 30 s. Orders take milliseconds. */
const MOST_WAITS = 600;

/** The end of one thread: how it waits for the others. */
class Watch {
  readonly words: Int32Array;
  #looks = MOST_LOOKS;

  constructor(words: Int32Array) {
    this.words = words;
  }

  /** Waits until a word is no longer what it was; false when `ms` have passed before. */
  changes(word: number, known: number, ms?: number): boolean {
    for (let look = 0; look < this.#looks; look++) if (Atomics.load(this.words, word) !== known) return true;
    const begin = performance.now();
    const isTooLate = Atomics.wait(this.words, word, known, ms) === "timed-out";
    const wasShort = performance.now() - begin < SHORT_SLEEP_MS;
    this.#looks = wasShort ? Math.min(MOST_LOOKS, 2 * this.#looks) : Math.max(FEWEST_LOOKS, this.#looks / 2);
    return !isTooLate;
  }
}

/** What a helper does: each order, as soon as it is given, until the lead lets it go. */
export function followOrders(words: Int32Array, carryOut: () => void): void {
  const watch = new Watch(words);
  for (let known = 0; ; known++) {
    while (Atomics.load(words, GIVEN) === known) watch.changes(GIVEN, known);
    if (Atomics.load(words, ENDED) !== 0) return;
    carryOut();
    Atomics.add(words, DONE, 1);
    Atomics.notify(words, DONE);
  }
}

/** The lead's side. */
export interface Orders {
  /** Gives an order, which must lie in the shared memory, to all helpers. */
  give(): void;
  /** Settles when all helpers are done. Throws what a helper threw, `ThreadLostError` when one ended or is never done, and `AbortedError` when the work was stopped. */
  allDone(): Promise<void>;
  /** Lets the helpers go; those in the middle of an order finish it first. */
  end(): Promise<void>;
}

/** Orders to helpers that were sent with these words. */
export function ordersTo(
  help: Help,
  helpers: number,
  words: Int32Array,
  signal: AbortSignal | undefined,
  mostWaits = MOST_WAITS,
): Orders {
  const watch = new Watch(words);
  const give = (): void => {
    Atomics.store(words, DONE, 0);
    Atomics.add(words, GIVEN, 1);
    Atomics.notify(words, GIVEN);
  };
  return {
    give,
    async allDone() {
      let waits = 0;
      for (let done = Atomics.load(words, DONE); done < helpers; done = Atomics.load(words, DONE)) {
        if (watch.changes(DONE, done, WAIT_MS)) continue;
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        help.check();
        throwIfAborted(signal);
        waits += 1;
        if (waits >= mostWaits) help.giveUp();
      }
    },
    async end() {
      Atomics.store(words, ENDED, 1);
      give();
      await help.done();
    },
  };
}
