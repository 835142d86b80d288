/**
 * Work in fixed blocks on whoever is free. A block's result depends on the block alone, so neither the number of threads nor who does what changes anything;
 * blocks of a thread that is lost are done by the one that asked. Threads need not share memory: results come back as messages.
 */
import { ParameterError, ThreadLostError, throwIfAborted } from "../../errors.js";
import type { Threads, WorkContext } from "../../spectrum-image/context.js";
import { afterTicks } from "./patience.js";

/** Work that threads know by its name. */
export interface BlockWork<Input, Stage, Result> {
  readonly name: string;
  /** What the input takes where threads share no memory and each is given a copy. */
  bytes(input: Input): number;
  /** Makes a thread ready, once for all stages. */
  begin(input: Input): Promise<StageWorker<Stage, Result>>;
}

/** Does the blocks of one stage after another. */
export interface StageWorker<Stage, Result> {
  /** What the blocks from now on are done with. */
  stage(stage: Stage): void | Promise<void>;
  /** Does one block. The next call may write over the result: it is read, or posted, before. */
  block(block: number): Result;
}

/** Work that has begun. */
export interface Blocks<Stage, Result> {
  /** Does blocks 0 ... count - 1; `place` is given each result, in any order. */
  run(stage: Stage, count: number, place: (result: Result, block: number) => void): Promise<void>;
  /** Lets the threads forget the work. */
  end(): void;
}

/** What `blockServer` can be asked. */
export type BlockOrder =
  | { readonly id: number; readonly begin: string; readonly input: unknown }
  | { readonly id: number; readonly stage: unknown }
  | { readonly id: number; readonly block: number }
  | { readonly id: number; readonly opening: Opening | undefined; readonly deal: SharedDeal }
  | { readonly id: number; readonly end: true };

/** Blocks of a stage that threads with shared memory take for themselves, some neighbours at a time: a block may cost less after the one before it. */
export interface SharedDeal {
  /** Int32 [1]: the next block that nobody has. */
  readonly next: Int32Array;
  readonly count: number;
  /** Those who take. Each takes half of its part of what is left, so that all end at about the same time. */
  readonly takers: number;
}

/** A stage that begins with a deal. */
interface Opening {
  readonly stage: unknown;
}

/** Neighbouring blocks. */
interface Run {
  readonly first: number;
  readonly behind: number;
}

/** The name of the task whose input is a {@link BlockOrder}. */
export const BLOCK_TASK = "blocks";

/** Blocks, or shares of a deal, that a helper is given ahead, so that it need not wait for the next. */
const AHEAD = 2;
/** A helper that takes blocks for itself gives what it has after so long. */
const SHARE_MS = 20;
/** The lead hears its helpers this often. */
const LISTEN_MS = 6;
/** A helper that gives nothing for so long is lost. Blocks take milliseconds. */
const PATIENCE_MS = 30_000;

/** More is not copied to every thread. */
const MOST_COPIED_BYTES = 268_435_456;

/** Numbers that tell works apart on a thread that does several at a time. */
let begun = 0;

/** Begins work on this thread and on those that the context lends. */
export async function beginBlocks<Input, Stage, Result>(
  work: BlockWork<Input, Stage, Result>,
  input: Input,
  { threads, signal }: WorkContext,
): Promise<Blocks<Stage, Result>> {
  const own = await work.begin(input);
  const isAlone =
    threads === undefined || threads.helpers === 0 || (!threads.sharesMemory && work.bytes(input) > MOST_COPIED_BYTES);
  if (isAlone) return alone(own, signal);
  begun += 1;
  const id = begun;
  const helpers = Array.from({ length: threads.helpers }, (_, helper) => new Helper<Result>(threads, helper, id));
  for (const helper of helpers) helper.tell({ id, begin: work.name, input });
  return {
    async run(stage, count, place) {
      const living = count < 2 ? [] : helpers.filter((helper) => helper.isAlive);
      if (!threads.sharesMemory) for (const helper of living) helper.tell({ id, stage });
      await new Deal(count, place, own, living, threads.sharesMemory, signal).done(stage);
    },
    end() {
      for (const helper of helpers) helper.tell({ id, end: true });
    },
  };
}

function alone<Stage, Result>(own: StageWorker<Stage, Result>, signal: AbortSignal | undefined): Blocks<Stage, Result> {
  return {
    async run(stage, count, place) {
      await new Deal(count, place, own, [], false, signal).done(stage);
    },
    end() {},
  };
}

/** A thread as the lead sees it. */
class Helper<Result> {
  readonly #threads: Threads;
  readonly #number: number;
  readonly #id: number;
  #told: Promise<unknown> = Promise.resolve();
  isAlive = true;

