/** What threads can be asked to do. A host's worker lets `serveThread` answer every message that it gets; the messages are this version's own affair. */
import { isSigmaError, ParameterError } from "../errors.js";
import { foreignWork } from "../kernels/nearest-neighbours/foreign-neighbours.js";
import { helpNeighbours, type NeighboursTask } from "../kernels/nearest-neighbours/neighbours-threads.js";
import { helpQuickNeighbours, type QuickNeighboursTask } from "../kernels/nearest-neighbours/quick/quick-threads.js";
import { anyWork, BLOCK_TASK, type BlockOrder, blockServer } from "../kernels/threads/block-work.js";
import type { ThreadReply, ThreadRequest } from "../kernels/threads/thread-pool.js";
import { mixtureWork } from "./cluster/mixture-pass/mixture-sections.js";
import { helpNetwork, NETWORK_TASK, type NetworkTask } from "./embed/autoencoder/team.js";
import { type GraphTask, helpGraph } from "./embed/umap/graph-threads.js";
import { helpLayout, type LayoutTask } from "./embed/umap/layout-threads.js";
import { phaseWork } from "./find-phases/rows/stages.js";
import { fitWork } from "./unmix/pixel-fits.js";
import { productWork } from "./unmix/row-products/row-products.js";
import { sweepWork } from "./unmix/row-sweeps/row-sweeps.js";

/** The thread's end of its port. */
export interface ThreadSide {
  listen(onRequest: (request: ThreadRequest) => void): void;
  send(reply: ThreadReply): void;
}

/** Does the tasks that `Threads.run` is given, one after the other, from now on, on the thread that calls. */
export function serveThread({ listen, send }: ThreadSide): void {
  const run = threadTasks();
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ id, task, input }: ThreadRequest): Promise<void> => {
    try {
      send({ id, value: await run(task, input) });
    } catch (error) {
      send(isSigmaError(error) ? { id, failed: error.serialise() } : { id, broken: error });
    }
  };
  listen((request) => {
    last = last.then(() => answer(request));
  });
  send({ ready: true });
}

/** Does tasks by their name; remembers works in blocks from one to the next. Throws {@link ParameterError} for a task that this version does not know. */
export function threadTasks(): (task: string, input: unknown) => Promise<unknown> {
  const doBlocks = blockServer([
    anyWork(phaseWork),
    anyWork(foreignWork),
    anyWork(mixtureWork),
    anyWork(fitWork),
    anyWork(sweepWork),
    anyWork(productWork),
  ]);
  return async (task, input) => {
    switch (task) {
      case "umap-graph":
        return helpGraph(input as GraphTask);
      case "umap-layout":
        return helpLayout(input as LayoutTask);
      case "nearest-neighbours":
        return helpNeighbours(input as NeighboursTask);
      case NETWORK_TASK:
        return helpNetwork(input as NetworkTask);
      case "quick-neighbours":
        return helpQuickNeighbours(input as QuickNeighboursTask);
      case BLOCK_TASK:
        return doBlocks(input as BlockOrder);
      default:
        throw new ParameterError("Threads know no such task.", {
          where: "threadTasks",
          found: task,
          expected: `umap-graph, umap-layout, nearest-neighbours, quick-neighbours, ${NETWORK_TASK} or ${BLOCK_TASK}`,
          remedy: "Run the workers and the program that they serve in the same version.",
        });
    }
  };
}
