/** A thread that does tasks of the core, one at a time, as its program asks. */
import { parentPort } from "node:worker_threads";
import { isSigmaError, runThreadTask } from "@sigma-eds/core";
import type { ThreadAnswer } from "./threads.js";

parentPort?.on("message", async ({ task, input }: { readonly task: string; readonly input: unknown }) => {
  parentPort?.postMessage(await answerTo(task, input));
});

async function answerTo(task: string, input: unknown): Promise<ThreadAnswer> {
  try {
    await runThreadTask(task, input);
    return { done: true };
  } catch (error) {
    return isSigmaError(error) ? { failed: error.serialise() } : { broken: error };
  }
}
