/** What a run found, in a sentence for the status line: how many classes, how long it took, and what it left. */
import { countOf, formatPercent, isByHand } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { tookWords } from "./took-words.js";

type Found = Pick<AnalysisSnapshot, "classes" | "labels" | "unmixing" | "edits">;

export function foundWords(analysis: Found, stepSeconds: Readonly<Record<string, number>>): string {
  const found = `${countOf(analysis.classes.length, "class", "classes")}${tookWords(stepSeconds) || " in 0 s"}.`;
  return `${found}${leftWords(analysis)}${repeatedWords(analysis)}`;
}

function leftWords({ labels, unmixing }: Found): string {
  const unassigned = labels?.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0) ?? 0;
  const parts = [
    ...(labels !== undefined && unassigned > 0 ? [`${formatPercent(unassigned / labels.length)} of pixels are unassigned`] : []),
    ...(unmixing === undefined ? [] : [`${formatPercent(unmixing.unexplainedShare)} of counts are not explained`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(", ")}.`;
}

/** Of edits that were not all repeated; the history says why each was not. */
function repeatedWords({ edits }: Found): string {
  const outcomes = (edits?.outcomes ?? []).filter(({ edit }) => isByHand(edit));
  const repeated = outcomes.filter(({ refusal }) => refusal === undefined).length;
  return repeated === outcomes.length ? "" : ` ${repeated} of ${countOf(outcomes.length, "edit")} repeated: see History.`;
}
