import { listOf } from "../../numbers.js";
import type { PhaseClass } from "../../pipeline/analysis.js";
import type { Page } from "../report-page.js";

const verbs = {
  merge: "merged from",
  split: "taken apart from",
  recluster: "grouped anew within",
  smooth: "smoothed, from",
  polygon: "drawn in",
  gate: "taken by a condition from",
} as const;

/** How a person made a class, as a sentence: evidence of the method no longer applies to it. */
export function origins(page: Page, { madeOf = [] }: PhaseClass): string {
  const steps = madeOf.map(({ action, from }) => {
    const sources = from.map((id) => (id < 0 ? "unassigned pixels" : page.has(id) ? page.nameOf(id) : `class ${id}`));
    return `${verbs[action]} ${listOf(sources)}`;
  });
  return `Made by hand: ${steps.join("; then ")}.`;
}
