import type { ViewSession } from "./view-session.js";

/** What a view says in its corner when what it shows is not the whole or the newest result. */
export function resultTag({ partial, activity, stale }: Pick<ViewSession, "partial" | "activity" | "stale">): string | undefined {
  if (partial && activity.kind === "running") {
    const done = activity.steps.filter(({ state }) => state === "done").length;
    return `partial, step ${Math.min(done + 1, activity.steps.length)} of ${activity.steps.length}`;
  }
  if (partial) return "partial";
  return stale.length > 0 ? "settings have changed since" : undefined;
}
