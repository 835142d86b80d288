/**
 * How threads that work on one thing keep in step: a few integers in memory that all of them see. Who does which piece is left to chance, so only work may
 * be shared whose result does not depend on it: pieces write to places of their own.
 *
 * The thread that asked for the work, the lead, may be stopped and handles its host's events between pieces; its helpers do nothing else until they are let go.
 * The lead waits for helpers with Atomics.wait, which the main thread of a web page may not: pages compute in a worker.
 */
import { ThreadLostError, throwIfAborted } from "../../errors.js";
import type { Threads } from "../../spectrum-image/context.js";

/** Int32 words that a crew shares. */
export const CREW_WORDS = 4;
const NEXT = 0;
const ARRIVED = 1;
const MEETING = 2;
const ENDED = 3;

/** The number of the next piece of the stage in hand that nobody has taken, from 0. */
export function takePiece(crew: Int32Array): number {
  return Atomics.add(crew, NEXT, 1);
}

/** Waits, as a helper, until all `members` have done the stage in hand; pieces are counted anew then. False when the work is over. */
export function helperMeets(crew: Int32Array, members: number): boolean {
  const meeting = Atomics.load(crew, MEETING);
  if (!arrive(crew, members)) while (Atomics.load(crew, MEETING) === meeting) Atomics.wait(crew, MEETING, meeting);
  return Atomics.load(crew, ENDED) === 0;
}

const WAIT_MS = 50;
/** Waits, each with a look at the host's events, after which a helper that does not arrive is given up: 30 s. Pieces take milliseconds. */
const MOST_WAITS = 600;

/** Waits, as the lead. Throws what a helper threw, `ThreadLostError` when one ended or does not arrive, and `AbortedError` when the work was stopped. */
export async function leadMeets(
  crew: Int32Array,
  members: number,
  help: Help,
  signal: AbortSignal | undefined,
  mostWaits = MOST_WAITS,
): Promise<void> {
  const meeting = Atomics.load(crew, MEETING);
  if (arrive(crew, members)) return;
  for (let waits = 0; Atomics.load(crew, MEETING) === meeting; ) {
    if (Atomics.wait(crew, MEETING, meeting, WAIT_MS) !== "timed-out") continue;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    help.check();
    throwIfAborted(signal);
    waits += 1;
    if (waits >= mostWaits) help.giveUp();
  }
}

/** True for the last to arrive, who opens the next stage. */
function arrive(crew: Int32Array, members: number): boolean {
  if (Atomics.add(crew, ARRIVED, 1) < members - 1) return false;
  Atomics.store(crew, ARRIVED, 0);
  Atomics.store(crew, NEXT, 0);
  nextMeeting(crew);
  return true;
}

function nextMeeting(crew: Int32Array): void {
  Atomics.add(crew, MEETING, 1);
  Atomics.notify(crew, MEETING);
}

/** Lets all helpers go, wherever they are; those in the middle of a piece finish it first. */
export function endWork(crew: Int32Array): void {
  Atomics.store(crew, ENDED, 1);
  nextMeeting(crew);
}

/** Whether the lead has let its helpers go. */
export function isOver(crew: Int32Array): boolean {
  return Atomics.load(crew, ENDED) !== 0;
}

/** Helpers at work. */
export interface Help {
  /** Throws what a helper threw. */
  check(): void;
  /** Settles when no helper works any more, whether or not one failed; after a moment in any case. */
  done(): Promise<void>;
  /** Ends the helpers that still owe something, and throws `ThreadLostError`. */
  giveUp(): never;
}

/** Longest wait, ms, for helpers that were let go: one that is still being started needs no answer. */
const LAST_WAIT_MS = 500;

/** Has helpers do the same task, each with an input of its own, and watches over them. */
export function sendHelpers(threads: Threads, task: string, inputs: readonly unknown[]): Help {
  const failures: unknown[] = [];
  const owing = new Set(inputs.keys());
  const settled = inputs.map(async (input, helper) => {
    try {
      await threads.run(helper, task, input);
    } catch (error) {
      failures.push(error);
    }
    owing.delete(helper);
  });
  return {
    check() {
      if (failures.length > 0) throw failures[0];
    },
    async done() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const moment = new Promise((resolve) => {
        timer = setTimeout(resolve, LAST_WAIT_MS);
      });
      await Promise.race([Promise.all(settled), moment]);
      clearTimeout(timer);
    },
    giveUp() {
      for (const helper of owing) threads.dismiss(helper);
      throw new ThreadLostError("A thread that helped answers no more.");
    },
  };
}
