/**
 * Every error that the core throws on purpose. Each has a literal `tag`, says where it happened, what was found,
 * what was expected and what to do, and survives the trip across a worker as plain data.
 */

/** The facts of an error: everything optional, everything printable. */
export interface ErrorFacts {
  /** File, dataset, step or parameter in which it happened. */
  readonly where?: string | undefined;
  /** Name of the field that is wrong, for example `header.pointerBlock`. */
  readonly field?: string | undefined;
  /** Byte offset in the file, where there is one. */
  readonly offset?: number | undefined;
  readonly found?: string | undefined;
  readonly expected?: string | undefined;
  /** What the user can do about it, as one sentence. */
  readonly remedy?: string | undefined;
}

export type SigmaErrorTag =
  | "format"
  | "unsupported"
  | "recipe"
  | "parameter"
  | "shape"
  | "data-check"
  | "not-converged"
  | "memory-limit"
  | "output-conflict"
  | "thread-lost"
  | "aborted";

/** Plain data form of an error, for `postMessage` and JSON. */
export interface SerialisedError {
  readonly tag: SigmaErrorTag;
  readonly message: string;
  readonly facts: ErrorFacts;
}

export abstract class SigmaError extends Error {
  abstract readonly tag: SigmaErrorTag;
  readonly facts: ErrorFacts;

  constructor(problem: string, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(sentence(problem, facts), options);
    this.facts = facts;
    this.name = new.target.name;
  }

  serialise(): SerialisedError {
    return { tag: this.tag, message: this.message, facts: this.facts };
  }
}

/** The bytes are not what the format says: damaged, truncated or of another kind. */
export class FormatError extends SigmaError {
  readonly tag = "format";
}

/** The file is sound, but holds something this program does not read yet. */
export class UnsupportedError extends SigmaError {
  readonly tag = "unsupported";
}

/** A recipe that does not follow its schema. */
export class RecipeError extends SigmaError {
  readonly tag = "recipe";
}

/** A parameter outside its range. */
export class ParameterError extends SigmaError {
  readonly tag = "parameter";
}

/** Arrays whose sizes do not fit together. */
export class ShapeError extends SigmaError {
  readonly tag = "shape";
}

/** The data contradict themselves or cannot carry the analysis that was asked for. */
export class DataCheckError extends SigmaError {
  readonly tag = "data-check";
}

/** A method stopped at its limit of iterations and the caller had asked for strictness. */
export class NotConvergedError extends SigmaError {
  readonly tag = "not-converged";
}

/** The work would need more memory than is allowed. */
export class MemoryLimitError extends SigmaError {
  readonly tag = "memory-limit";
}

/** The output cannot be written without destroying something. */
export class OutputConflictError extends SigmaError {
  readonly tag = "output-conflict";
}

/** A thread that helped ended before its work was done, or answers no more. What it did not give is computed without it. */
export class ThreadLostError extends SigmaError {
  readonly tag = "thread-lost";
}

/** The user, or the host, asked to stop. */
export class AbortedError extends SigmaError {
  readonly tag = "aborted";
}

const classes = {
  format: FormatError,
  unsupported: UnsupportedError,
  recipe: RecipeError,
  parameter: ParameterError,
  shape: ShapeError,
  "data-check": DataCheckError,
  "not-converged": NotConvergedError,
  "memory-limit": MemoryLimitError,
  "output-conflict": OutputConflictError,
  "thread-lost": ThreadLostError,
  aborted: AbortedError,
} satisfies Record<SigmaErrorTag, new (problem: string, facts?: ErrorFacts) => SigmaError>;

/** True for every error that the core throws on purpose. With `tag`, true for that kind only. */
export function isSigmaError(error: unknown, tag?: SigmaErrorTag): error is SigmaError {
  return error instanceof SigmaError && (tag === undefined || error.tag === tag);
}

/** Turns the plain data of {@link SigmaError.serialise} back into its class. */
export function reviveError(data: SerialisedError): SigmaError {
  const revived = new classes[data.tag]("", data.facts);
  revived.message = data.message;
  return revived;
}

/** Throws {@link AbortedError} when the signal has been raised. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AbortedError("Stopped before the work was done.");
}

function sentence(problem: string, facts: ErrorFacts): string {
  const place = [
    facts.where,
    facts.field === undefined ? undefined : `field ${facts.field}`,
    facts.offset === undefined ? undefined : `at byte ${facts.offset}`,
  ].filter((part) => part !== undefined);
  const parts = [place.length > 0 ? `${place.join(", ")}: ${problem}` : problem];
  if (facts.found !== undefined) parts.push(`Found ${facts.found}.`);
  if (facts.expected !== undefined) parts.push(`Expected ${facts.expected}.`);
  if (facts.remedy !== undefined) parts.push(facts.remedy);
  return parts.join(" ");
}
