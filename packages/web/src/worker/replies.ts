/** How answers and errors cross between worker and page: an error keeps its class, where it happened and what to do. */
import { AbortedError, isSigmaError, MemoryLimitError, reviveError, type SerialisedError } from "@sigma-eds/core";

export type Failure =
  | { readonly kind: "told"; readonly error: SerialisedError }
  /** The machine gave no more memory. */
  | { readonly kind: "memory"; readonly message: string }
  /** A defect of the program. */
  | { readonly kind: "defect"; readonly message: string; readonly stack: string };

export type Reply<T> = { readonly value: T } | { readonly failure: Failure };

/** The program itself is wrong: nothing that the user did. */
export class DefectError extends Error {
  override readonly name = "DefectError";
}

/** What the work gave, or why it failed, as plain data. */
export async function reply<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/** The value of a reply; throws the error that it tells of, as the class that it had. */
export function unwrapped<T>(answer: Reply<T>): T {
  if ("value" in answer) return answer.value;
  const { failure } = answer;
  switch (failure.kind) {
    case "told":
      throw reviveError(failure.error);
    case "memory":
      throw new MemoryLimitError("The computation ran out of memory.", {
        found: failure.message,
        remedy: "Join 2 × 2 pixels, which needs about a quarter of the memory.",
      });
    case "defect": {
      const defect = new DefectError(failure.message);
      defect.stack = failure.stack;
      throw defect;
    }
  }
}

export function isStopped(error: unknown): error is AbortedError {
  return isSigmaError(error, "aborted");
}

function failureOf(error: unknown): Failure {
  if (isSigmaError(error)) return { kind: "told", error: error.serialise() };
  if (error instanceof DOMException && error.name === "AbortError") {
    return { kind: "told", error: new AbortedError("Stopped before the work was done.").serialise() };
  }
  if (error instanceof RangeError && /allocation|invalid (typed )?array length|out of memory/i.test(error.message)) {
    return { kind: "memory", message: error.message };
  }
  if (error instanceof Error) return { kind: "defect", message: error.message, stack: error.stack ?? "" };
  return { kind: "defect", message: String(error), stack: "" };
}
