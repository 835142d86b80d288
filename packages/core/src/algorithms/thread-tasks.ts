/** What threads can be asked to do. A host's worker hands every message that it gets to `runThreadTask`; the messages are this version's own affair. */
import { ParameterError } from "../errors.js";
import { helpNeighbours, type NeighboursTask } from "../kernels/nearest-neighbours/neighbours-threads.js";
import { helpLayout, type LayoutTask } from "./embed/umap/layout-threads.js";

/**
 * Does a task that {@link Threads.run} was given, on the thread that calls; settles when it is done.
 * Throws {@link ParameterError} for a task that this version does not know.
 */
export async function runThreadTask(task: string, input: unknown): Promise<void> {
  switch (task) {
    case "umap-layout":
      return helpLayout(input as LayoutTask);
    case "nearest-neighbours":
      return helpNeighbours(input as NeighboursTask);
    default:
      throw new ParameterError("Threads know no such task.", {
        where: "runThreadTask",
        found: task,
        expected: "umap-layout or nearest-neighbours",
        remedy: "Run the workers and the program that they serve in the same version.",
      });
  }
}
