import { programVersion } from "@sigma-eds/core";
import type { ViewSession } from "../session/view-session.js";

/** What someone needs to find out what went wrong, as text for a report. It holds no counts; it is copied, never sent. */
export function problemReport({ image, recipe, analysis, stage, problem }: ViewSession, browser: string): string {
  const shape = image === undefined ? "nothing open" : `${image.grid.width} x ${image.grid.height} x ${image.energyAxis.size}`;
  return [
    "What I did, what I expected, what happened:",
    "",
    "",
    `SIGMA ${programVersion}, ${browser}`,
    `Stage: ${stage}. Image: ${shape}.`,
    `Classes: ${analysis?.classes.length ?? "none"}.`,
    problem === undefined ? "No problem is shown." : `Problem: ${problem.title}\n${problem.details}`,
    `Recipe: ${JSON.stringify(analysis?.recipe ?? recipe)}`,
    "",
  ].join("\n");
}
