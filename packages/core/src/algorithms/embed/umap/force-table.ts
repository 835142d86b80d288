/**
 * The forces between two points as functions of their squared distance, looked up instead of computed: the layout asks for them
 * hundreds of millions of times, and each would cost a power and a division.
 *
 * The table has 256 entries for each power of two, evenly spaced within it. The bits of a squared distance in single
 * precision are then the place in the table (exponent and first 8 bits of the fraction):
 *
 *     sign 0 | exponent, 8 bits | fraction, 8 bits | fraction, 15 bits
 *              `---------- place ----------------´   `- left out --´
 *
 * An entry is the force in the middle of its interval, within 0.6 % of the true one anywhere in it. At distances under 0.0002 and over 1000 the entry there
 * holds.
 */
import { pow } from "../../../kernels/math.js";
import type { SimilarityCurve } from "./curve.js";

/** Coefficients by which the difference of two positions is multiplied to give the gradient. */
export interface ForceTable {
  /** Float32 [TABLE_ENTRIES], below 0: draws together. */
  readonly attraction: Float32Array;
  /** Float32 [TABLE_ENTRIES], above 0: drives apart. */
  readonly repulsion: Float32Array;
}

/** Bits of the fraction that do not count. */
export const DROPPED_BITS = 15;
const MIDDLE = 1 << (DROPPED_BITS - 1);
/** Every positive number of single precision has its entry. */
export const TABLE_ENTRIES = 65_536;
/** Where the force is computed: squared distances from 2^-26 to 2^20. */
const FIRST_PLACE = (127 - 26) * 256;
const BEHIND_LAST_PLACE = (127 + 20) * 256;

/**
 * Longest step, as a multiple of the learning rate. umap-learn holds each coordinate of a step within it; here it is the length of a pull or a push, and each coordinate of the
 * pushes of one edge together.
 */
export const LONGEST_STEP = 4;
/** Keeps repulsion finite at distance 0 (umap-learn's constant). */
const SOFTENING = 1e-3;

/** Gradients of the cross-entropy of fuzzy sets (McInnes, Healy and Melville 2018, arXiv:1802.03426, section 3.2). */
export function forceTable({ a, b }: SimilarityCurve, repulsionStrength: number): ForceTable {
  const squared = squaredDistances();
  const power = Float64Array.from(squared, (value) => pow(value, b));
  const longest = squared.map((value) => LONGEST_STEP / Math.sqrt(value));
  const attraction = squared.map((value, i) => Math.max((-2 * a * b * power[i]!) / (value * (1 + a * power[i]!)), -longest[i]!));
  const repulsion = squared.map((value, i) =>
    Math.min((2 * repulsionStrength * b) / ((SOFTENING + value) * (1 + a * power[i]!)), longest[i]!),
  );
  return { attraction: overAllDistances(attraction), repulsion: overAllDistances(repulsion) };
}

/** In the middle of each interval in which the force is computed. */
function squaredDistances(): Float32Array {
  const bits = Int32Array.from(
    { length: BEHIND_LAST_PLACE - FIRST_PLACE },
    (_, i) => ((FIRST_PLACE + i) << DROPPED_BITS) + MIDDLE,
  );
  return new Float32Array(bits.buffer);
}

function overAllDistances(values: Float32Array): Float32Array {
  const table = new Float32Array(TABLE_ENTRIES).fill(values[0]!, 0, FIRST_PLACE);
  table.set(values, FIRST_PLACE);
  return table.fill(values.at(-1)!, BEHIND_LAST_PLACE);
}
