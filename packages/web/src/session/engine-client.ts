/** The engine as the page has it: a worker that is started when it is first asked, and anew after it died. */
import type { IdentifySubject } from "@sigma-eds/core";
import { proxy, type Remote, wrap } from "comlink";
import type { AnalysisSnapshot, Engine, KeptRun, LoadProgress, RunProgress } from "../worker/engine-protocol.js";
import type { SentProgress, WorkerEngine } from "../worker/engine-worker.js";
import { type Reply, unwrapped } from "../worker/replies.js";
import { type SnapshotDelta, withDelta } from "../worker/snapshot.js";

/** The worker ended: most often because the machine gave it no more memory. What it held is gone; what the page holds is safe. */
export class WorkerDiedError extends Error {
  override readonly name = "WorkerDiedError";
}

interface Living {
  readonly remote: Remote<WorkerEngine>;
  /** Never resolves; rejects when the worker dies. */
  readonly death: Promise<never>;
  readonly end: () => void;
}

export class EngineClient implements Engine {
  readonly #start: () => Worker;
  #living: Living | undefined;
  #snapshot: AnalysisSnapshot | undefined;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  open = (files: readonly File[]) => this.#ask((remote) => remote.open(files));
  openExample = (id: string) => this.#ask((remote) => remote.openExample(id));
  load = (dataset: number, listen: (progress: LoadProgress) => void) => {
    this.#snapshot = undefined;
    return this.#ask((remote) => remote.load(dataset, proxy(listen)));
  };
  run = async (recipe: unknown, listen: (progress: RunProgress) => unknown) => {
    const told = ({ partial, ...progress }: SentProgress): unknown =>
      listen({ ...progress, partial: partial === undefined ? undefined : this.#merged(partial) });
    return this.#merged(await this.#ask((remote) => remote.run(recipe, proxy(told))));
  };
  replay = async (recipe: unknown) => this.#merged(await this.#ask((remote) => remote.replay(recipe)));
  finish = async () => this.#merged(await this.#ask((remote) => remote.finish()));
  keep = () => this.#ask((remote) => remote.keep());
  resume = (kept: KeptRun) => this.#ask((remote) => remote.resume(kept));
  stop = () => this.#ask((remote) => remote.stop());
  pixelSpectrum = (pixel: number) => this.#ask((remote) => remote.pixelSpectrum(pixel));
  spectrumOf = (mask: Uint8Array) => this.#ask((remote) => remote.spectrumOf(mask));
  windowMap = (fromKev: number, toKev: number) => this.#ask((remote) => remote.windowMap(fromKev, toKev));
  identify = (subject: IdentifySubject) => this.#ask((remote) => remote.identify(subject));
  difference = (first: number, second: number) => this.#ask((remote) => remote.difference(first, second));
  resultFiles = (listen: (fraction: number) => void) => this.#ask((remote) => remote.resultFiles(proxy(listen)));
  report = () => this.#ask((remote) => remote.report());

  /** Ends the worker; the next question starts another. */
  close(): void {
    this.#living?.end();
    this.#living = undefined;
    this.#snapshot = undefined;
  }

  #merged(delta: SnapshotDelta): AnalysisSnapshot {
    this.#snapshot = withDelta(this.#snapshot, delta);
    return this.#snapshot;
  }

  async #ask<T>(question: (remote: Remote<WorkerEngine>) => Promise<Reply<T>>): Promise<T> {
    this.#living ??= this.#begin();
    const { remote, death } = this.#living;
    return unwrapped(await Promise.race([question(remote), death]));
  }

  #begin(): Living {
    const worker = this.#start();
    const { promise: death, reject } = withRejection();
    const end = (): void => worker.terminate();
    const die = (message: string): void => {
      this.close();
      reject(new WorkerDiedError(message));
    };
    worker.addEventListener("error", (event) => die(event.message || "the worker ended without a word"));
    worker.addEventListener("messageerror", () => die("a message could not be read"));
    return { remote: wrap<WorkerEngine>(worker), death, end };
  }
}

function withRejection(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Told to whoever waits for an answer; a death between two questions is no unhandled one.
  promise.catch(() => {});
  return { promise, reject };
}

export function startEngine(): EngineClient {
  return new EngineClient(
    () => new Worker(new URL("../worker/engine-worker.ts", import.meta.url), { type: "module", name: "engine" }),
  );
}
