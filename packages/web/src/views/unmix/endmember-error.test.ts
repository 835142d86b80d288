import { randomStream } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { endmemberErrors } from "./endmember-error.js";

test("pure pixels: the standard error of a mean of Poisson counts", () => {
  const abundances = Float32Array.from({ length: 200 }, (_, i) => (Math.floor(i / 2) < 25 ? 1 - (i % 2) : i % 2));
  const [first, second] = endmemberErrors([Float64Array.of(4, 0), Float64Array.of(9, 1)], abundances);
  expect(first![0]).toBeCloseTo(Math.sqrt(4 / 25), 12);
  expect(first![1]).toBe(0);
  expect(second![0]).toBeCloseTo(Math.sqrt(9 / 75), 12);
});

test("endmembers that come together are known less well, and not at all when they always do", () => {
  const spectra = [Float64Array.of(5), Float64Array.of(5)];
  const half = endmemberErrors(spectra, Float32Array.of(1, 0, 0, 1, 0.5, 0.5, 0.5, 0.5));
  // A'A = [[1.5, 0.5], [0.5, 1.5]]: the diagonal of its inverse is 0.75.
  expect(half[0]![0]).toBeCloseTo(Math.sqrt(5 * 0.75), 12);
  const always = endmemberErrors(spectra, Float32Array.of(0.5, 0.5, 0.2, 0.2));
  expect(always[0]![0]).toBeNaN();
});

test("least squares of Poisson counts scatters as it says", () => {
  const random = randomStream(5, "scatter");
  const abundances = Float32Array.from({ length: 800 }, (_, i) =>
    i % 2 === 0 ? (Math.floor(i / 2) % 5) / 4 : 1 - (Math.floor(i / 2) % 5) / 4,
  );
  const spectra = [Float64Array.of(30), Float64Array.of(30)];
  const estimates: number[] = [];
  for (let round = 0; round < 300; round++) {
    let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
    for (let p = 0; p < 400; p++) {
      const [a, b] = [abundances[2 * p]!, abundances[2 * p + 1]!];
      const counts = random.poisson(30);
      aa += a * a;
      ab += a * b;
      bb += b * b;
      ay += a * counts;
      by += b * counts;
    }
    estimates.push((bb * ay - ab * by) / (aa * bb - ab * ab));
  }
  const mean = estimates.reduce((a, b) => a + b) / estimates.length;
  const scatter = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / estimates.length);
  const [[told]] = endmemberErrors(spectra, abundances) as [Float64Array, Float64Array];
  expect(scatter / told!).toBeGreaterThan(0.88);
  expect(scatter / told!).toBeLessThan(1.12);
});
