/** What became of each edit, as data: an edit that no longer fits says why and changes nothing. */
import type { Analysis } from "../analysis.js";
import type { ClassTable } from "./class-table.js";
import type { Edit } from "./edit-schema.js";

/**
 * Why an edit was not applied: its class is gone or locked; it was drawn on another latent space or another map; what it needs is missing or not
 * of that name; it selects nothing or changes nothing; the class is in one piece; the name is another class's; there are no ids left; or the
 * method refuses the data.
 */
export type RefusalCode =
  | "class-gone"
  | "locked"
  | "other-latent"
  | "other-map"
  | "missing"
  | "unknown-name"
  | "nothing-selected"
  | "nothing-changes"
  | "one-piece"
  | "name-taken"
  | "too-many-classes"
  | "does-not-fit";

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence for people. */
  readonly message: string;
}

export interface EditOutcome {
  readonly edit: Edit;
  /** Undefined where the edit was applied. */
  readonly refusal: Refusal | undefined;
  /** Pixels whose class changed. */
  readonly movedPixels: number;
  /** Pixels that would have changed, had their class not been locked. */
  readonly keptByLocks: number;
  /** Ids of the classes that the edit made. */
  readonly madeIds: readonly number[];
}

/** The edits of an analysis, and what it was before them. */
export interface ClassEdits {
  readonly before: Pick<Analysis, "membership"> & { readonly labels: Int32Array };
  readonly table: ClassTable;
  /** In the order of the edits, those that were not applied included. */
  readonly outcomes: readonly EditOutcome[];
}

/** What an edit wants to change. `labels` undefined: no pixel. */
export interface Change {
  readonly labels?: Int32Array | undefined;
  readonly table: ClassTable;
  readonly keptByLocks?: number | undefined;
}

/** The state that an edit meets. */
export interface EditState {
  readonly analysis: Analysis;
  readonly labels: Int32Array;
  readonly table: ClassTable;
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { code, message };
}

export function isRefusal<T extends object>(result: T | Refusal): result is Refusal {
  return "code" in result && "message" in result;
}
