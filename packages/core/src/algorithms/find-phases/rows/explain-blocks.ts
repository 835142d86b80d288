import { CONSTANTS } from "../constants.js";
import { type Explanation, NOBODY } from "../explanation.js";

/** Pixels of a block. */
export const EXPLAINED_PIXELS = 8192;

export interface ExplainStage {
  /** Float32 [pixels x axes], and per pixel what is inside and the effective counts. */
  readonly scores: Float32Array;
  readonly inside: Uint8Array;
  readonly effective: Float32Array;
  readonly table: PairTable;
}

/** Components, and pairs of them. */
export interface PairTable {
  readonly k: number;
  readonly axes: number;
  /** [k x axes] */
  readonly scores: Float64Array;
  /** [k x k] squared distances. */
  readonly gap: Float64Array;
  /** [k x k] noise variance along the line between two, for a single count. */
  readonly along: Float64Array;
  /** Mean and standard deviation of the squared distance that noise makes, for a single count: [k]. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** Squared distance, beyond the noise of a single count, that still counts as none. */
  readonly detail: number;
}

/** An {@link Explanation} of the pixels of a block. */
export type ExplainedPart = Explanation;

/**
 * Explains the pixels of a block. For a pixel at squared distances d_k, d_l from two components that are g apart, the share of k is f = (d_l + g - d_k) / 2g and what is
 * left d_l - f^2 g. Two are taken only where that lowers the misfit by a likelihood ratio.
 */
export async function explainBlocks(stage: ExplainStage): Promise<(block: number) => ExplainedPart> {
  const pairs = pairsOf(stage.table);
  const pixels = stage.inside.length;
  return (block) => {
    const from = block * EXPLAINED_PIXELS;
    const length = Math.min(pixels, from + EXPLAINED_PIXELS) - from;
    const part: ExplainedPart = {
      first: new Uint8Array(length).fill(NOBODY),
      second: new Uint8Array(length).fill(NOBODY),
      fraction: new Float32Array(length),
      misfit: new Float32Array(length),
      pure: new Uint8Array(length),
    };
    explainRange(stage, pairs, part, from);
    return part;
  };
}

/** Pairs of components side by side: who they are, how far apart, within what difference of distances a share lies between them, and their noise. */
interface Pairs {
  readonly count: number;
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  readonly gap: Float64Array;
  readonly reach: Float64Array;
  readonly along: Float64Array;
}

function pairsOf({ k, gap, along }: PairTable): Pairs {
  const count = (k * (k - 1)) / 2;
  const pairs: Pairs = {
    count,
    a: new Uint8Array(count),
    b: new Uint8Array(count),
    gap: new Float64Array(count),
    reach: new Float64Array(count),
    along: new Float64Array(count),
  };
  let at = 0;
  for (let p = 0; p < k; p++) {
    for (let q = p + 1; q < k; q++) {
      pairs.a[at] = p;
      pairs.b[at] = q;
      pairs.gap[at] = gap[p * k + q]!;
      pairs.reach[at] = gap[p * k + q]! * (1 - 2 * CONSTANTS.pairMargin.value);
      pairs.along[at] = along[p * k + q]!;
      at += 1;
    }
  }
  return pairs;
}

function explainRange(
  { scores, inside, effective, table }: ExplainStage,
  pairs: Pairs,
  result: ExplainedPart,
  from: number,
): void {
  const { k, mean, spread, detail } = table;
  const width = CONSTANTS.ballWidth.value;
  const gain = CONSTANTS.pairGain.value;
  const d = new Float64Array(k);
  const own = new Float64Array(table.axes);
  for (let i = 0; i < result.first.length; i++) {
    const n = from + i;
    if (inside[n] === 0) continue;
    const best = distances(scores, n, table, own, d);
    const cost = gain / effective[n]!;
    let least = d[best]!;
    let a = best;
    let b = NOBODY;
    let share = 1;
    let left = d[best]!;
    for (let pair = 0; pair < pairs.count; pair++) {
      const dp = d[pairs.a[pair]!]!;
      const dq = d[pairs.b[pair]!]!;
      const ahead = dq - dp;
      const reach = pairs.reach[pair]!;
      if (!(ahead < reach && ahead > -reach)) continue;
      const g = pairs.gap[pair]!;
      const f = (ahead + g) / (2 * g);
      const rest = dq - f * f * g;
      const value = rest + cost * pairs.along[pair]!;
      if (value < least) {
        least = value;
        left = Math.max(0, rest);
        a = pairs.a[pair]!;
        b = pairs.b[pair]!;
        share = f;
      }
    }
    const first = share >= 0.5 ? a : b;
    const fraction = share >= 0.5 ? share : 1 - share;
    result.first[i] = first;
    result.second[i] = share >= 0.5 ? b : a;
    result.fraction[i] = fraction;
    result.misfit[i] = left;
    const ball = Math.max(detail / 2, (width * spread[first]!) / effective[n]!) + mean[first]! / effective[n]!;
    if (d[first]! < ball) result.pure[i] = 2;
    else if (fraction >= CONSTANTS.pureShare.value) result.pure[i] = 1;
  }
}

/** Squared distances of a pixel from all components; the index of the smallest. */
function distances(
  scores: Float32Array,
  n: number,
  { k, axes, scores: known }: PairTable,
  own: Float64Array,
  d: Float64Array,
): number {
  for (let i = 0; i < axes; i++) own[i] = scores[n * axes + i]!;
  let best = 0;
  let at = 0;
  for (let c = 0; c < k; c++) {
    let sum = 0;
    for (let i = 0; i < axes; i++) {
      const difference = own[i]! - known[at]!;
      at += 1;
      sum += difference * difference;
    }
    d[c] = sum;
    if (sum < d[best]!) best = c;
  }
  return best;
}
