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

it.each([1, 2, 5])(
  "multiplies blocks of %i vectors to the bits of plain TypeScript, and to the sums of the definition",
  async (width) => {
    const matrix = sparse(50);
    const random = randomStream(3, "graph-product-vectors");
    const block = Array.from({ length: width }, () => Float64Array.from({ length: 50 }, () => random.normal()));
    const empty = () => block.map(() => new Float64Array(50));
    const [found, plain] = [empty(), empty()];
    (await quickestGraphProduct(matrix))(block, found);
    referenceProduct(matrix)(block, plain);
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
