/** Raw counts of pixels together, and of the pixels from which components take their spectra. */
import type { BinnedCounts } from "./binned-counts.js";
import type { Explanation } from "./explanation.js";
import { valueAt } from "./order.js";

export interface SummedCounts {
  /** Float64 [bins] */
  readonly bins: Float64Array;
  readonly counts: number;
}

/** Raw counts of some pixels together. */
export function sumOf(counts: BinnedCounts, pixels: ArrayLike<number>): SummedCounts {
  const sum = new RunningSum(counts.bins);
  for (let p = 0; p < pixels.length; p++) sum.add(counts, pixels[p]!, 1);
  return sum;
}

const NONE = -1;

/**
 * The raw counts of each component's calm pure pixels, kept from one explanation to the next. Whole counts add up exactly in any order, so that only the pixels
 * that came and went are counted; intensities are added up anew each time.
 */
export class PureSums {
  readonly #counts: BinnedCounts;
  /** Key of the sum that a pixel is part of: int32 [pixels]. */
  #owner: Int32Array;
  readonly #sums = new Map<number, RunningSum>();

  constructor(counts: BinnedCounts) {
    this.#counts = counts;
    this.#owner = new Int32Array(counts.frames.pixels).fill(NONE);
  }

  /** Sums of the components that have a key (at least 0, the same for the same component each time), for the half of their pure pixels with the least `edge`. */
  of(explanation: Explanation, edge: Float32Array, keys: readonly (number | undefined)[]): (SummedCounts | undefined)[] {
    const owner = calmOwners(explanation, edge, keys);
    if (!(this.#counts.count instanceof Uint16Array)) this.#forget();
    for (const key of keys) if (key !== undefined && !this.#sums.has(key)) this.#sums.set(key, new RunningSum(this.#counts.bins));
    for (let n = 0; n < owner.length; n++) {
      const [before, now] = [this.#owner[n]!, owner[n]!];
      if (before === now) continue;
      if (before !== NONE) this.#sums.get(before)!.add(this.#counts, n, -1);
      if (now !== NONE) this.#sums.get(now)!.add(this.#counts, n, 1);
    }
    this.#owner = owner;
    for (const key of this.#sums.keys()) if (!keys.includes(key)) this.#sums.delete(key);
    return keys.map((key) => (key === undefined ? undefined : this.#sums.get(key)));
  }

  #forget(): void {
    this.#owner.fill(NONE);
    this.#sums.clear();
  }
}

class RunningSum implements SummedCounts {
  readonly bins: Float64Array;
  counts = 0;

  constructor(bins: number) {
    this.bins = new Float64Array(bins);
  }

  /** Adds the counts of a pixel, times 1 or -1. */
  add(counts: BinnedCounts, n: number, times: number): void {
    const { bins } = this;
    const { bin, count, rowStart } = counts;
    const end = rowStart[n + 1]!;
    for (let i = rowStart[n]!; i < end; i++) bins[bin[i]!]! += times * count[i]!;
    this.counts += times * counts.total[n]!;
  }
}

/** For every pixel the key of the component whose calm pure pixel it is: int32 [pixels]. */
function calmOwners({ first, pure }: Explanation, edge: Float32Array, keys: readonly (number | undefined)[]): Int32Array {
  const limits = calmLimits(first, pure, edge, keys);
  const owner = new Int32Array(first.length).fill(NONE);
  for (let n = 0; n < owner.length; n++) {
    if (pure[n] !== 2 || !(edge[n]! <= limits[first[n]!]!)) continue;
    owner[n] = keys[first[n]!]!;
  }
  return owner;
}

/** The edge that half of a component's pure pixels (at least one) do not exceed; NaN without a key. */
function calmLimits(
  first: Uint8Array,
  pure: Uint8Array,
  edge: Float32Array,
  keys: readonly (number | undefined)[],
): Float64Array {
  const limits = new Float64Array(keys.length).fill(Number.NaN);
  const sizes = new Int32Array(keys.length);
  for (let n = 0; n < first.length; n++) if (pure[n] === 2) sizes[first[n]!]! += 1;
  const edges = keys.map((key, k) => new Float32Array(key === undefined ? 0 : sizes[k]!));
  sizes.fill(0);
  for (let n = 0; n < first.length; n++) {
    const k = first[n]!;
    if (pure[n] !== 2 || keys[k] === undefined) continue;
    edges[k]![sizes[k]!] = edge[n]!;
    sizes[k]! += 1;
  }
  edges.forEach((values, k) => {
    if (values.length === 1) limits[k] = Infinity;
    else if (values.length > 1) limits[k] = valueAt(values, (values.length - 1) >> 1);
  });
  return limits;
}
