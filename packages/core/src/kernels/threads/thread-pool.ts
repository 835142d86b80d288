/** Threads of any host behind one interface: what Node's worker threads and a browser's workers have in common is a port. */
import { reviveError, type SerialisedError, ThreadLostError } from "../../errors.js";
import type { Threads } from "../../spectrum-image/context.js";
import { afterTicks } from "./patience.js";

/** What a pool sends to a thread. */
export interface ThreadRequest {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

/** What a thread sends: once that it is ready, then an answer to each request. */
export type ThreadReply =
  | { readonly ready: true }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: SerialisedError }
  | { readonly id: number; readonly broken: unknown };

/** A thread that a host has started. */
export interface ThreadPort {
  send(request: ThreadRequest): void;
  /** Ends the thread, whatever it does. */
  end(): Promise<void>;
}

/** What a host tells of a thread that it has started. */
export interface ThreadEvents {
  reply(reply: ThreadReply): void;
  /** The thread has ended or could not be started. */
  lost(reason: string): void;
}

export interface ThreadPoolOptions {
  /** Threads besides the one that computes; 0 or more. */
  readonly helpers: number;
  /** Whether memory that is handed over is seen by both sides. */
  readonly sharesMemory: boolean;
  start(events: ThreadEvents): ThreadPort;
  /** How long a thread may take until it is ready, ms. Default: 20 s. */
  readonly startMs?: number;
}

export interface ThreadPool extends Threads {
  /** Ends all threads; tasks that they still do are lost. */
  close(): Promise<void>;
}

const START_MS = 20_000;

/**
 * Threads that are started when a task first needs them. A pool that has lost a thread lends none any more: what made it end, most often that there is no
 * memory, would end the next.
 */
export function threadPool({ helpers, sharesMemory, start, startMs = START_MS }: ThreadPoolOptions): ThreadPool {
  const members = new Map<number, Member>();
  let isDamaged = false;
  const memberOf = (helper: number): Member => {
    const known = members.get(helper);
    if (known !== undefined) return known;
    const member = new Member(start, startMs, () => {
      isDamaged = true;
    });
    members.set(helper, member);
    return member;
  };
  return {
    get helpers() {
      return isDamaged ? 0 : Math.max(Math.floor(helpers), 0);
    },
    sharesMemory,
    run: (helper, task, input) => memberOf(helper).run(task, input),
    dismiss: (helper) => members.get(helper)?.lose("it did not answer"),
    async close() {
      await Promise.all(Array.from(members.values(), (member) => member.close()));
      members.clear();
    },
  };
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** One thread and what it still owes. */
class Member {
  readonly #waiting = new Map<number, Waiting>();
  readonly #port: ThreadPort | undefined;
  readonly #onLost: () => void;
  readonly #stopWaiting: () => void;
  #asked = 0;
  #lost: ThreadLostError | undefined;

  constructor(start: ThreadPoolOptions["start"], startMs: number, onLost: () => void) {
    this.#onLost = onLost;
    this.#stopWaiting = afterTicks(startMs, () => this.lose("it did not start"));
    try {
      this.#port = start({ reply: (reply) => this.#take(reply), lost: (reason) => this.lose(reason) });
    } catch (error) {
      this.lose(String(error));
    }
  }

  run(task: string, input: unknown): Promise<unknown> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      try {
        this.#port?.send({ id, task, input });
      } catch (error) {
        // Most often: memory that may not be sent.
        this.lose(String(error));
      }
    });
  }

  lose(reason: string): void {
    if (this.#lost !== undefined) return;
    this.#lost = new ThreadLostError("A thread that helped was lost.", { found: reason });
    this.#onLost();
    void this.close();
  }

  async close(): Promise<void> {
    this.#stopWaiting();
    this.#lost ??= new ThreadLostError("The threads were closed.");
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
    await this.#port?.end();
  }

  #take(reply: ThreadReply): void {
    if ("ready" in reply) {
      this.#stopWaiting();
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("value" in reply) waiting?.resolve(reply.value);
    else waiting?.reject("failed" in reply ? reviveError(reply.failed) : reply.broken);
  }
}
