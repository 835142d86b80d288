import type { RandomStream } from "../kernels/random.js";

/** Draws channels with given probabilities in constant time: alias method (A. J. Walker 1977, doi:10.1145/355744.355749). */
export interface AliasTable {
  /** Of the weights that it was made from. */
  readonly total: number;
  draw(random: RandomStream): number;
}

/** A table for weights that are not negative. Where all are 0, nothing may be drawn. */
export function aliasTable(weights: Float64Array): AliasTable {
  const n = weights.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[i]!;
  const keep = new Float64Array(n).fill(1);
  const other = Uint32Array.from({ length: n }, (_, i) => i);
  if (total > 0) {
    const scaled = weights.map((weight) => (weight * n) / total);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < n; i++) (scaled[i]! < 1 ? small : large).push(i);
    while (small.length > 0 && large.length > 0) {
      const s = small.pop()!;
      const l = large.at(-1)!;
      keep[s] = scaled[s]!;
      other[s] = l;
      scaled[l] = scaled[l]! + scaled[s]! - 1;
      if (scaled[l]! < 1) small.push(large.pop()!);
    }
  }
  return {
    total,
    draw(random) {
      const x = random.uniform() * n;
      const i = Math.floor(x);
      return x - i < keep[i]! ? i : other[i]!;
    },
  };
}
