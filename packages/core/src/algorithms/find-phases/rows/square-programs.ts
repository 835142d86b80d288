/** Weighted products of vectors with themselves, as a kernel and in plain TypeScript with the same bits: float64. */
import { weightedSquaresProgram } from "../../../kernels/generated/weighted-squares.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan, plainArrays } from "../../../kernels/kernel-memory.js";

/** Vectors that are added at a time: one reading of the matrix serves all. */
export const BATCH = 4;

/** Values from one row of the matrix, or vector, to the next. */
export function squareStride(size: number): number {
  return size + (size & 1);
}

function squaresPlan(size: number) {
  const stride = squareStride(size);
  return {
    weights: ["float64", BATCH],
    /** Float64 [BATCH x stride] */
    vectors: ["float64", BATCH * stride],
    /** Float64 [size x stride]: sums in the lower triangle; what lies above means nothing. */
    matrix: ["float64", size * stride],
  } as const satisfies MemoryPlan;
}

export type SquareArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof squaresPlan>>>>["arrays"];

export interface SquareProgram {
  readonly arrays: SquareArrays;
  /** Adds the products of the vectors with themselves, each times its weight, to the matrix. */
  add(): void;
}

/** The quickest that this host has, for vectors of `size` values. */
export async function squareProgram(size: number): Promise<SquareProgram> {
  const module = await kernelModule(weightedSquaresProgram, false);
  const placed = module && kernelMemory(squaresPlan(size), false);
  if (module === undefined || placed === undefined) return referenceSquares(size);
  const { memory, arrays } = placed;
  const kernel = await startKernel<"addSquares">(module, memory);
  const places = [arrays.vectors, arrays.weights, arrays.matrix].map(({ byteOffset }) => byteOffset);
  return { arrays, add: () => void kernel.addSquares(size, squareStride(size), ...places) };
}

/** In plain TypeScript. */
export function referenceSquares(size: number): SquareProgram {
  const arrays = plainArrays(squaresPlan(size));
  const { weights: w, vectors, matrix } = arrays;
  const stride = squareStride(size);
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => vectors.subarray(i * stride, (i + 1) * stride)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return {
    arrays,
    add() {
      for (let j = 0; j < size; j++) {
        const base = j * stride;
        const [wa, wb, wc, wd] = [w[0]! * a[j]!, w[1]! * b[j]!, w[2]! * c[j]!, w[3]! * d[j]!];
        for (let i = 0; i <= j; i++) matrix[base + i]! += wa * a[i]! + wb * b[i]! + (wc * c[i]! + wd * d[i]!);
      }
    },
  };
}
