/** Edits after which Undo is offered: those that take classes away or apart. */
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import type { SessionState, TimelineEntry } from "./session-state.js";

type EditEntry = Extract<TimelineEntry, { readonly kind: "edit" }>;

export interface UndoOffer {
  /** The line of the history that is taken back. */
  readonly entry: EditEntry;
  /** The line before it: going there takes it back. */
  readonly before: number;
}

const offering: ReadonlySet<string> = new Set(["merge", "delete", "recluster"]);
/** Before all lines. */
const BEGINNING = -1;

/** Whether Undo is offered after an edit that gave `analysis`. Not where the edit was refused: then nothing was done. */
export function offersUndo({ edits }: EditEntry, analysis: AnalysisSnapshot): boolean {
  const outcomes = analysis.edits?.outcomes.slice(-edits.length) ?? [];
  return edits.some(({ action }) => offering.has(action)) && outcomes.every(({ refusal }) => refusal === undefined);
}

/** What can be taken back now. Selecting does not end the offer; another edit, and taking this one back, do. */
export function undoOfferOf({
  timeline,
  applied,
  offered,
}: Pick<SessionState, "timeline" | "applied" | "offered">): UndoOffer | undefined {
  if (offered === undefined) return undefined;
  const at = timeline.indexOf(offered);
  if (at < 0 || at >= applied) return undefined;
  if (timeline.slice(at + 1, applied).some(({ kind }) => kind !== "selection")) return undefined;
  return { entry: offered, before: timeline[at - 1]?.id ?? BEGINNING };
}