  constructor(threads: Threads, number: number, id: number) {
    this.#threads = threads;
    this.#number = number;
    this.#id = id;
  }

  tell(order: BlockOrder): void {
    this.#told = this.#ask(order).catch(() => {
      this.isAlive = false;
    });
  }

  /** Settles when the helper has heard all that it was told; false when it is lost. */
  async isReady(): Promise<boolean> {
    await this.#told;
    return this.isAlive;
  }

  /** The result of a block, or undefined when the helper is lost. */
  async block(block: number): Promise<readonly Done<Result>[] | undefined> {
    const result = await this.#answer({ id: this.#id, block });
    return result && [{ block, result: result.value as Result }];
  }

  /** The results of some blocks that the helper took for itself, or undefined when it is lost. */
  async share(deal: SharedDeal, opening: Opening | undefined): Promise<readonly Done<Result>[] | undefined> {
    return (await this.#answer({ id: this.#id, opening, deal }))?.value as readonly Done<Result>[] | undefined;
  }

  async #answer(order: BlockOrder): Promise<{ readonly value: unknown } | undefined> {
    try {
      return { value: await this.#ask(order) };
    } catch (error) {
      this.isAlive = false;
      if (error instanceof ThreadLostError) return undefined;
      throw error;
    }
  }

  dismiss(): void {
    this.isAlive = false;
    this.#threads.dismiss(this.#number);
  }

  #ask(order: BlockOrder): Promise<unknown> {
    return this.#threads.run(this.#number, BLOCK_TASK, order);
  }
}

/** A block that has been done. */
interface Done<Result> {
  readonly block: number;
  readonly result: Result;
}

/** Blocks dealt out until all are placed. */
class Deal<Stage, Result> {
  readonly #count: number;
  readonly #isShared: boolean;
  readonly #deal: SharedDeal;
  readonly #isPlaced: Uint8Array;
  #missing: number;
  readonly #place: (result: Result, block: number) => void;
  readonly #own: StageWorker<Stage, Result>;
  readonly #helpers: readonly Helper<Result>[];
  readonly #signal: AbortSignal | undefined;
  #away = 0;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(
    count: number,
    place: (result: Result, block: number) => void,
    own: StageWorker<Stage, Result>,
    helpers: readonly Helper<Result>[],
    isShared: boolean,
    signal: AbortSignal | undefined,
  ) {
    this.#count = count;
    this.#isShared = isShared;
    const next = new Int32Array(isShared ? new SharedArrayBuffer(4) : new ArrayBuffer(4));
    this.#deal = { next, count, takers: isShared ? helpers.length + 1 : Number.POSITIVE_INFINITY };
    this.#isPlaced = new Uint8Array(count);
    this.#missing = count;
    this.#place = place;
    this.#own = own;
    this.#helpers = helpers;
    this.#signal = signal;
  }

  async done(stage: Stage): Promise<void> {
    for (const helper of this.#helpers) {
      for (let i = 0; i < AHEAD; i++) void this.#helped(helper, i === 0 ? { stage } : undefined);
    }
    try {
      await this.#own.stage(stage);
      const hear = listener();
      for (let run = takeRun(this.#deal); run !== undefined; run = takeRun(this.#deal)) {
        for (let block = run.first; block < run.behind; block++) await this.#doOne(block, hear);
      }
      while (this.#missing > 0 && this.#away > 0) {
        await this.#someAnswer();
        this.#check();
      }
      // What is missing now a lost helper had.
      for (let block = 0; this.#missing > 0; block++) if (this.#isPlaced[block] === 0) await this.#doOne(block, hear);
      this.#check();
    } finally {
      this.#isOver = true;
      Atomics.store(this.#deal.next, 0, this.#count);
    }
  }

  async #doOne(block: number, hear: () => Promise<void>): Promise<void> {
    this.#put(this.#own.block(block), block);
    await hear();
    this.#check();
  }

  #put(result: Result, block: number): void {
    this.#isPlaced[block] = 1;
    this.#missing -= 1;
    this.#place(result, block);
  }

  /** Where memory is shared a helper need not say that it is ready: the stage comes with its first order. */
  async #helped(helper: Helper<Result>, opening: Opening | undefined): Promise<void> {
    if (!this.#isShared && !(await helper.isReady())) return;
    let first = opening;
    while (!this.#isOver) {
      const answer = this.#isShared ? this.#askForShare(helper, first) : this.#askForBlock(helper);
      first = undefined;
      if (answer === undefined) return;
      this.#away += 1;
      const found = await answer.catch((error: unknown) => {
        this.#failure ??= { error };
        return undefined;
      });
      this.#away -= 1;
      if (!this.#isOver) for (const { result, block } of found ?? []) this.#put(result, block);
      this.#wake();
      if (found === undefined) return;
    }
  }

  #askForShare(helper: Helper<Result>, opening: Opening | undefined): Promise<readonly Done<Result>[] | undefined> | undefined {
    return Atomics.load(this.#deal.next, 0) < this.#count ? helper.share(this.#deal, opening) : undefined;
  }

  #askForBlock(helper: Helper<Result>): Promise<readonly Done<Result>[] | undefined> | undefined {
    const run = takeRun(this.#deal);
    return run === undefined ? undefined : helper.block(run.first);
  }

  #check(): void {
    throwIfAborted(this.#signal);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Settles when a helper answers, is given up, or the work is stopped. */
  #someAnswer(): Promise<void> {
    return new Promise((resolve) => {
      const stopWaiting = afterTicks(PATIENCE_MS, () => {
        for (const helper of this.#helpers) helper.dismiss();
      });
      const wake = (): void => {
        stopWaiting();
        this.#signal?.removeEventListener("abort", wake);
        resolve();
      };
      this.#wake = wake;
      this.#signal?.addEventListener("abort", wake);
    });
  }
}

/** Blocks that nobody has, for whoever asks first; undefined when there are none. */
function takeRun({ next, count, takers }: SharedDeal): Run | undefined {
  for (;;) {
    const first = Atomics.load(next, 0);
    if (first >= count) return undefined;
    const behind = first + Math.max(1, Math.floor((count - first) / (2 * takers)));
    if (Atomics.compareExchange(next, 0, first, behind) === first) return { first, behind };
  }
}

/** A pause in which messages arrive, taken every few milliseconds. */
function listener(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LISTEN_MS) return;
    await messagesArrive();
    last = performance.now();
  };
}

