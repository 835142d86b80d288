import { throwIfAborted } from "../errors.js";

/** What every long computation is given: a way to be stopped and a way to say how far it is. */
export interface WorkContext {
  readonly signal?: AbortSignal | undefined;
  /** Fraction 0 to 1 of this piece of work, and optionally what is being done, in a few words. */
  readonly onProgress?: ((fraction: number, message?: string) => void) | undefined;
  /** Threads that may help; without them all is done in this one. */
  readonly threads?: Threads | undefined;
}

/** Threads that a host lends. No result depends on how many there are, nor on whether one is lost. */
export interface Threads {
  /** How many, besides the one that computes; 0 or more. */
  readonly helpers: number;
  /** Whether they see memory that is handed to them (SharedArrayBuffer); else what they are given is copied. */
  readonly sharesMemory: boolean;
  /**
   * Has helper 0 ... helpers - 1 do a task of `serveThread`, one after the other; settles with what the task gives. Rejects with what the task threw,
   * and with `ThreadLostError` when the thread has ended.
   */
  run(helper: number, task: string, input: unknown): Promise<unknown>;
  /** Ends a helper that answers no more; what it still had to do is rejected with `ThreadLostError`. */
  dismiss(helper: number): void;
}

/** A computation that draws random numbers: everything random comes from `seed`. */
export interface SeededContext extends WorkContext {
  readonly seed: number;
}

const BREATH_MS = 50;

/**
 * A pause for long loops: call it often (every few milliseconds of work). It throws `AbortedError` when the work was stopped, and
 * every 50 ms lets the host handle its events, so that stopping and drawing work while the computation runs. It never changes a result.
 */
export function breather(context: WorkContext): () => Promise<void> {
  let last = performance.now();
  return async () => {
    throwIfAborted(context.signal);
    if (performance.now() - last < BREATH_MS) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    throwIfAborted(context.signal);
    last = performance.now();
  };
}

/** A context for a part of the work: progress 0 to 1 of the part is reported as `from` to `to` of the whole. */
export function partOf<C extends WorkContext>(context: C, from: number, to: number): C {
  const { onProgress } = context;
  if (onProgress === undefined) return context;
  return { ...context, onProgress: (fraction, message) => onProgress(from + (to - from) * fraction, message) };
}
