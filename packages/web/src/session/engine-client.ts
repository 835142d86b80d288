/** The engine as the page has it: a worker that is started when it is first asked, and anew after it died. */
import type { FeatureTreatment, IdentifySubject, ReportSectionId, WriterId } from "@sigma-eds/core";
import { proxy, type Remote, wrap } from "comlink";
import type {
  AnalysisSnapshot,
  Engine,
  FeaturesEntry,
  KeptRun,
  LoadProgress,
  RunProgress,
  StageRange,
} from "../worker/engine-protocol.js";
import type { SentProgress, WorkerEngine } from "../worker/engine-worker.js";
import { whenReleased } from "../worker/life-lock.js";
import { isStopped, type Reply, unwrapped } from "../worker/replies.js";
import { type SnapshotDelta, withDelta } from "../worker/snapshot.js";
import { type PixelQuestion, QueryClient } from "./query-client.js";

/** The worker ended: most often because the machine gave it no more memory. What it held is gone; what the page holds is safe. */
export class WorkerDiedError extends Error {
  override readonly name = "WorkerDiedError";
}

type Question<T> = (remote: Remote<WorkerEngine>) => Promise<Reply<T>>;

interface Living {
  readonly remote: Remote<WorkerEngine>;
  /** Resolves when the worker has open what the one before it had. */
  readonly ready: Promise<void>;
  /** Never resolves; rejects when the worker dies. */
  readonly death: Promise<never>;
  readonly end: () => void;
}

export class EngineClient implements Engine {
  readonly #start: () => Worker;
  readonly #queries: QueryClient;
  #living: Living | undefined;
  #snapshot: AnalysisSnapshot | undefined;
  /** What is open, for the next worker, should this one die. */
  #opened: Question<unknown> | undefined;
  #dataset: number | undefined;

  /** `startQueries`: the worker that answers for pixels meanwhile. */
  constructor(start: () => Worker, startQueries: () => Worker) {
    this.#start = start;
    this.#queries = new QueryClient(startQueries);
  }

