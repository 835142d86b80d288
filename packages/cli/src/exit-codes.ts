import { isSigmaError, type SigmaErrorTag } from "@sigma-eds/core";

/** What the program's exit code says. Part of its contract. */
export const exitCodes = {
  done: 0,
  /** A defect of the program itself: the stack is printed. */
  internal: 1,
  usage: 2,
  recipe: 3,
  input: 4,
  dataCheck: 5,
  notConverged: 6,
  memoryLimit: 7,
  outputConflict: 8,
  interrupted: 130,
  terminated: 143,
} as const;

const byTag = {
  format: exitCodes.input,
  unsupported: exitCodes.input,
  recipe: exitCodes.recipe,
  parameter: exitCodes.recipe,
  shape: exitCodes.dataCheck,
  "data-check": exitCodes.dataCheck,
  "not-converged": exitCodes.notConverged,
  "memory-limit": exitCodes.memoryLimit,
  "output-conflict": exitCodes.outputConflict,
  "thread-lost": exitCodes.memoryLimit,
  aborted: exitCodes.interrupted,
} satisfies Record<SigmaErrorTag, number>;

/** A mistake in the command line: one sentence that says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Some file of a batch could not be analysed; each was named when it happened. `code` is the exit code of the first. */
export class BatchFailure extends Error {
  override readonly name = "BatchFailure";
  readonly code: number;

  constructor(code: number) {
    super("Not every file of the batch could be analysed.");
    this.code = code;
  }
}

/** The exit code for an error, and the line to print; `undefined` line for a defect, whose stack is shown instead. */
export function exitOf(error: unknown, stoppedBy: NodeJS.Signals | undefined): { code: number; line: string | undefined } {
  if (stoppedBy !== undefined && isSigmaError(error, "aborted")) {
    return {
      code: stoppedBy === "SIGTERM" ? exitCodes.terminated : exitCodes.interrupted,
      line: "Stopped. Nothing was written.",
    };
  }
  if (isSigmaError(error)) return { code: byTag[error.tag], line: error.message };
  if (error instanceof UsageError) return { code: exitCodes.usage, line: error.message };
  const system = systemProblem(error);
  if (system !== undefined) return system;
  if (error instanceof RangeError && /array buffer allocation|invalid (typed )?array length/i.test(error.message)) {
    return {
      code: exitCodes.memoryLimit,
      line: "The machine has not enough memory for this. Bin the map, for example with a recipe whose bin step has factor 2.",
    };
  }
  return { code: exitCodes.internal, line: undefined };
}

function systemProblem(error: unknown): { code: number; line: string } | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  const path = "path" in error && typeof error.path === "string" ? error.path : "the file";
  switch (error.code) {
    case "ENOENT":
      return { code: exitCodes.input, line: `${path}: there is no such file.` };
    case "EISDIR":
      return { code: exitCodes.input, line: `${path}: this is a folder, not a file.` };
    case "EACCES":
    case "EPERM":
      return { code: exitCodes.input, line: `${path}: the file may not be read or written by this user.` };
    case "ENOSPC":
      return { code: exitCodes.outputConflict, line: `${path}: the disk is full. Nothing was written.` };
    default:
      return undefined;
  }
}
