/** The class that a pixel would be of next, and how probable it is. */
import type { PhaseClass } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { certaintyOf } from "./certainty.js";

export interface SecondClass {
  /** Int32 [pixels]: class id; -1 where no second class is worth a word. */
  readonly labels: Int32Array;
  /** Float32 [pixels]: its probability, 0 to 0.5; NaN where a pixel has no membership. */
  readonly share: Float32Array;
}

/** Less probable ones are not shown, as in the status line. */
export const LEAST_SECOND = 0.05;
/** No class that is second is more probable. */
export const MOST_SECOND = 0.5;

const known = new WeakMap<object, SecondClass>();

/** Made once for each membership; undefined where its columns are not the classes. */
export function secondClassOf(analysis: Pick<AnalysisSnapshot, "membership" | "classes"> | undefined): SecondClass | undefined {
  const { membership, classes = [] } = analysis ?? {};
  if (membership === undefined || membership.classes !== classes.length) return undefined;
  const before = known.get(membership);
  if (before !== undefined) return before;
  const { best, second, secondColumn } = certaintyOf(membership);
  const made = {
    labels: Int32Array.from(secondColumn, (column, p) => (second[p]! < LEAST_SECOND ? -1 : (classes[column]?.id ?? -1))),
    share: second.map((share, p) => (Number.isNaN(best[p]!) ? Number.NaN : share)),
  };
  known.set(membership, made);
  return made;
}

/** Classes that are second somewhere, at most pixels first. */
export function secondClasses({ labels }: SecondClass, classes: readonly PhaseClass[]): PhaseClass[] {
  const pixels = new Map<number, number>();
  for (const label of labels) if (label >= 0) pixels.set(label, (pixels.get(label) ?? 0) + 1);
  const often = (phase: PhaseClass): number => pixels.get(phase.id) ?? 0;
  return classes.filter((phase) => often(phase) > 0).sort((a, b) => often(b) - often(a));
}
