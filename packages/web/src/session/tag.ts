import { othersWords } from "./derived/others.js";
import type { ViewSession } from "./view-session.js";

/** Whether a result is being made or opened: what is not there yet will be. */
export function isOnItsWay({ activity }: Pick<ViewSession, "activity">): boolean {
  return activity.kind === "running" || activity.kind === "editing";
}

/** What a view says in its corner when what it shows is not the whole or the newest result. */
export function resultTag({ partial, activity, stale }: Pick<ViewSession, "partial" | "activity" | "stale">): string | undefined {
  if (partial && activity.kind === "running") {
    const done = activity.steps.filter(({ state }) => state === "done").length;
    return `partial, step ${Math.min(done + 1, activity.steps.length)} of ${activity.steps.length}`;
  }
  if (partial) return "partial";
  return stale.length > 0 ? "settings have changed since" : undefined;
}

/** As {@link resultTag}, of a picture of the classes: it says too which of them have no colour of their own. */
export function pictureTag(session: Pick<ViewSession, "partial" | "activity" | "stale" | "analysis">): string | undefined {
  const parts = [resultTag(session), othersWords(session.analysis)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}
