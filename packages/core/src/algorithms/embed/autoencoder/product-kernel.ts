/** The product of matrices as a kernel: the bits of `matrix-product.ts`, sooner. */
import { matrixProductProgram } from "../../../kernels/generated/matrix-product.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import type { Architecture } from "./architecture.js";
import { type AddProduct, addProduct, type MatrixView } from "./matrix-product.js";

/** Smaller products are not worth the way into the memory of the kernel and back. */
const LEAST_WORK = 4096;
/** Rows and columns of a tile of the kernel. */
const TILE_ROWS = 4;
const TILE_COLUMNS = 8;

/** The quickest product for the fully connected layers of a network that takes `capacity` pixels at once. */
export function productFor({ features, hiddenSizes, latentDimensions }: Architecture, capacity: number): Promise<AddProduct> {
  const widths = [features, ...hiddenSizes, latentDimensions];
  const longest = Math.max(capacity, ...widths);
  const weights = widths.slice(1).map((width, i) => width * widths[i]!);
  return quickestProduct(Math.max(capacity * longest, ...weights), longest);
}

/**
 * The quickest product that this host has, for matrices no side of which is longer than `longest` and of which the largest two sides make at most `largest`
 * elements. What is larger, or tiny, is left to the reference; all give the same bits.
 */
export async function quickestProduct(largest: number, longest: number): Promise<AddProduct> {
  const module = await kernelModule(matrixProductProgram, false);
  const padded = largest + TILE_COLUMNS * longest;
  const placed =
    module &&
    kernelMemory(
      {
        target: ["float32", largest],
        a: ["float32", largest],
        b: ["float32", largest],
        packedA: ["float32", padded],
        packedB: ["float32", padded],
        scratch: ["float32", TILE_COLUMNS],
      },
      false,
    );
  if (module === undefined || placed === undefined) return addProduct;
  const { memory, arrays } = placed;
  const kernel = await startKernel<"addProduct">(module, memory);
  const at = (name: keyof typeof arrays): number => arrays[name].byteOffset;
  const [targetAt, aAt, bAt, packedA, packedB, scratch] = (["target", "a", "b", "packedA", "packedB", "scratch"] as const).map(
    at,
  );
  return (target, m, n, k, a, b) => {
    const isSmall = m * n * k < LEAST_WORK;
    const fits =
      m * n <= largest &&
      m * k <= largest &&
      k * n <= largest &&
      (m + TILE_ROWS) * k <= padded &&
      (n + TILE_COLUMNS) * k <= padded;
    const [extentA, extentB] = [extentOf(a, m, k), extentOf(b, k, n)];
    if (isSmall || !fits || extentA > largest || extentB > largest) {
      addProduct(target, m, n, k, a, b);
      return;
    }
    arrays.target.set(target.subarray(0, m * n));
    arrays.a.set(a.data.subarray(0, extentA));
    arrays.b.set(b.data.subarray(0, extentB));
    kernel.addProduct(
      targetAt!,
      m,
      n,
      k,
      aAt!,
      a.rowStride,
      a.columnStride,
      bAt!,
      b.rowStride,
      b.columnStride,
      packedA!,
      packedB!,
      scratch!,
    );
    target.set(arrays.target.subarray(0, m * n));
  };
}

/** Elements from the first of a matrix to its last, as it lies in memory. */
function extentOf({ rowStride, columnStride }: MatrixView, rows: number, columns: number): number {
  return (rows - 1) * rowStride + (columns - 1) * columnStride + 1;
}
