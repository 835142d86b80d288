import { throwIfAborted } from "../../errors.js";
import type { Analysis } from "../analysis.js";
import { need } from "../need.js";
import type { StepContext } from "../step.js";
import { assign } from "./assign.js";
import {
  type ClassEntry,
  classTableOf,
  entryOf,
  MOST_IDS,
  settled,
  withBeginnings,
  withEntry,
  withNewEntry,
  withoutEntries,
} from "./class-table.js";
import type { Edit, EditOf } from "./edit-schema.js";
import { editedMembership } from "./edited-membership.js";
import { type Change, type EditOutcome, type EditState, isRefusal, type Refusal, refuse } from "./outcome.js";
import { grainPieces, groupPieces, type Pieces } from "./pieces.js";
import { freeClass, presentClass } from "./present-class.js";
import { smoothed } from "./smooth.js";

/**
 * The analysis after one more edit. Labels, membership and the table of classes change together; class statistics and spectra of before are dropped,
 * since they are of other pixels. An edit that no longer fits changes nothing and says why in its outcome, the last of `analysis.edits.outcomes`.
 * Throws RecipeError for an analysis without classes, AbortedError when stopped.
 */
export async function applyEdit(analysis: Analysis, edit: Edit, context: StepContext): Promise<Analysis> {
  throwIfAborted(context.signal);
  const labels = need(analysis.labels, "edit", "classes", "find-phases or cluster");
  const state: EditState = { analysis, labels, table: classTableOf(analysis, labels) };
  const before = analysis.edits?.before ?? { labels, membership: analysis.membership };
  const change = settledChange(state, await changeOf(state, edit, context));
  const outcomes = [...(analysis.edits?.outcomes ?? []), outcomeOf(state, edit, change)];
  if (isRefusal(change)) return { ...analysis, edits: { before, table: state.table, outcomes } };
  const edited = {
    ...analysis,
    edits: { before, table: change.table, outcomes },
    classes: [],
    classSpectra: [],
    statistics: undefined,
    quantification: undefined,
  };
  if (change.labels === undefined) return edited;
  return { ...edited, labels: change.labels, membership: editedMembership(before, change.labels, change.table) };
}

function settledChange({ labels, table }: EditState, change: Change | Refusal): Change | Refusal {
  if (isRefusal(change) || change.labels === undefined) return change;
  const after = withBeginnings(change.table, table.nextId, change.labels);
  return { ...change, table: settled(after, labels, change.labels) };
}

function outcomeOf(state: EditState, edit: Edit, change: Change | Refusal): EditOutcome {
  if (isRefusal(change)) return { edit, refusal: change, movedPixels: 0, keptByLocks: 0, madeIds: [] };
  const { labels = state.labels, table, keptByLocks = 0 } = change;
  let movedPixels = 0;
  for (let p = 0; p < labels.length; p++) if (labels[p] !== state.labels[p]) movedPixels += 1;
  const madeIds = table.entries.map(({ id }) => id).filter((id) => id >= state.table.nextId);
  return { edit, refusal: undefined, movedPixels, keptByLocks, madeIds };
}

async function changeOf(state: EditState, edit: Edit, context: StepContext): Promise<Change | Refusal> {
  const { table } = state;
  switch (edit.action) {
    case "merge":
      return merged(state, edit.ids);
    case "split":
    case "recluster":
      return takenApart(state, edit, context);
    case "smooth":
      return smoothed(state, edit, context);
    case "polygon":
      return assign(state, edit, edit.regions);
    case "gate":
      return assign(state, edit, [{ on: "gate", expression: edit.expression, of: edit.of, mode: "replace" }]);
    case "rename":
      return renamed(state, edit);
    case "recolour":
      return described(state, edit.id, { colour: edit.colour });
    case "keep-colours":
      return recoloured(state, edit);
    case "note":
      return described(state, edit.id, { note: edit.note === "" ? undefined : edit.note });
    case "hide":
      return described(state, edit.id, { hidden: edit.hidden });
    case "lock":
      return described(state, edit.id, { locked: edit.locked });
    case "delete":
      return deleted(state, edit.id);
    case "unassigned":
      return { table: { ...table, countUnassigned: edit.include } };
  }
}

