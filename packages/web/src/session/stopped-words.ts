import type { ViewSession } from "./view-session.js";

/** Where a run was stopped, and what is shown since: `Stopped at: Latent space. ...` */
export function stoppedWords({ stoppedAt, partial }: Pick<ViewSession, "stoppedAt" | "partial">): string {
  return `Stopped at: ${stoppedAt}. ${partial ? "What is finished stays usable." : "What was there before is shown."}`;
}
