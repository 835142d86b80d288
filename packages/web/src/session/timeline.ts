/** Places of the timeline: where it is gone to, what is added to it, and where it is when a place cannot be reached. */
import { keptBeside } from "./branches.js";
import { recipeAt } from "./recipe-history.js";
import type { SessionState, TimelineEntry } from "./session-state.js";

export type Lines = Pick<SessionState, "timeline" | "applied" | "branches">;
export type Place = Lines & Partial<Pick<SessionState, "recipe">>;

/** Selections older than this cannot be undone: each holds a byte for every pixel. */
const MOST_SELECTIONS = 50;

/** With so many lines applied. */
export function placeAt(state: SessionState, applied: number): Place {
  return { ...recipeAt(state, applied), applied, branches: state.branches };
}

/** The place that was left for one that could not be reached; what was selected on the way is kept behind it. */
export function placeBefore(before: Lines, wanted: readonly TimelineEntry[], now: Lines): Lines {
  const { timeline, applied, branches } = before;
  const since = now.timeline.filter((entry) => !wanted.includes(entry));
  return since.reduce<Lines>((place, entry) => withEntry(place, { ...entry, id: newId(place) }), { timeline, applied, branches });
}

/** Larger than that of any line, also of those that came with a session and of those that are kept beside. */
export function newId({ timeline, branches }: Pick<Lines, "timeline" | "branches">): number {
  return Math.max(0, ...[timeline, ...branches].flat().map(({ id }) => id)) + 1;
}

/** The timeline with one more entry in place of what was undone, which is kept as a branch. */
export function withEntry({ timeline, applied, branches }: Lines, entry: TimelineEntry): Lines {
  const all = [...timeline.slice(0, applied), entry];
  const excess = all.filter(({ kind }) => kind === "selection").length - MOST_SELECTIONS;
  const oldest = excess > 0 ? all.findIndex(({ kind }) => kind === "selection") : -1;
  const kept = oldest < 0 ? all : all.filter((_, i) => i !== oldest);
  return { timeline: kept, applied: kept.length, branches: keptBeside(kept, timeline, branches) };
}
