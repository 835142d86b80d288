import { matrix } from "../../kernels/matrix.js";
import { largestAssignment } from "./assignment.js";
import { classesOf } from "./contingency.js";

/** A phase counts as found when its class holds at least this share of its pure pixels. */
export const RECALL_TO_BE_FOUND = 0.5;

export interface ClassMatch {
  readonly pixels: number;
  readonly purePixels: number;
  readonly matchedClass: number | undefined;
  readonly recall: number;
  readonly precision: number;
}

interface LabelledTruth {
  readonly phases: readonly unknown[];
  readonly labels: Int32Array;
  readonly pure: Uint8Array;
}

/**
 * The class of each phase: one to one, with the largest number of pixels in common, counting pure pixels (all pixels of a phase that
 * has no pure one). A pair without a common pixel is no match.
 */
export function matchClasses(labels: Int32Array, truth: LabelledTruth): ClassMatch[] {
  const phases = truth.phases.length;
  const classes = classesOf(labels);
  const pixels = new Float64Array(phases);
  const purePixels = new Float64Array(phases);
  for (let p = 0; p < truth.labels.length; p++) {
    pixels[truth.labels[p]!]! += 1;
    if (truth.pure[p] !== 0) purePixels[truth.labels[p]!]! += 1;
  }
  const common = matrix(phases, classes);
  const classTotal = new Float64Array(classes);
  for (let p = 0; p < truth.labels.length; p++) {
    const phase = truth.labels[p]!;
    const id = labels[p]!;
    if (id < 0 || (truth.pure[p] === 0 && purePixels[phase]! > 0)) continue;
    common.data[phase * classes + id]! += 1;
    classTotal[id]! += 1;
  }
  const assigned = largestAssignment(common);
  return Array.from({ length: phases }, (_, k): ClassMatch => {
    const id = assigned[k]!;
    const hits = id < 0 ? 0 : common.data[k * classes + id]!;
    const total = purePixels[k]! > 0 ? purePixels[k]! : pixels[k]!;
    const counted = { pixels: pixels[k]!, purePixels: purePixels[k]! };
    if (hits === 0) return { ...counted, matchedClass: undefined, recall: 0, precision: 0 };
    return { ...counted, matchedClass: id, recall: hits / total, precision: hits / classTotal[id]! };
  });
}
