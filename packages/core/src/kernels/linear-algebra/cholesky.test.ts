import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { log } from "../math.js";
import { choleskyFactor, choleskySolve, invertLower, logDeterminant, solveLower } from "./cholesky.js";

/** A random symmetric positive definite matrix B Bᵀ + I. */
const definite = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((b) => {
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = i === j ? 1 : 0;
        for (let k = 0; k < n; k++) sum += b[i * n + k]! * b[j * n + k]!;
        a[i * n + j] = sum;
      }
    return { n, a };
  }),
);

/** L Lᵀ, row-major. */
function squared(factor: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, cell) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += factor[Math.floor(cell / n) * n + k]! * factor[(cell % n) * n + k]!;
    return sum;
  });
}

describe("cholesky factor", () => {
  it("multiplies back to the matrix, is lower triangular and solves systems", () => {
    fc.assert(
      fc.property(definite, ({ n, a }) => {
        const factor = new Float64Array(n * n).fill(7);
        expect(choleskyFactor(a, n, factor)).toBe(true);
        squared(factor, n).forEach((value, cell) => {
          expect(value).toBeCloseTo(a[cell]!, 9);
          if (cell % n > Math.floor(cell / n)) expect(factor[cell]).toBe(0);
        });
        const truth = Float64Array.from({ length: n }, (_, i) => i - 1.5);
        const b = new Float64Array(n);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) b[i]! += a[i * n + j]! * truth[j]!;
        choleskySolve(factor, n, b);
        for (let i = 0; i < n; i++) expect(b[i]).toBeCloseTo(truth[i]!, 8);
      }),
    );
  });

  it("works in place and agrees with the inverse of the factor", () => {
    const a = Float64Array.of(4, 2, 2, 5);
    expect(choleskyFactor(a, 2, a)).toBe(true);
    expect([...a]).toEqual([2, 0, 1, 2]);
    const y = Float64Array.of(3, 7);
    solveLower(a, 2, y);
    const inverse = invertLower(a, 2);
    expect(y[0]).toBeCloseTo(inverse[0]! * 3, 14);
    expect(y[1]).toBeCloseTo(inverse[2]! * 3 + inverse[3]! * 7, 14);
    expect(logDeterminant(a, 2)).toBeCloseTo(log(16), 14);
  });

  it.each([
    ["indefinite", [1, 2, 2, 1]],
    ["singular", [1, 1, 1, 1]],
    ["NaN", [Number.NaN, 0, 0, 1]],
  ])("refuses a matrix that is %s", (_name, values) => {
    expect(choleskyFactor(Float64Array.from(values), 2, new Float64Array(4))).toBe(false);
  });
});
