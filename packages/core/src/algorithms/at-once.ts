import { throwIfAborted } from "../errors.js";
import type { WorkContext } from "../spectrum-image/context.js";

/** Runs a computation that takes a moment only: it does not begin when it has been stopped, and is done when it ends. */
export async function atOnce<Result>(context: WorkContext, compute: () => Result): Promise<Result> {
  throwIfAborted(context.signal);
  const result = compute();
  context.onProgress?.(1);
  return result;
}
