/** Lines of the history after a run that found other classes: the same acts, on the classes that are those of before, and one line for the colours that these keep. */
import { isByHand, parseRecipe, withClassIds } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { sentenceOf } from "./edit-sentences.js";
import type { SessionState, TimelineEntry } from "./session-state.js";
import { newId } from "./timeline.js";

type Lines = Pick<SessionState, "timeline" | "applied" | "branches">;
type EditLine = Extract<TimelineEntry, { readonly kind: "edit" }>;
type Edits = EditLine["edits"];

/**
 * What of the lines changes; nothing where the run found the edits right as they were. Lines that were undone, or are kept beside, go by the same ids. The line of kept
 * colours is the first of all, and takes the place of the one before.
 */
export function carriedLines(
  lines: Lines,
  { recipe, carriedIds }: Pick<AnalysisSnapshot, "recipe" | "carriedIds">,
): Partial<Lines> {
  if (carriedIds === undefined) return {};
  const acts = lines.timeline.filter(isAct);
  const applied = lines.timeline.slice(0, lines.applied).filter(isAct);
  const edits = recipe.steps.filter((entry) => entry.step === "edit");
  const own = edits.findIndex(isByHand);
  const kept = edits.slice(0, own < 0 ? edits.length : own);
  const made = madeBy(applied.filter(isEdit), edits.slice(kept.length));
  const carry = (entry: TimelineEntry): TimelineEntry => {
    if (!isEdit(entry)) return entry;
    const again = (): Edits => parsed(entry.edits.filter(isByHand)).map((edit) => withClassIds(edit, carriedIds));
    return made.get(entry.id) ?? { ...entry, edits: again() };
  };
  const first: EditLine[] =
    kept.length === 0 ? [] : [{ id: newId(lines), kind: "edit", sentence: sentenceOf(kept.slice(0, 1), undefined), edits: kept }];
  return {
    timeline: [...first, ...acts.map(carry)],
    applied: first.length + applied.length,
    branches: lines.branches.map((branch) => [...first, ...branch.filter(isAct).map(carry)]),
  };
}

function isEdit(entry: TimelineEntry): entry is EditLine {
  return entry.kind === "edit";
}

/** Whether a person did it. */
function isAct(entry: TimelineEntry): boolean {
  return !isEdit(entry) || entry.edits.some(isByHand);
}

/** The applied lines with the edits of the run, by id: each takes as many as it had, with the colours that are kept behind them. */
function madeBy(lines: readonly EditLine[], edits: Edits): ReadonlyMap<number, EditLine> {
  let next = 0;
  return new Map(
    lines.map((line): [number, EditLine] => {
      const begin = next;
      for (let left = line.edits.filter(isByHand).length; left > 0; left--) next = endOfAct(edits, next);
      return [line.id, { ...line, edits: edits.slice(begin, next) }];
    }),
  );
}

/** Behind the edit of a person at `from`, and what belongs to it. */
function endOfAct(edits: Edits, from: number): number {
  const next = edits.findIndex((edit, i) => i > from && isByHand(edit));
  return next < 0 ? edits.length : next;
}

function parsed(edits: Edits) {
  return parseRecipe({ schemaVersion: 1, steps: [...edits] }).steps.filter((entry) => entry.step === "edit");
}
