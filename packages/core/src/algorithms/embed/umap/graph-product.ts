/** Products of a sparse matrix with a block of vectors, two at a time: by a kernel, or in plain TypeScript with the same bits. */
import { graphProductProgram } from "../../../kernels/generated/graph-product.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";

/** Square, of `vertices` rows: row i holds the entries `rowStart[i]` to before `rowStart[i + 1]`. */
export interface SparseSquare {
  readonly vertices: number;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  /** Float64 [entries] */
  readonly value: Float64Array;
}

/** Vectors over the vertices, each float64 [vertices] in memory of its own. */
export type Block = Float64Array[];

/** `products` = A x for every x of the block. */
export type MultiplyAll = (block: Block, products: Block) => void;

/** In plain TypeScript. */
export function referenceProduct(matrix: SparseSquare): MultiplyAll {
  return inTwos((x, y, productX, productY) => multiplyTwo(matrix, x, y, productX, productY));
}

/** The quickest that this host has. */
export async function quickestGraphProduct(matrix: SparseSquare): Promise<MultiplyAll> {
  const { vertices, rowStart, column, value } = matrix;
  const module = await kernelModule(graphProductProgram, false);
  const plan = {
    rowStart: ["int32", vertices + 1],
    column: ["int32", column.length],
    value: ["float64", column.length],
    x: ["float64", vertices],
    y: ["float64", vertices],
    pairs: ["float64", 2 * vertices],
    productX: ["float64", vertices],
    productY: ["float64", vertices],
  } as const;
  const placed = module && kernelMemory(plan, false);
  if (module === undefined || placed === undefined) return referenceProduct(matrix);
  const { memory, arrays } = placed;
  for (const [name, values] of Object.entries({ rowStart, column })) arrays[name as "rowStart" | "column"].set(values);
  arrays.value.set(value);
  const kernel = await startKernel<"multiplyTwo">(module, memory);
  const addresses = Object.values(arrays).map(({ byteOffset }) => byteOffset);
  return inTwos((x, y, productX, productY) => {
    arrays.x.set(x);
    arrays.y.set(y);
    kernel.multiplyTwo(vertices, ...addresses);
    productX.set(arrays.productX);
    productY.set(arrays.productY);
  });
}

type MultiplyTwo = (x: Float64Array, y: Float64Array, productX: Float64Array, productY: Float64Array) => void;

function inTwos(multiply: MultiplyTwo): MultiplyAll {
  return (block, products) => {
    const width = block.length;
    for (let c = 0; c < width; c += 2) {
      const other = Math.min(c + 1, width - 1);
      multiply(block[c]!, block[other]!, products[c]!, products[other]!);
    }
  };
}

/** Each entry is read for both, and neither sum waits for the other. */
function multiplyTwo(
  { vertices, rowStart, column, value }: SparseSquare,
  x: Float64Array,
  y: Float64Array,
  productX: Float64Array,
  productY: Float64Array,
): void {
  for (let row = 0; row < vertices; row++) {
    const end = rowStart[row + 1]!;
    let sumX = 0;
    let sumY = 0;
    for (let e = rowStart[row]!; e < end; e++) {
      const entry = value[e]!;
      const place = column[e]!;
      sumX += entry * x[place]!;
      sumY += entry * y[place]!;
    }
    productX[row] = sumX;
    productY[row] = sumY;
  }
}