/** Sooner than a timer, which browsers hold back. */
function messagesArrive(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** The other side: takes orders for the works that it knows, as many at a time as are asked for. */
export function blockServer(works: readonly AnyWork[]): (order: BlockOrder) => Promise<unknown> {
  const begun = new Map<number, StageWorker<unknown, unknown>>();
  return async (order) => {
    if ("begin" in order) {
      const work = works.find(({ name }) => name === order.begin);
      if (work === undefined) throw unknownWork(order.begin, works);
      begun.set(order.id, await work.begin(order.input));
      return undefined;
    }
    if ("end" in order) return void begun.delete(order.id);
    const worker = begun.get(order.id);
    if (worker === undefined) throw new ThreadLostError("A thread was asked for work that it does not do.");
    if ("block" in order) return worker.block(order.block);
    if ("deal" in order) {
      if (order.opening !== undefined) await opened(worker, order.opening, () => begun.delete(order.id));
      return shareOf(order.deal, worker);
    }
    return worker.stage(order.stage);
  };
}

/** Begins a stage; a thread that cannot does nothing more of the work, which the others do. */
async function opened(worker: StageWorker<unknown, unknown>, { stage }: Opening, forget: () => void): Promise<void> {
  try {
    await worker.stage(stage);
  } catch (cause) {
    forget();
    throw new ThreadLostError("A thread could not begin a stage.", {}, { cause });
  }
}

/** Does blocks that nobody has until there are none, or some time has passed. */
function shareOf(deal: SharedDeal, worker: StageWorker<unknown, unknown>): readonly Done<unknown>[] {
  const done: Done<unknown>[] = [];
  const begin = performance.now();
  do {
    const run = takeRun(deal);
    if (run === undefined) break;
    for (let block = run.first; block < run.behind; block++) {
      done.push({ block, result: structuredClone(worker.block(block)) });
    }
  } while (performance.now() - begin < SHARE_MS);
  return done;
}

/** Any work: inputs, stages and results come as messages. */
export interface AnyWork {
  readonly name: string;
  begin(input: unknown): Promise<StageWorker<unknown, unknown>>;
}

/** A work for the list of a server. */
export function anyWork<Input, Stage, Result>(work: BlockWork<Input, Stage, Result>): AnyWork {
  return { name: work.name, begin: (input) => work.begin(input as Input) as Promise<StageWorker<unknown, unknown>> };
}

function unknownWork(name: string, works: readonly AnyWork[]): ParameterError {
  return new ParameterError("Threads know no such work.", {
    where: "blockServer",
    found: name,
    expected: works.map((work) => work.name).join(", "),
    remedy: "Run the workers and the program that they serve in the same version.",
  });
}
