/** Why something cannot be done now, in the words that buttons, keys and the palette share; undefined where it can. What waits for an edit that is being made can be done. */
import type { ViewSession } from "./view-session.js";

/** Of whatever is done with what is open, while something else is being read in its place. */
export function readingRefusal({ image, activity }: Pick<ViewSession, "image" | "activity">): string | undefined {
  if (isBeingRead(activity)) return "Wait until the file is read.";
  return image === undefined ? "Open a file first." : undefined;
}

/** Whether a file is on its way: what is still there is of the one before. */
export function isBeingRead({ kind }: ViewSession["activity"]): boolean {
  return kind === "opening" || kind === "loading";
}

/** Of what waits for nothing: a place of the history, or settings of what is open. */
export function workRefusal({ activity }: Pick<ViewSession, "activity">): string | undefined {
  return activity.kind === "idle" ? undefined : "Wait until the work is done.";
}

/** Of a run: it waits for edits. */
export function runRefusal({ image, activity }: Pick<ViewSession, "image" | "activity">): string | undefined {
  if (image === undefined) return "Open a file first.";
  return canWait(activity) ? undefined : "Something is running. Wait for it, or stop it.";
}

/** Of an edit of the classes: it waits for those before it. */
export function editRefusal({
  analysis,
  partial,
  activity,
}: Pick<ViewSession, "analysis" | "partial" | "activity">): string | undefined {
  if (analysis?.labels === undefined) return "Find the phases first.";
  if (!canWait(activity)) return "Editing is off while something runs.";
  return partial ? "This result is not complete. Find phases again to edit it." : undefined;
}

function canWait({ kind }: ViewSession["activity"]): boolean {
  return kind === "idle" || kind === "editing";
}
