/** Lines of the history after a run that found other classes: the same acts, on the classes that are those of before. */
import { parseRecipe, withClassIds } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import type { SessionState, TimelineEntry } from "./session-state.js";

type Lines = Pick<SessionState, "timeline" | "applied" | "branches">;
type EditLine = Extract<TimelineEntry, { readonly kind: "edit" }>;

/** What of the lines changes; nothing where the run found the edits right as they were. Lines that were undone, or are kept beside, go by the same ids. */
export function carriedLines(
  { timeline, applied, branches }: Lines,
  { recipe, carriedIds }: Pick<AnalysisSnapshot, "recipe" | "carriedIds">,
): Partial<Lines> {
  if (carriedIds === undefined) return {};
  const made = madeBy(
    timeline.slice(0, applied).filter(({ kind }) => kind === "edit") as EditLine[],
    recipe.steps.filter((entry) => entry.step === "edit"),
  );
  const carry = (entry: TimelineEntry): TimelineEntry => {
    if (entry.kind !== "edit") return entry;
    return made.get(entry.id) ?? { ...entry, edits: parsed(entry.edits).map((edit) => withClassIds(edit, carriedIds)) };
  };
  return { timeline: timeline.map(carry), branches: branches.map((branch) => branch.map(carry)) };
}

/** The applied lines with the edits of the run, by id: each takes as many as it had. */
function madeBy(lines: readonly EditLine[], edits: EditLine["edits"]): ReadonlyMap<number, EditLine> {
  let next = 0;
  return new Map(
    lines.map((line): [number, EditLine] => {
      const own = edits.slice(next, next + line.edits.length);
      next += line.edits.length;
      return [line.id, { ...line, edits: own }];
    }),
  );
}

function parsed(edits: EditLine["edits"]) {
  return parseRecipe({ schemaVersion: 1, steps: [...edits] }).steps.filter((entry) => entry.step === "edit");
}
