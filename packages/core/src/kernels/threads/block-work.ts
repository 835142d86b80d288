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
  | { readonly id: number; readonly end: true };

/** The name of the task whose input is a {@link BlockOrder}. */
export const BLOCK_TASK = "blocks";

/** Blocks that a helper is given ahead, so that it need not wait for the next. */
const AHEAD = 2;
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
      await own.stage(stage);
      const living = helpers.filter((helper) => helper.isAlive);
      for (const helper of living) helper.tell({ id, stage });
      await new Deal(count, place, own, living, signal).done();
    },
    end() {
      for (const helper of helpers) helper.tell({ id, end: true });
    },
  };
}

function alone<Stage, Result>(own: StageWorker<Stage, Result>, signal: AbortSignal | undefined): Blocks<Stage, Result> {
  return {
    async run(stage, count, place) {
      await own.stage(stage);
      await new Deal(count, place, own, [], signal).done();
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
  async block(block: number): Promise<{ readonly result: Result } | undefined> {
    try {
      return { result: (await this.#ask({ id: this.#id, block })) as Result };
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

/** Blocks dealt out until all are placed. */
class Deal<Stage, Result> {
  readonly #count: number;
  readonly #place: (result: Result, block: number) => void;
  readonly #own: StageWorker<Stage, Result>;
  readonly #helpers: readonly Helper<Result>[];
  readonly #signal: AbortSignal | undefined;
  /** Blocks that a lost helper had. */
  readonly #returned: number[] = [];
  #next = 0;
  #away = 0;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(
    count: number,
    place: (result: Result, block: number) => void,
    own: StageWorker<Stage, Result>,
    helpers: readonly Helper<Result>[],
    signal: AbortSignal | undefined,
  ) {
    this.#count = count;
    this.#place = place;
    this.#own = own;
    this.#helpers = helpers;
    this.#signal = signal;
  }

  async done(): Promise<void> {
    for (const helper of this.#helpers) for (let i = 0; i < AHEAD; i++) void this.#helped(helper);
    const hear = listener();
    try {
      for (;;) {
        for (let block = this.#take(); block !== undefined; block = this.#take()) {
          this.#place(this.#own.block(block), block);
          await hear();
          this.#check();
        }
        if (this.#away === 0) return;
        await this.#someAnswer();
        this.#check();
      }
    } finally {
      this.#isOver = true;
    }
  }

  #take(): number | undefined {
    if (this.#isOver) return undefined;
    const returned = this.#returned.pop();
    if (returned !== undefined) return returned;
    if (this.#next >= this.#count) return undefined;
    this.#next += 1;
    return this.#next - 1;
  }

  async #helped(helper: Helper<Result>): Promise<void> {
    if (!(await helper.isReady())) return;
    for (let block = this.#take(); block !== undefined; block = this.#take()) {
      this.#away += 1;
      const answer = await helper.block(block).catch((error: unknown) => {
        this.#failure ??= { error };
        return undefined;
      });
      this.#away -= 1;
      if (answer === undefined) this.#returned.push(block);
      else if (!this.#isOver) this.#place(answer.result, block);
      this.#wake();
      if (answer === undefined) return;
    }
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
    return worker.stage(order.stage);
  };
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
