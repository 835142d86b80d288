import { ShapeError } from "../../errors.js";

/**
 * Shares of three quantities at every pixel (or class), as a ternary diagram shows them: float32 [n x 3], rows sum to 1. Values below 0, which net
 * counts may have, count as 0; a row with nothing in it, or with a value that is not a number, is NaN. Throws {@link ShapeError} for arrays of different lengths.
 */
export function ternaryShares(a: ArrayLike<number>, b: ArrayLike<number>, c: ArrayLike<number>): Float32Array {
  if (a.length !== b.length || a.length !== c.length) {
    throw new ShapeError("The three corners of a ternary diagram must have one value each per point.", {
      found: `${a.length}, ${b.length} and ${c.length}`,
    });
  }
  const shares = new Float32Array(a.length * 3);
  for (let i = 0; i < a.length; i++) {
    const [u, v, w] = [Math.max(0, a[i]!), Math.max(0, b[i]!), Math.max(0, c[i]!)];
    const sum = u + v + w;
    shares.set(sum > 0 && sum < Infinity ? [u / sum, v / sum, w / sum] : [Number.NaN, Number.NaN, Number.NaN], i * 3);
  }
  return shares;
}

/** Place in a triangle of side 1 of a row of shares: the first corner at the lower left (0, 0), the second at the lower right, the third on top. */
export function ternaryPlace(shares: ArrayLike<number>, row: number): { x: number; y: number } {
  const [right, top] = [shares[row * 3 + 1]!, shares[row * 3 + 2]!];
  return { x: right + top / 2, y: (top * Math.sqrt(3)) / 2 };
}
