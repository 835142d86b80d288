import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotConvergedError } from "../../errors.js";
import { matrix } from "../matrix.js";
import { randomStream } from "../random.js";
import { thinSvd } from "./thin-svd.js";

function product(a: { rows: number; columns: number; data: Float64Array }, b: typeof a): Float64Array {
  const out = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++)
      for (let j = 0; j < b.columns; j++) out[i * b.columns + j]! += a.data[i * a.columns + k]! * b.data[k * b.columns + j]!;
  return out;
}

describe("thin singular value decomposition", () => {
  it("rebuilds any matrix from orthonormal factors with falling singular values", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 6, max: 30 }), fc.nat(), (m, n, seed) => {
        const stream = randomStream(seed, "svd-test");
        const a = matrix(
          m,
          n,
          Float64Array.from({ length: m * n }, () => stream.normal()),
        );
        const { u, singularValues, v } = thinSvd(a);
        const scaled = matrix(
          m,
          n,
          v.data.map((value, i) => value * singularValues[Math.floor(i / n)]!),
        );
        const back = product(u, scaled);
        for (let i = 0; i < back.length; i++) expect(back[i]).toBeCloseTo(a.data[i]!, 11);
        for (let i = 1; i < m; i++) expect(singularValues[i]).toBeLessThanOrEqual(singularValues[i - 1]!);
        for (let i = 0; i < m; i++)
          for (let j = 0; j <= i; j++) {
            let dot = 0;
            for (let c = 0; c < n; c++) dot += v.data[i * n + c]! * v.data[j * n + c]!;
            expect(dot).toBeCloseTo(i === j ? 1 : 0, 11);
          }
      }),
      { numRuns: 50 },
    );
  });

  it("keeps the relative accuracy of tiny singular values", () => {
    // Rows (1, 1, 0) and (0, 0, 1e-12) have the singular values sqrt(2) and 1e-12.
    const { singularValues } = thinSvd(matrix(2, 3, Float64Array.of(0, 0, 1e-12, 1, 1, 0)));
    expect(singularValues[0]).toBeCloseTo(Math.SQRT2, 15);
    expect(singularValues[1]! / 1e-12).toBeCloseTo(1, 12);
  });

  it("fixes the sign: the largest element of each right vector is positive", () => {
    const { v, u } = thinSvd(matrix(1, 3, Float64Array.of(1, -5, 2)));
    expect(v.data[1]).toBeGreaterThan(0);
    expect(u.data[0]).toBe(-1);
  });

  it("gives zero rows for zero singular values", () => {
    const { singularValues, v } = thinSvd(matrix(2, 2, Float64Array.of(1, 1, 0, 0)));
    expect(singularValues[1]).toBe(0);
    expect([...v.data.subarray(2)]).toEqual([0, 0]);
  });

  it("settles with many more rows than columns, alike ones among them", () => {
    const rows = [1, 7, 7, 3, 3.0000001, 2, 5, 1].flatMap((a, i) => [a, [5, 0.3, 0.31, 2, 2, 7, 1 / 3, 4][i]!]);
    const { u, singularValues, v } = thinSvd(matrix(8, 2, Float64Array.from(rows)));
    expect([...singularValues.subarray(2)]).toEqual([0, 0, 0, 0, 0, 0]);
    rows.forEach((value, at) => {
      const [i, c] = [Math.floor(at / 2), at % 2];
      const back = [0, 1].reduce((sum, j) => sum + u.data[i * 8 + j]! * singularValues[j]! * v.data[j * 2 + c]!, 0);
      expect(back).toBeCloseTo(value, 12);
    });
  });

  it("says when numbers are not finite", () => {
    expect(() => thinSvd(matrix(2, 2, Float64Array.of(Number.NaN, 1, 1, 1)))).toThrow(NotConvergedError);
  });
});
