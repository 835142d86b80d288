import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "./golden/unmix.json" with { type: "json" };
import { gramMatrix, nonNegativeLeastSquares, nonNegativeSolver } from "./nnls.js";

const columnsOf = (rows: number, columns: number, a: number[]) =>
  Array.from({ length: columns }, (_, j) => Float64Array.from({ length: rows }, (_, i) => a[i * columns + j]!));

/** Small problems with columns that are often alike or repeated. */
const problems = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.record({
    columns: fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 6, maxLength: 6 }), { minLength: n, maxLength: n }),
    b: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 }),
  }),
);

function setUp({ columns, b }: { columns: number[][]; b: number[] }) {
  const a = columns.map((column) => Float64Array.from(column));
  const h = Float64Array.from(a, (column) => column.reduce((sum, value, i) => sum + value * b[i]!, 0));
  return { n: a.length, gram: gramMatrix(a), h };
}

/** Slope of ½ xᵀGx - hᵀx along column j. */
const slope = (gram: Float64Array, h: Float64Array, x: Float64Array, j: number) =>
  x.reduce((sum, value, l) => sum + gram[j * x.length + l]! * value, -h[j]!);

describe("non-negative least squares", () => {
  it.each(golden.nnls)("agrees with scipy: $rows x $columns", ({ rows, columns, a, b, x, norm }) => {
    const columnArrays = columnsOf(rows, columns, a);
    const found = nonNegativeLeastSquares(columnArrays, b);
    found.forEach((value, j) => {
      expect(Math.abs(value - x[j]!)).toBeLessThan(1e-8 * Math.max(1, Math.abs(x[j]!)));
    });
    let square = 0;
    for (let i = 0; i < rows; i++)
      square += (b[i]! - found.reduce((sum, value, j) => sum + value * columnArrays[j]![i]!, 0)) ** 2;
    expect(Math.sqrt(square)).toBeCloseTo(norm, 9);
  });

  it("meets the conditions of the optimum: no negative value, no slope that leads further down", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { n, gram, h } = setUp(problem);
        const x = new Float64Array(n);
        nonNegativeSolver(gram, n).solve(h, x);
        for (let j = 0; j < n; j++) {
          expect(x[j]).toBeGreaterThanOrEqual(0);
          expect(slope(gram, h, x, j)).toBeGreaterThan(-1e-8);
          if (x[j]! > 0) expect(Math.abs(slope(gram, h, x, j))).toBeLessThan(1e-8);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("with a sum: sums to it, and slopes of what is used are equal and the lowest", () => {
    fc.assert(
      fc.property(problems, fc.constantFrom(1, 0.5, 3), (problem, sum) => {
        const { n, gram, h } = setUp(problem);
        const x = new Float64Array(n);
        nonNegativeSolver(gram, n).solve(h, x, sum);
        expect(x.reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 10);
        const slopes = Array.from(x, (_, j) => slope(gram, h, x, j));
        const used = slopes.filter((_, j) => x[j]! > 0);
        for (const value of used) expect(value).toBeCloseTo(used[0]!, 7);
        for (let j = 0; j < n; j++) {
          expect(x[j]).toBeGreaterThanOrEqual(0);
          expect(slopes[j]).toBeGreaterThan(used[0]! - 1e-7);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives a repeated column to the first of the two", () => {
    const column = Float64Array.of(1, 2, 2);
    expect([...nonNegativeLeastSquares([column, column], [2, 4, 4])]).toEqual([2, 0]);
  });
});
