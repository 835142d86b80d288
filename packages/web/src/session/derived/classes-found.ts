import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

/** How many classes the method found, before anybody edited them. */
export function classesFound({ classes, edits }: Pick<AnalysisSnapshot, "classes" | "edits">): number {
  if (edits === undefined) return classes.length;
  return edits.before.labels.reduce((most, label) => Math.max(most, label + 1), 0);
}
