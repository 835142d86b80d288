import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { quickestGraphProduct, referenceProduct, type SparseSquare } from "./graph-product.js";

/** A matrix with rows of 0 to 9 entries. */
function sparse(vertices: number): SparseSquare {
  const random = randomStream(2, "graph-product");
  const rowStart = Int32Array.from({ length: vertices + 1 }, () => 0);
  for (let row = 0; row < vertices; row++) rowStart[row + 1] = rowStart[row]! + random.integer(10);
  const entries = rowStart[vertices]!;
  return {
    vertices,
    rowStart,
    column: Int32Array.from({ length: entries }, () => random.integer(vertices)),
    value: Float64Array.from({ length: entries }, () => random.normal()),
  };
}

it.each([1, 2, 6, 7])(
  "multiplies blocks of %i vectors to the bits of plain TypeScript, and to the sums of the definition",
  async (width) => {
    const matrix = sparse(50);
    const random = randomStream(3, "graph-product-vectors");
    const block = Array.from({ length: width }, () => Float64Array.from({ length: 50 }, () => random.normal()));
    const empty = () => block.map(() => new Float64Array(50));
    const [found, plain] = [empty(), empty()];
    (await quickestGraphProduct(matrix, width)).multiply(block, found);
    referenceProduct(matrix).multiply(block, plain);
    expect(found).toEqual(plain);
    const { rowStart, column, value } = matrix;
    block.forEach((x, c) => {
      const expected = Array.from({ length: 50 }, (_, row) => {
        const entries = Array.from(value.subarray(rowStart[row], rowStart[row + 1]));
        return entries.reduce((sum, entry, i) => sum + entry * x[column[rowStart[row]! + i]!]!, 0);
      });
      expect([...found[c]!]).toEqual(expected);
    });
  },
);

it.each([1, 6, 7])(
  "filters blocks of %i vectors to the bits of plain TypeScript, by the polynomial of the definition",
  async (width) => {
    const matrix = sparse(50);
    const random = randomStream(4, "graph-product-filter");
    const start = Array.from({ length: width }, () => Float64Array.from({ length: 50 }, () => random.normal()));
    const programs = [await quickestGraphProduct(matrix, width), referenceProduct(matrix)];
    for (const degree of [2, 3, 6]) {
      const filter = { centre: -0.2, halfWidth: 1.5, degree };
      const results: Float64Array[][] = [];
      for (const program of programs) {
        const [block, products] = [start.map((x) => x.slice()), start.map((x) => x.slice())];
        program.multiply(block, products);
        await program.filter(block, products, filter, async () => {});
        results.push(block);
      }
      expect(results[0]).toEqual(results[1]);
      const scaled = (x: Float64Array) => {
        const [product] = [x.map(() => 0)];
        referenceProduct(matrix).multiply([x], [product]);
        return product.map((value, i) => (value - filter.centre * x[i]!) / filter.halfWidth);
      };
      let [previous, current] = [start[0]!, scaled(start[0]!)];
      for (let d = 2; d <= degree; d++) {
        const next = scaled(current).map((value, i) => 2 * value - previous[i]!);
        [previous, current] = [current, next];
      }
      current.forEach((value, i) => {
        expect(Math.abs(results[0]![0]![i]! - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
      });
    }
  },
);
