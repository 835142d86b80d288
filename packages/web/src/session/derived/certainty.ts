/** How sure the classes are, pixel by pixel, from their memberships. */
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface Certainty {
  /** Float32 [pixels]: probability of the most probable class; NaN where a pixel has none. */
  readonly best: Float32Array;
  /** Column of the membership that is the most probable, and the second; -1 where there is none. Int16 [pixels]. */
  readonly bestColumn: Int16Array;
  readonly secondColumn: Int16Array;
  /** Float32 [pixels]: probability of the second class. */
  readonly second: Float32Array;
  /** Float32 [pixels]: entropy over that of equal probabilities, 0 (certain) to 1 (all alike). */
  readonly entropy: Float32Array;
}

type Membership = NonNullable<AnalysisSnapshot["membership"]>;

const known = new WeakMap<Membership, Certainty>();

/** Computed once for each membership. */
export function certaintyOf(membership: Membership): Certainty {
  const before = known.get(membership);
  if (before !== undefined) return before;
  const made = computed(membership);
  known.set(membership, made);
  return made;
}

function computed({ classes, data }: Membership): Certainty {
  const pixels = classes === 0 ? 0 : data.length / classes;
  const certainty = {
    best: new Float32Array(pixels).fill(Number.NaN),
    bestColumn: new Int16Array(pixels).fill(-1),
    secondColumn: new Int16Array(pixels).fill(-1),
    second: new Float32Array(pixels),
    entropy: new Float32Array(pixels).fill(Number.NaN),
  };
  const most = Math.log(Math.max(2, classes));
  for (let p = 0; p < pixels; p++) {
    let [best, second, entropy] = [0, 0, 0];
    let [bestColumn, secondColumn] = [-1, -1];
    for (let k = 0; k < classes; k++) {
      const share = data[p * classes + k]!;
      if (share > 0) entropy -= share * Math.log(share);
      if (share > best) [second, secondColumn, best, bestColumn] = [best, bestColumn, share, k];
      else if (share > second) [second, secondColumn] = [share, k];
    }
    if (bestColumn < 0) continue;
    certainty.best[p] = best;
    certainty.bestColumn[p] = bestColumn;
    certainty.second[p] = second;
    certainty.secondColumn[p] = secondColumn;
    certainty.entropy[p] = entropy / most;
  }
  return certainty;
}
