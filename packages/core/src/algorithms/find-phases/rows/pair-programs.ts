/** The search for the one or two spectra that explain a pixel, as a kernel and in plain TypeScript with the same bits: float32, each operation rounded. */
import { spectrumPairsProgram } from "../../../kernels/generated/spectrum-pairs.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan, plainArrays } from "../../../kernels/kernel-memory.js";
import { NOBODY } from "../explanation.js";

export interface PairSizes {
  /** Pixels at a time, a multiple of 4. */
  readonly pixels: number;
  readonly axes: number;
  readonly components: number;
}

/** A pair has four numbers in `facts`. */
const FACTS = 4;

function pairsPlan({ pixels, axes, components }: PairSizes) {
  const pairs = (components * (components - 1)) / 2;
  return {
    /** Float32 [pixels x axes] and [components x axes] */
    scores: ["float32", pixels * axes],
    known: ["float32", components * axes],
    /** Of every pair its two components, and squared distance g, 1 / 2g, reach and noise along it. */
    ends: ["int32", 2 * pairs],
    facts: ["float32", FACTS * pairs],
    /** What a second spectrum costs, times the noise along the pair: float32 [pixels]. */
    cost: ["float32", pixels],
    /** Scores of four pixels, axis after axis; room for two vectors at least. */
    turned: ["float32", 4 * Math.max(axes, 2)],
    distances: ["float32", 4 * components],
    first: ["uint8", pixels],
    second: ["uint8", pixels],
    fraction: ["float32", pixels],
    misfit: ["float32", pixels],
    /** Squared distance of the first component. */
    squared: ["float32", pixels],
  } as const satisfies MemoryPlan;
}

export type PairArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof pairsPlan>>>>["arrays"];

export interface PairProgram {
  readonly arrays: PairArrays;
  /** Writes down the pair of components a < b. */
  setPair(pair: number, a: number, b: number, gap: number, reach: number, along: number): void;
  /** Explains the first `pixels` pixels, as `first`, `second`, `fraction`, `misfit` and `squared`. */
  explain(pixels: number): void;
}

/** The quickest that this host has. */
export async function pairProgram(sizes: PairSizes): Promise<PairProgram> {
  const module = await kernelModule(spectrumPairsProgram, false);
  const placed = module && kernelMemory(pairsPlan(sizes), false);
  if (module === undefined || placed === undefined) return referencePairs(sizes);
  const { memory, arrays } = placed;
  const kernel = await startKernel<"explain">(module, memory);
  const { axes, components } = sizes;
  const { scores, known, ends, facts, cost, turned, distances, first, second, fraction, misfit, squared } = arrays;
  const results = [cost, turned, distances, first, second, fraction, misfit, squared].map(({ byteOffset }) => byteOffset);
  return {
    arrays,
    setPair(pair, a, b, ...given) {
      ends[2 * pair] = distances.byteOffset + 16 * a;
      ends[2 * pair + 1] = distances.byteOffset + 16 * b;
      setFacts(facts, pair, ...given);
    },
    explain(pixels) {
      const pairs = ends.length / 2;
      const at = [scores.byteOffset, components, known.byteOffset, pairs, ends.byteOffset, facts.byteOffset];
      kernel.explain(Math.ceil(pixels / 4), axes, ...at, ...results);
    },
  };
}

function setFacts(facts: Float32Array, pair: number, gap: number, reach: number, along: number): void {
  facts.set([gap, 1 / (2 * gap), reach, along], FACTS * pair);
}

/** In plain TypeScript. */
export function referencePairs(sizes: PairSizes): PairProgram {
  const arrays = plainArrays(pairsPlan(sizes));
  return {
    arrays,
    setPair(pair, a, b, ...given) {
      arrays.ends.set([a, b], 2 * pair);
      setFacts(arrays.facts, pair, ...given);
    },
    explain(pixels) {
      for (let n = 0; n < pixels; n++) explainWith(arrays, sizes, n);
    },
  };
}

function explainWith(arrays: PairArrays, { axes, components }: PairSizes, n: number): void {
  const { fround } = Math;
  const { ends, facts, cost, distances: d } = arrays;
  const best = nearest(arrays, axes, components, n);
  let least = d[best]!;
  let left = least;
  let share = 1;
  let chosen = -1;
  for (let pair = 0; 2 * pair < ends.length; pair++) {
    const dq = d[ends[2 * pair + 1]!]!;
    const ahead = fround(dq - d[ends[2 * pair]!]!);
    if (!(Math.abs(ahead) < facts[FACTS * pair + 2]!)) continue;
    const gap = facts[FACTS * pair]!;
    const f = fround(fround(ahead + gap) * facts[FACTS * pair + 1]!);
    const rest = fround(dq - fround(fround(f * f) * gap));
    const value = fround(rest + fround(cost[n]! * facts[FACTS * pair + 3]!));
    if (!(value < least)) continue;
    least = value;
    left = rest;
    share = f;
    chosen = pair;
  }
  let a = best;
  let b = NOBODY;
  if (chosen >= 0) [a, b] = [ends[2 * chosen]!, ends[2 * chosen + 1]!];
  if (share < 0.5) [a, b] = [b, a];
  arrays.first[n] = a;
  arrays.second[n] = b;
  arrays.fraction[n] = share < 0.5 ? fround(1 - share) : share;
  arrays.misfit[n] = left < 0 ? 0 : left;
  arrays.squared[n] = d[a]!;
}

/** Fills the distances of a pixel; the component at the smallest. */
function nearest({ scores, known, distances: d }: PairArrays, axes: number, components: number, n: number): number {
  const { fround } = Math;
  let best = 0;
  for (let c = 0; c < components; c++) {
    let sum = 0;
    for (let i = 0; i < axes; i++) {
      const difference = fround(scores[n * axes + i]! - known[c * axes + i]!);
      sum = fround(sum + fround(difference * difference));
    }
    d[c] = sum;
    if (sum < d[best]!) best = c;
  }
  return best;
}
