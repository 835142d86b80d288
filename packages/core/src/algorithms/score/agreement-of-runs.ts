/** How far repeated divisions of the same pixels agree with a first one: for each class and for each pixel. */
import { matrix } from "../../kernels/matrix.js";
import { largestAssignment } from "./assignment.js";

export interface ClassStability {
  readonly id: number;
  /** Mean over the runs of pixels in common over pixels in either, with the class of the run that is matched to it; 0 in runs without one. */
  readonly jaccard: number;
  /** Share of the runs in which that is above 0.5: the class was found again. */
  readonly found: number;
}

export interface RunAgreement {
  /** Classes of each run. */
  readonly classNumbers: readonly number[];
  readonly classes: readonly ClassStability[];
  /** Float32 [pixels]: share of the runs in which the pixel is in the class matched to its own; NaN for pixels without a class. */
  readonly pixels: Float32Array;
}

const FOUND = 0.5;

/**
 * Cluster-wise stability (C. Hennig, Comput. Stat. Data Anal. 52 (2007) 258, doi:10.1016/j.csda.2006.11.025): classes of each run are matched one to one with those of `labels` (int32
 * [pixels], -1 for none) so that the sum of their Jaccard indices is largest.
 */
export function agreementOfRuns(labels: Int32Array, ids: readonly number[], runs: readonly Int32Array[]): RunAgreement {
  const indices = new Float64Array(ids.length);
  const found = new Float64Array(ids.length);
  const agreeing = new Float32Array(labels.length);
  const classNumbers = runs.map((run) => {
    const { own, classes } = matched(labels, ids, run);
    own.forEach(({ jaccard }, slot) => {
      indices[slot]! += jaccard;
      if (jaccard > FOUND) found[slot]! += 1;
    });
    const matchOf = new Map(own.map(({ match }, slot) => [ids[slot]!, match]));
    for (let p = 0; p < labels.length; p++) if (run[p]! >= 0 && matchOf.get(labels[p]!) === run[p]) agreeing[p]! += 1;
    return classes;
  });
  const share = 1 / Math.max(1, runs.length);
  return {
    classNumbers,
    classes: ids.map((id, slot) => ({ id, jaccard: indices[slot]! * share, found: found[slot]! * share })),
    pixels: agreeing.map((count, p) => (labels[p]! < 0 ? Number.NaN : count * share)),
  };
}

interface Matched {
  readonly own: readonly { readonly match: number; readonly jaccard: number }[];
  readonly classes: number;
}

function matched(labels: Int32Array, ids: readonly number[], run: Int32Array): Matched {
  const slots = new Map(ids.map((id, slot) => [id, slot]));
  const columns = run.reduce((most, label) => Math.max(most, label + 1), 0);
  const common = matrix(ids.length, columns);
  const size = new Float64Array(ids.length);
  const sizeOfRun = new Float64Array(columns);
  for (let p = 0; p < labels.length; p++) {
    const slot = slots.get(labels[p]!);
    const column = run[p]!;
    if (slot !== undefined) size[slot]! += 1;
    if (column >= 0) sizeOfRun[column]! += 1;
    if (slot !== undefined && column >= 0) common.data[slot * columns + column]! += 1;
  }
  for (let i = 0; i < common.data.length; i++) {
    const both = common.data[i]!;
    const either = size[Math.floor(i / columns)]! + sizeOfRun[i % columns]! - both;
    common.data[i] = either > 0 ? both / either : 0;
  }
  const assigned = largestAssignment(common);
  return {
    classes: sizeOfRun.reduce((sum, pixels) => sum + (pixels > 0 ? 1 : 0), 0),
    own: ids.map((_, slot) => {
      const match = assigned[slot]!;
      return { match, jaccard: match < 0 ? 0 : common.data[slot * columns + match]! };
    }),
  };
}
