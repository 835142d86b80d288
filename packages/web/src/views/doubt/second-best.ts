/** With what each class is confused: the class that comes second most often among its pixels. */
import type { Certainty } from "../../session/derived/certainty.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface SecondBest {
  readonly id: number;
  /** Id of the class that is second at most of its pixels; undefined where none is. */
  readonly second: number | undefined;
  /** Mean probability of that class over all pixels of this one. */
  readonly meanShare: number;
  /** Mean entropy of its pixels, 0 (certain) to 1. */
  readonly meanEntropy: number;
}

/** One entry per class, by the pixels that carry its label. Columns of the membership are in the order of the classes. */
export function secondBest(
  { classes, labels, membership }: Pick<AnalysisSnapshot, "classes" | "labels" | "membership">,
  { entropy }: Certainty,
): SecondBest[] {
  const k = classes.length;
  if (labels === undefined || membership === undefined || membership.classes !== k) return [];
  const slotOf = new Map(classes.map(({ id }, slot) => [id, slot]));
  const sums = new Float64Array(k * k);
  const entropies = new Float64Array(k);
  const pixels = new Float64Array(k);
  labels.forEach((label, p) => {
    const slot = slotOf.get(label);
    if (slot === undefined || Number.isNaN(entropy[p])) return;
    pixels[slot]! += 1;
    entropies[slot]! += entropy[p]!;
    for (let j = 0; j < k; j++) if (j !== slot) sums[slot * k + j]! += membership.data[p * k + j]!;
  });
  return classes.map(({ id }, slot) => {
    const others = sums.subarray(slot * k, slot * k + k);
    const most = others.reduce((best, value, j) => (value > others[best]! ? j : best), slot);
    const count = Math.max(1, pixels[slot]!);
    return {
      id,
      second: others[most]! > 0 ? classes[most]!.id : undefined,
      meanShare: others[most]! / count,
      meanEntropy: entropies[slot]! / count,
    };
  });
}
