import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matrix } from "../matrix.js";
import { randomStream } from "../random.js";
import { symmetricEigen } from "./symmetric-eigen.js";

function randomSymmetric(n: number, seed: number) {
  const stream = randomStream(seed, "symmetric");
  const a = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) a.data[i * n + j] = a.data[j * n + i] = stream.normal();
  }
  return a;
}

describe("symmetric eigendecomposition", () => {
  it("gives the eigenvalues of a matrix known in closed form", () => {
    const n = 12;
    const chain = matrix(n, n);
    for (let i = 0; i < n; i++) {
      chain.data[i * n + i] = 2;
      if (i > 0) chain.data[i * n + i - 1] = chain.data[(i - 1) * n + i] = -1;
    }
    const { values } = symmetricEigen(chain);
    for (let k = 1; k <= n; k++) expect(values[n - k]).toBeCloseTo(2 - 2 * Math.cos((Math.PI * k) / (n + 1)), 12);
  });

  it("rebuilds any symmetric matrix from orthonormal vectors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 1000 }), (n, seed) => {
        const a = randomSymmetric(n, seed);
        const { values, vectors } = symmetricEigen(a);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let rebuilt = 0;
            let product = 0;
            for (let k = 0; k < n; k++) {
              rebuilt += values[k]! * vectors.data[k * n + i]! * vectors.data[k * n + j]!;
              product += vectors.data[i * n + k]! * vectors.data[j * n + k]!;
            }
            expect(rebuilt).toBeCloseTo(a.data[i * n + j]!, 10);
            expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("orders values from largest to smallest and makes the largest entry positive", () => {
    const { values, vectors } = symmetricEigen(randomSymmetric(20, 3));
    for (let i = 1; i < 20; i++) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
    for (let i = 0; i < 20; i++) {
      const row = Array.from(vectors.data.subarray(i * 20, i * 20 + 20));
      const size = Math.max(...row.map(Math.abs));
      expect(row.find((v) => Math.abs(v) === size)).toBeGreaterThan(0);
    }
  });

  it("copes with repeated eigenvalues and with zeros", () => {
    const a = matrix(5, 5);
    for (let i = 0; i < 5; i++) a.data[i * 5 + i] = i < 3 ? 4 : 0;
    expect(Array.from(symmetricEigen(a).values)).toEqual([4, 4, 4, 0, 0]);
  });

  it("refuses what is not square and what is not finite", () => {
    expect(() => symmetricEigen(matrix(2, 3))).toThrow(/square/);
    const a = matrix(3, 3);
    a.data.fill(Number.NaN);
    expect(() => symmetricEigen(a)).toThrow(/converge/);
  });
});
