/** A factorisation stays the same when an endmember is doubled and its abundances halved, or two are swapped. This fixes both by rule. */
import type { Factors } from "./nmf-start.js";
import { nonNegativeSolver } from "./nnls.js";

export const endmemberScales = ["closure", "sum", "maximum", "none"] as const;

/**
 * `closure`: abundances of a spectrum sum to one as nearly as possible, so that an endmember is the spectrum of a pure pixel; `sum`: an endmember
 * sums to 1, so that abundances are counts; `maximum`: an endmember's highest channel is 1; `none`: as fitted.
 */
export type EndmemberScale = (typeof endmemberScales)[number];

/** Rescales in place. An endmember that is 0 everywhere is left as it is. */
export function rescale({ k, abundances, endmembers }: Factors, scale: EndmemberScale): void {
  if (scale === "none") return;
  const factor = scale === "closure" ? closure(k, abundances) : sizes(k, endmembers, scale);
  for (let i = 0; i < abundances.length; i++) abundances[i]! *= factor[i % k]!;
  for (let i = 0; i < endmembers.length; i++) endmembers[i]! /= factor[i % k]!;
}

/** Order of the endmembers by the counts that they explain, falling; ties by index. */
export function orderByShare({ k, abundances, endmembers }: Factors): number[] {
  const total = (data: Float64Array, j: number) => {
    let sum = 0;
    for (let i = j; i < data.length; i += k) sum += data[i]!;
    return sum;
  };
  const explained = Array.from({ length: k }, (_, j) => total(abundances, j) * total(endmembers, j));
  return explained.map((_, j) => j).sort((a, b) => explained[b]! - explained[a]! || a - b);
}

function sizes(k: number, endmembers: Float64Array, scale: "sum" | "maximum"): Float64Array {
  const size = new Float64Array(k);
  for (let i = 0; i < endmembers.length; i++) {
    const j = i % k;
    size[j] = scale === "sum" ? size[j]! + endmembers[i]! : Math.max(size[j]!, endmembers[i]!);
  }
  return size.map((value) => (value > 0 ? value : 1));
}

/** The non-negative factors s for which A s comes nearest to 1 everywhere; where one would be 0, the inverse of the largest abundance. */
function closure(k: number, abundances: Float64Array): Float64Array {
  const gram = new Float64Array(k * k);
  const sums = new Float64Array(k);
  const largest = new Float64Array(k);
  for (let at = 0; at < abundances.length; at += k) {
    for (let j = 0; j < k; j++) {
      const value = abundances[at + j]!;
      sums[j]! += value;
      largest[j] = Math.max(largest[j]!, value);
      for (let l = 0; l < k; l++) gram[j * k + l]! += value * abundances[at + l]!;
    }
  }
  const factor = new Float64Array(k);
  nonNegativeSolver(gram, k).solve(sums, factor);
  return factor.map((value, j) => (value > 0 ? value : largest[j]! > 0 ? 1 / largest[j]! : 1));
}
