/** The worker that answers for pixels, as the page has it: started when it is first shown counts, and given up for good when it dies. */
import { type Remote, wrap } from "comlink";
import type { WorkerQueries } from "../worker/query-worker.js";
import { type Reply, unwrapped } from "../worker/replies.js";
import type { SharedCounts } from "../worker/shared-counts.js";

export type PixelQuestion<T> = (
  remote: Pick<Remote<WorkerQueries>, "pixelSpectrum" | "spectrumOf" | "windowMap">,
) => Promise<Reply<T>>;

interface Living {
  readonly worker: Worker;
  readonly remote: Remote<WorkerQueries>;
  /** Resolves when the worker has ended. */
  readonly death: Promise<undefined>;
}

export class QueryClient {
  readonly #start: () => Worker;
  #living: Living | undefined;
  #seen: SharedCounts | undefined;
  #isGivenUp = false;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** What answers are about. */
  get seen(): SharedCounts | undefined {
    return this.#seen;
  }

  /** Answers are about these counts from now on; undefined: about none. */
  see(counts: SharedCounts | undefined): void {
    if (counts === this.#seen) return;
    this.#seen = counts;
    if (counts === undefined || this.#isGivenUp) {
      this.#end();
      return;
    }
    this.#living ??= this.#begin();
    // What goes wrong here goes wrong with the next question, too.
    this.#living.remote.see(counts).catch(() => {});
  }

  /** The answer; undefined where there is no worker to give it: then the engine has to. */
  async ask<T>(question: PixelQuestion<T>): Promise<T | undefined> {
    const living = this.#living;
    if (living === undefined) return undefined;
    const answer = await Promise.race([question(living.remote), living.death]);
    return answer && unwrapped(answer);
  }

  #end(): void {
    this.#living?.worker.terminate();
    this.#living = undefined;
  }

  #begin(): Living {
    const worker = this.#start();
    const death = new Promise<undefined>((resolve) => {
      const die = (): void => {
        this.#isGivenUp = true;
        this.#end();
        resolve(undefined);
      };
      worker.addEventListener("error", die);
      worker.addEventListener("messageerror", die);
    });
    return { worker, remote: wrap<WorkerQueries>(worker), death };
  }
}
