import { expect, test } from "vitest";
import { randomStream } from "../kernels/random.js";
import { aliasTable } from "./alias-table.js";

test("draws in proportion to the weights (chi-square)", () => {
  const weights = Float64Array.from({ length: 37 }, (_, i) => (i % 5 === 0 ? 0 : 1 + i * i));
  const table = aliasTable(weights);
  const random = randomStream(3, "alias");
  const n = 200_000;
  const hits = new Float64Array(weights.length);
  for (let i = 0; i < n; i++) hits[table.draw(random)]! += 1;
  let chiSquare = 0;
  weights.forEach((weight, i) => {
    const expected = (n * weight) / table.total;
    if (weight === 0) expect(hits[i]).toBe(0);
    else chiSquare += ((hits[i]! - expected) * (hits[i]! - expected)) / expected;
  });
  expect(chiSquare).toBeLessThan(65);
});

test("a single weight is always drawn", () => {
  const table = aliasTable(Float64Array.from([0, 0, 2, 0]));
  const random = randomStream(1, "alias");
  expect(new Set(Array.from({ length: 100 }, () => table.draw(random)))).toEqual(new Set([2]));
  expect(table.total).toBe(2);
});
