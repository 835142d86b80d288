import { formatCount } from "@sigma-eds/core";
import type { SessionState, TimelineEntry } from "./session-state.js";
import { tookWords } from "./took-words.js";
import type { HistoryEntry } from "./view-session.js";

type Told = Pick<SessionState, "image" | "analysis" | "timeline" | "applied" | "stepSeconds">;

/** The history in sentences, oldest first. Selections that no edit has used yet are one line. */
export function historyOf({ image, analysis, timeline, applied, stepSeconds }: Told): HistoryEntry[] {
  const lines: HistoryEntry[] = [];
  if (image !== undefined) lines.push(line(-2, "opened", `Opened ${image.name}, ${countsSentence(image)}`));
  if (analysis !== undefined && analysis.classes.length > 0) {
    const found = `Found phases (${analysis.recipe.name ?? "own recipe"})${tookWords(stepSeconds)}`;
    lines.push(line(-1, "found", found));
  }
  const refusals = refusalsOf(analysis?.edits?.outcomes ?? [], timeline.slice(0, applied));
  timeline.forEach((entry, i) => {
    const next = timeline[i + 1];
    if (entry.kind === "selection" && next?.kind === "selection" && i + 1 !== applied) return;
    const { id, kind, sentence } = entry;
    lines.push({ id, kind, sentence, applied: i < applied, refusal: refusals.get(id) });
  });
  return lines;
}

function line(id: number, kind: HistoryEntry["kind"], sentence: string): HistoryEntry {
  return { id, kind, sentence, applied: true, refusal: undefined };
}

function countsSentence({ totalCounts, statedCounts }: NonNullable<SessionState["image"]>): string {
  if (statedCounts === undefined) return `${formatCount(totalCounts)} counts`;
  const lost = statedCounts.value - totalCounts;
  return lost === 0 ? "no count lost" : `${formatCount(Math.abs(lost))} counts ${lost > 0 ? "fewer" : "more"} than it states`;
}

type Outcomes = NonNullable<NonNullable<SessionState["analysis"]>["edits"]>["outcomes"];

/** Why edits were not applied, by the entry that they belong to. */
function refusalsOf(outcomes: Outcomes, entries: readonly TimelineEntry[]): Map<number, string> {
  const refusals = new Map<number, string>();
  let next = 0;
  for (const entry of entries) {
    if (entry.kind !== "edit") continue;
    const own = outcomes.slice(next, next + entry.edits.length);
    next += entry.edits.length;
    const refused = own.find(({ refusal }) => refusal !== undefined);
    if (refused?.refusal !== undefined) refusals.set(entry.id, refused.refusal.message);
  }
  return refusals;
}
