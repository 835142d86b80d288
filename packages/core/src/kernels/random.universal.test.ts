import { describe, expect, it } from "vitest";
import { exp, log } from "./math.js";
import { randomStream } from "./random.js";

const N = 20_000;
const draws = (n: number, draw: () => number) => Float64Array.from({ length: n }, draw);

function moments(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const skewness = values.reduce((sum, value) => sum + (value - mean) ** 3, 0) / values.length / variance ** 1.5;
  return { mean, variance, skewness };
}

/** Chi-square of observed against expected counts. */
const chiSquare = (observed: ArrayLike<number>, expected: (i: number) => number) =>
  Array.from(observed).reduce((sum, value, i) => sum + (value - expected(i)) ** 2 / expected(i), 0);

describe("random stream", () => {
  it("depends on seed and name only, and these are its first numbers", () => {
    const stream = randomStream(42, "test");
    expect(Array.from({ length: 4 }, () => stream.uint32())).toMatchInlineSnapshot(`
      [
        4092475866,
        1685338619,
        1897491363,
        4166984113,
      ]
    `);
    expect(randomStream(42, "test").uniform()).toBe(randomStream(42, "test").uniform());
    const others = [randomStream(43, "test"), randomStream(42, "tesu"), randomStream(42 + 2 ** 32, "test")].map((other) =>
      other.uint32(),
    );
    expect(new Set([randomStream(42, "test").uint32(), ...others]).size).toBe(4);
  });

  it("neighbouring seeds give unrelated streams", () => {
    for (let seed = 0; seed < 20; seed++) {
      const [a, b] = [randomStream(seed, "x"), randomStream(seed + 1, "x")];
      let sum = 0;
      for (let i = 0; i < 4000; i++) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
      // Standard deviation of the sum: sqrt(4000) / 12.
      expect(Math.abs(sum)).toBeLessThan((4.5 * Math.sqrt(4000)) / 12);
    }
  });

  it("uniform: moments of [0, 1), even in 100 cells, pairs unrelated", () => {
    const values = draws(N, randomStream(1, "uniform").uniform);
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / N));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / N));
    const cells = new Float64Array(100);
    let product = 0;
    values.forEach((value, i) => {
      expect(value >= 0 && value < 1).toBe(true);
      cells[Math.floor(100 * value)]! += 1;
      product += (value - 0.5) * ((values[i + 1] ?? 0.5) - 0.5);
    });
    // 99 degrees of freedom: 99.99 % of draws lie below 161.
    expect(chiSquare(cells, () => N / 100)).toBeLessThan(161);
    expect(Math.abs(product)).toBeLessThan((4 * Math.sqrt(N)) / 12);
  });

  it.each([1, 2, 3, 7, 100, 2 ** 31, 2 ** 32])("integer: even below %d", (n) => {
    const stream = randomStream(2, "integer");
    const cells = Math.min(n, 7);
    const counts = new Float64Array(cells);
    for (let i = 0; i < 7000; i++) {
      const value = stream.integer(n);
      expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true);
      counts[Math.floor((value / n) * cells)]! += 1;
    }
    const share = (i: number) => (Math.ceil(((i + 1) * n) / cells) - Math.ceil((i * n) / cells)) / n;
    // 6 degrees of freedom: 99.99 % of draws lie below 28.
    expect(chiSquare(counts, (i) => 7000 * share(i))).toBeLessThan(28);
  });

  it("normal: mean 0, variance 1, no skew, right tails", () => {
    const values = draws(N, randomStream(3, "normal").normal);
    const { mean, variance, skewness } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(N));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / N));
    expect(Math.abs(skewness)).toBeLessThan(4 * Math.sqrt(6 / N));
    // Shares beyond 1, 2 and 3 standard deviations.
    [0.31731, 0.0455, 0.0027].forEach((share, i) => {
      const found = values.filter((value) => Math.abs(value) > i + 1).length;
      expect(Math.abs(found - share * N)).toBeLessThan(4 * Math.sqrt(share * N));
    });
  });

  it.each([0, 0.02, 0.7, 5, 29.9, 30.1, 100])("poisson of mean %d: moments and probabilities", (mean) => {
    const stream = randomStream(4, "poisson");
    const values = draws(20_000, () => stream.poisson(mean));
    const found = moments(values);
    expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean / 20_000));
    expect(Math.abs(found.variance - mean)).toBeLessThanOrEqual(4.5 * Math.sqrt((mean + 2 * mean * mean) / 20_000));
    let logFactorial = 0;
    for (let n = 0; n < 12; n++) {
      if (n > 0) logFactorial += log(n);
      const expected = mean === 0 ? (n === 0 ? 20_000 : 0) : 20_000 * exp(n * log(mean) - mean - logFactorial);
      const observed = values.filter((value) => value === n).length;
      expect(Math.abs(observed - expected)).toBeLessThanOrEqual(4.5 * Math.sqrt(expected) + 1);
    }
  });

  it("shuffle: every order of four equally often, nothing lost", () => {
    const stream = randomStream(5, "shuffle");
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = [...stream.shuffle(Uint8Array.of(0, 1, 2, 3))].join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    // 23 degrees of freedom: 99.99 % of draws lie below 58.
    expect(chiSquare([...orders.values()], () => 1000)).toBeLessThan(58);
  });
});