  open = (files: readonly File[]) => this.#open((remote) => remote.open(files));
  openExample = (id: string) => this.#open((remote) => remote.openExample(id));
  glance = (dataset: number) => this.#ask((remote) => remote.glance(dataset));
  load = async (dataset: number, listen: (progress: LoadProgress) => void) => {
    this.#snapshot = undefined;
    const image = await this.#ask((remote) => remote.load(dataset, proxy(listen)));
    this.#dataset = dataset;
    this.#queries.see(image.counts);
    return image;
  };
  run = async (recipe: unknown, listen: (progress: RunProgress) => unknown) => {
    const before = this.#queries.seen;
    const told = ({ partial, ...progress }: SentProgress): unknown =>
      listen({ ...progress, partial: partial === undefined ? undefined : this.#merged(partial) });
    try {
      return this.#merged(await this.#ask((remote) => remote.run(recipe, proxy(told))));
    } catch (error) {
      // What was shown before the run is shown again; where it was stopped, what it had found.
      if (!isStopped(error)) this.#queries.see(before);
      throw error;
    }
  };
  replay = async (recipe: unknown) => this.#merged(await this.#askAgain((remote) => remote.replay(recipe)));
  finish = async () => this.#merged(await this.#ask((remote) => remote.finish()));
  keep = () => this.#askAgain((remote) => remote.keep());
  resume = (kept: KeptRun) => this.#ask((remote) => remote.resume(kept));
  stop = async () => {
    if (this.#living !== undefined) await this.#ask((remote) => remote.stop());
  };
  pixelSpectrum = (pixel: number) => this.#askOfPixels((remote) => remote.pixelSpectrum(pixel));
  spectrumOf = (mask: Uint8Array) => this.#askOfPixels((remote) => remote.spectrumOf(mask));
  windowMap = (fromKev: number, toKev: number) => this.#askOfPixels((remote) => remote.windowMap(fromKev, toKev));
  identify = (subject: IdentifySubject) => this.#ask((remote) => remote.identify(subject));
  difference = (first: number, second: number) => this.#ask((remote) => remote.difference(first, second));
  classesOf = (recipe: unknown) => this.#ask((remote) => remote.classesOf(recipe));
  calibrationPreview = (entry: unknown) => this.#ask((remote) => remote.calibrationPreview(entry));
  featureSpreads = (treatments: readonly FeatureTreatment[], mask?: Uint8Array, features?: FeaturesEntry) =>
    this.#ask((remote) => remote.featureSpreads(treatments, mask, features));
  pixelsInStage = (treatments: readonly FeatureTreatment[], range: StageRange, features?: FeaturesEntry) =>
    this.#ask((remote) => remote.pixelsInStage(treatments, range, features));
  readStandards = (files: readonly File[]) => this.#ask((remote) => remote.readStandards(files));
  resultFiles = (listen: (fraction: number) => void, sections?: readonly ReportSectionId[]) =>
    this.#ask((remote) => remote.resultFiles(proxy(listen), sections));
  report = (sections?: readonly ReportSectionId[]) => this.#ask((remote) => remote.report(sections));
  imageFiles = (kind: WriterId, stem: string) => this.#ask((remote) => remote.imageFiles(kind, stem));

  /** Ends the worker; the next question starts another, which opens the same again. */
  close(): void {
    this.#living?.end();
    this.#living = undefined;
    this.#snapshot = undefined;
    this.#queries.see(undefined);
  }

  #merged(delta: SnapshotDelta): AnalysisSnapshot {
    this.#snapshot = withDelta(this.#snapshot, delta);
    this.#queries.see(this.#snapshot.counts);
    return this.#snapshot;
  }

  async #open<T>(question: Question<T>): Promise<T> {
    const opened = await this.#ask(question);
    this.#opened = question;
    this.#dataset = undefined;
    return opened;
  }

  async #ask<T>(question: Question<T>): Promise<T> {
    this.#living ??= this.#begin();
    const { remote, ready, death } = this.#living;
    await Promise.race([ready, death]);
    return unwrapped(await Promise.race([question(remote), death]));
  }

  /**
   * A question that a new worker can answer as well, since it has the file open: asked once more where the worker turns out to have died, so that a
   * death that nobody noticed costs time only. One that kills the next worker, too, fails.
   */
  async #askAgain<T>(question: Question<T>): Promise<T> {
    try {
      return await this.#ask(question);
    } catch (error) {
      if (!(error instanceof WorkerDiedError)) throw error;
      return this.#ask(question);
    }
  }

  /** The second worker answers at once, whatever the engine computes; without it the engine answers between two pieces of its work. */
  async #askOfPixels<T>(question: PixelQuestion<T>): Promise<T> {
    return (await this.#queries.ask(question)) ?? this.#askAgain(question);
  }

  #begin(): Living {
    const worker = this.#start();
    const remote = wrap<WorkerEngine>(worker);
    const { promise: death, reject } = withRejection();
    const die = (message: string): void => {
      if (this.#living?.remote === remote) this.close();
      reject(new WorkerDiedError(message));
    };
    worker.addEventListener("error", (event) => die(event.message || "the worker ended without a word"));
    worker.addEventListener("messageerror", () => die("a message could not be read"));
    const ready = this.#prepared(remote, die);
    ready.catch(() => {});
    return { remote, ready, death, end: () => worker.terminate() };
  }

  async #prepared(remote: Remote<WorkerEngine>, die: (message: string) => void): Promise<void> {
    const lock = `sigma engine ${performance.timeOrigin} ${performance.now()}`;
    unwrapped(await remote.live(lock));
    void whenReleased(lock).then(() => die("the worker ended without a word"));
    if (this.#opened === undefined) return;
    unwrapped(await this.#opened(remote));
    if (this.#dataset !== undefined)
      unwrapped(
        await remote.load(
          this.#dataset,
          proxy(() => {}),
        ),
      );
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
    () => new Worker(new URL("../worker/query-worker.ts", import.meta.url), { type: "module", name: "queries" }),
  );
}