function described(state: EditState, id: number, change: Partial<ClassEntry>): Change | Refusal {
  const entry = presentClass(state, id);
  return isRefusal(entry) ? entry : { table: withEntry(state.table, id, change) };
}

function recoloured({ table }: EditState, { colours }: EditOf<"keep-colours">): Change | Refusal {
  const there = colours.filter(({ id }) => entryOf(table, id) !== undefined);
  if (there.length === 0) return refuse("class-gone", "None of its classes is there.");
  return { table: there.reduce((now, { id, colour }) => withEntry(now, id, { colour }), table) };
}

function renamed(state: EditState, { id, name }: EditOf<"rename">): Change | Refusal {
  const other = state.table.entries.find((entry) => entry.name === name && entry.id !== id);
  if (other !== undefined) return refuse("name-taken", `Class ${other.id} is already called ${name}.`);
  return described(state, id, { name });
}

function merged(state: EditState, wanted: readonly number[]): Change | Refusal {
  const ids = [...new Set(wanted)].sort((a, b) => a - b);
  for (const id of ids) {
    const entry = freeClass(state, id);
    if (isRefusal(entry)) return entry;
  }
  if (ids.length < 2) return refuse("nothing-changes", "Merging takes two classes or more.");
  const pixels = new Map(ids.map((id) => [id, 0]));
  for (const label of state.labels) {
    const count = pixels.get(label);
    if (count !== undefined) pixels.set(label, count + 1);
  }
  const into = ids.reduce((largest, id) => (pixels.get(id)! > pixels.get(largest)! ? id : largest));
  const others = ids.filter((id) => id !== into);
  const labels = state.labels.map((label) => (pixels.has(label) ? into : label));
  const { madeOf } = entryOf(state.table, into)!;
  const kept = withEntry(state.table, into, { madeOf: [...madeOf, { action: "merge", from: ids }] });
  return { labels, table: withoutEntries(kept, others, into) };
}

function deleted(state: EditState, id: number): Change | Refusal {
  const entry = freeClass(state, id);
  if (isRefusal(entry)) return entry;
  const labels = state.labels.map((label) => (label === id ? -1 : label));
  return { labels, table: withoutEntries(state.table, [id], -1) };
}

async function takenApart(
  state: EditState,
  edit: EditOf<"split"> | EditOf<"recluster">,
  context: StepContext,
): Promise<Change | Refusal> {
  const entry = freeClass(state, edit.id);
  if (isRefusal(entry)) return entry;
  if (!state.labels.includes(edit.id)) return refuse("nothing-selected", `Class ${edit.id} has no pixels.`);
  const pieces = await piecesOf(state, edit, context);
  if (isRefusal(pieces)) return pieces;
  const parts = pieces.reduce((most, piece) => Math.max(most, piece + 1), 0);
  const { nextId } = state.table;
  if (nextId + parts - 1 > MOST_IDS) return refuse("too-many-classes", `There are no more than ${MOST_IDS} ids for classes.`);
  const origin = { action: edit.action, from: [edit.id] };
  let table = withEntry(state.table, edit.id, { madeOf: [...entry.madeOf, origin] });
  for (let part = 1; part < parts; part++) table = withNewEntry(table, origin, {});
  const labels = state.labels.map((label, p) => (pieces[p]! > 0 ? nextId + pieces[p]! - 1 : label));
  return { labels, table };
}

function piecesOf(
  state: EditState,
  edit: EditOf<"split"> | EditOf<"recluster">,
  context: StepContext,
): Pieces | Refusal | Promise<Pieces | Refusal> {
  if (edit.action === "recluster") return groupPieces(state, edit, context);
  return edit.by === "grains" ? grainPieces(state, edit) : groupPieces(state, { ...edit, method: "k-means" }, context);
}
