/** Products of a sparse matrix with a block of vectors, and polynomials of it: by a kernel, or in plain TypeScript with the same bits. */
import { graphProductProgram } from "../../../kernels/generated/graph-product.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import { CREW_WORDS } from "../../../kernels/threads/crew.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import { degreesAlone, degreesByCrew, type GraphKernel, type GraphRows } from "./graph-threads.js";

/** Products with fewer vertices are sooner done than threads have met. */
const FEWEST_VERTICES = 16_384;

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

/** A polynomial of the matrix: the Chebyshev polynomial of this degree in (A - centre) / halfWidth. */
export interface ChebyshevFilter {
  readonly centre: number;
  readonly halfWidth: number;
  /** At least 1. */
  readonly degree: number;
}

/** A matrix, ready for blocks of one width. */
export interface GraphProduct {
  /** `products` = A x for every x of the block. */
  multiply(block: Block, products: Block): void;
  /** Makes every x of the block the filter's polynomial, applied to it. `products` must hold A x and is left undefined. Calls `pause` after every product. */
  filter(block: Block, products: Block, filter: ChebyshevFilter, pause: () => Promise<void>): Promise<void>;
}

/** In plain TypeScript. */
export function referenceProduct(matrix: SparseSquare): GraphProduct {
  const multiply = (block: Block, products: Block): void => {
    const width = block.length;
    for (let c = 0; c < width; c += 2) {
      const other = Math.min(c + 1, width - 1);
      multiplyTwo(matrix, block[c]!, block[other]!, products[c]!, products[other]!);
    }
  };
  return {
    multiply,
    async filter(block, products, filter, pause) {
      const vectors = block.slice();
      let previous: Block = block.slice();
      let current: Block = products.slice();
      let next: Block = block.map((x) => new Float64Array(x.length));
      block.forEach((x, c) => {
        firstDegree(filter, x, current[c]!);
      });
      for (let degree = 2; degree <= filter.degree; degree++) {
        multiply(current, next);
        next.forEach((product, c) => {
          nextDegree(filter, previous[c]!, current[c]!, product);
        });
        [previous, current, next] = [current, next, previous];
        await pause();
      }
      const found = current.map((x) => x.slice());
      vectors.forEach((x, c) => {
        x.set(found[c]!);
      });
    },
  };
}

/** The quickest that this host has; threads share polynomials of large graphs. */
export async function quickestGraphProduct(
  matrix: SparseSquare,
  width: number,
  { threads, signal }: WorkContext = {},
  sharedFrom = FEWEST_VERTICES,
): Promise<GraphProduct> {
  const { vertices, rowStart, column, value } = matrix;
  let crewThreads = threads?.sharesMemory && threads.helpers > 0 && vertices >= sharedFrom ? threads : undefined;
  const module = await kernelModule(graphProductProgram, crewThreads !== undefined);
  const paired = width + (width & 1);
  const plan = {
    rowStart: ["int32", vertices + 1],
    column: ["int32", column.length],
    value: ["float64", column.length],
    x: ["float64", vertices * paired],
    y: ["float64", vertices * paired],
    crew: ["int32", CREW_WORDS],
  } as const;
  const placed = module && kernelMemory(plan, crewThreads !== undefined);
  if (module === undefined || placed === undefined) return referenceProduct(matrix);
  const { memory, arrays } = placed;
  for (const [name, values] of Object.entries({ rowStart, column })) arrays[name as "rowStart" | "column"].set(values);
  arrays.value.set(value);
  const kernel = await startKernel<GraphKernel>(module, memory);
  const { x, y, crew } = arrays;
  const matrixAt = [arrays.rowStart, arrays.column, arrays.value].map(({ byteOffset }) => byteOffset);
  return {
    multiply(block, products) {
      interleave(block, x, paired);
      kernel.multiply(0, vertices, ...matrixAt, paired, x.byteOffset, y.byteOffset);
      separate(y, products, paired);
    },
    async filter(block, products, filter, pause) {
      block.forEach((vector, c) => {
        firstDegree(filter, vector, products[c]!);
      });
      const { scale, centre } = recurrence(filter);
      const [previous, current] = [x.byteOffset, y.byteOffset];
      const rows: GraphRows = {
        vertices,
        matrix: matrixAt,
        width: paired,
        previous,
        current,
        degree: filter.degree,
        scale,
        centre,
      };
      const startAgain = (): void => {
        interleave(block, x, paired);
        interleave(products, y, paired);
      };
      startAgain();
      if (
        crewThreads !== undefined &&
        !(await degreesByCrew({ module, memory, kernel, crew, rows }, crewThreads, signal, pause))
      ) {
        crewThreads = undefined;
        startAgain();
      }
      if (crewThreads === undefined) await degreesAlone(kernel, rows, pause);
      separate(filter.degree % 2 === 0 ? x : y, block, paired);
    },
  };
}

/** Vectors side by side: float64 [vertices x paired]. */
function interleave(block: Block, into: Float64Array, paired: number): void {
  block.forEach((vector, c) => {
    for (let i = 0; i < vector.length; i++) into[i * paired + c] = vector[i]!;
  });
}

function separate(values: Float64Array, block: Block, paired: number): void {
  block.forEach((vector, c) => {
    for (let i = 0; i < vector.length; i++) vector[i] = values[i * paired + c]!;
  });
}

/** `product` holds A x and gets the first Chebyshev polynomial of A, applied to x. */
function firstDegree({ centre, halfWidth }: ChebyshevFilter, x: Float64Array, product: Float64Array): void {
  for (let i = 0; i < x.length; i++) product[i] = (product[i]! - centre * x[i]!) / halfWidth;
}

/** `product` holds A `current` and gets the polynomial that follows `previous` and `current`. */
function nextDegree(filter: ChebyshevFilter, previous: Float64Array, current: Float64Array, product: Float64Array): void {
  const { scale, centre } = recurrence(filter);
  for (let i = 0; i < product.length; i++) product[i] = scale * (product[i]! - centre * current[i]!) - previous[i]!;
}

function recurrence({ centre, halfWidth }: ChebyshevFilter): { scale: number; centre: number } {
  return { scale: 2 / halfWidth, centre };
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
