/**
 * The forces between two points as functions of their squared distance, looked up instead of computed: the layout asks for them
 * hundreds of millions of times, and each would cost a power and a division.
 *
 * The table has 256 entries for each power of two from 2^-26 to 2^20, evenly spaced within it. The bits of a squared distance in single
 * precision are then the place in the table (exponent and first 8 bits of the fraction) and the way to the next entry (the other
 * 15 bits):
 *
 *     sign 0 | exponent, 8 bits | fraction, 8 bits | fraction, 15 bits
 *              `---------- place ----------------´   `---- way -----´
 *
 * Straight lines between entries lie within 3e-5 of the true value. Below and above the table, at distances under 0.0002 and
 * over 1000, the coefficient at its end holds.
 */
import { pow } from "../../../kernels/math.js";
import type { SimilarityCurve } from "./curve.js";

/** Coefficients by which the difference of two positions is multiplied to give the gradient. */
export interface ForceTable {
  /** Float32 [TABLE_ENTRIES + 1], below 0: draws together. */
  readonly attraction: Float32Array;
  /** Float32 [TABLE_ENTRIES + 1], above 0: drives apart. */
  readonly repulsion: Float32Array;
}

/** Bits of the fraction that lead from one entry to the next. */
export const WAY_BITS = 15;
export const WAY_MASK = (1 << WAY_BITS) - 1;
export const WAY_UNIT = 1 / (1 << WAY_BITS);
const PLACES_PER_DOUBLING = 256;
/** Place of the first entry: the bits of 2^-26, shifted. */
export const FIRST_PLACE = (127 - 26) * PLACES_PER_DOUBLING;
export const TABLE_ENTRIES = 46 * PLACES_PER_DOUBLING;

/** Keeps repulsion finite at distance 0 (umap-learn's constant). */
const SOFTENING = 1e-3;

/** Gradients of the cross-entropy of fuzzy sets (McInnes, Healy and Melville 2018, arXiv:1802.03426, section 3.2). */
export function forceTable({ a, b }: SimilarityCurve, repulsionStrength: number): ForceTable {
  const squared = squaredDistances();
  const power = Float64Array.from(squared, (value) => pow(value, b));
  return {
    attraction: Float32Array.from(squared, (value, i) => (-2 * a * b * power[i]!) / (value * (1 + a * power[i]!))),
    repulsion: Float32Array.from(
      squared,
      (value, i) => (2 * repulsionStrength * b) / ((SOFTENING + value) * (1 + a * power[i]!)),
    ),
  };
}

function squaredDistances(): Float32Array {
  const bits = Int32Array.from({ length: TABLE_ENTRIES + 1 }, (_, i) => (FIRST_PLACE + i) << WAY_BITS);
  return new Float32Array(bits.buffer);
}
