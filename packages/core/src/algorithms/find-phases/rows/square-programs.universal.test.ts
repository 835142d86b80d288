import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { BATCH, referenceSquares, type SquareProgram, squareProgram, squareStride } from "./square-programs.js";

const ROUNDS = 3;

function summed(program: SquareProgram, size: number): { program: SquareProgram; expected: Float64Array } {
  const random = randomStream(2, "square-programs");
  const { vectors, weights } = program.arrays;
  const stride = squareStride(size);
  const expected = new Float64Array(size * size);
  for (let round = 0; round < ROUNDS; round++) {
    for (let s = 0; s < BATCH; s++) {
      weights[s] = random.uniform();
      for (let j = 0; j < size; j++) vectors[s * stride + j] = random.normal();
      for (let j = 0; j < size; j++) {
        for (let i = 0; i < size; i++)
          expected[j * size + i]! += weights[s]! * vectors[s * stride + i]! * vectors[s * stride + j]!;
      }
    }
    program.add();
  }
  return { program, expected };
}

it.each([1, 2, 7, 12])(
  "products of vectors of %i values have the bits of plain TypeScript, and are those of the definition",
  async (size) => {
    const { program: kernel, expected } = summed(await squareProgram(size), size);
    const { program: plain } = summed(referenceSquares(size), size);
    const stride = squareStride(size);
    for (let j = 0; j < size; j++) {
      for (let i = 0; i <= j; i++) {
        expect(kernel.arrays.matrix[j * stride + i]).toBe(plain.arrays.matrix[j * stride + i]);
        expect(kernel.arrays.matrix[j * stride + i]).toBeCloseTo(expected[j * size + i]!, 12);
      }
    }
  },
);
