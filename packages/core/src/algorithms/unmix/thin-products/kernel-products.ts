/** Thin products by a kernel: the bits of `reference-products.ts`, sooner. */
import { thinProductProgram } from "../../../kernels/generated/thin-product.js";
import { type KernelFunctions, kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import { referenceProducts } from "./reference-products.js";
import type { RowDescent } from "./row-descent.js";
import {
  BATCH_ENTRIES,
  BATCH_ROWS,
  type GivenRows,
  giveAll,
  inBatches,
  type PassWork,
  type ThinProducts,
} from "./thin-products.js";

type ProductKernel = "gather" | "scatter" | "descendRows";

/** The quickest that this host has, for matrices of `width` columns. */
export async function quickestProducts(channels: number, width: number): Promise<ThinProducts> {
  return (await kernelProducts(channels, width)) ?? referenceProducts(channels, width);
}

/** Undefined where the host has no kernels or not so much memory in one piece. */
export async function kernelProducts(channels: number, width: number): Promise<ThinProducts | undefined> {
  const stride = width + (width & 1);
  const entries = Math.max(BATCH_ENTRIES, channels);
  const module = await kernelModule(thinProductProgram, false);
  const plan = {
    row: ["int32", BATCH_ROWS],
    start: ["int32", BATCH_ROWS + 1],
    channel: ["uint16", entries],
    value: ["float64", entries],
    matrix: ["float64", channels * stride],
    sums: ["float64", channels * stride],
    products: ["float64", BATCH_ROWS * stride],
    values: ["float64", BATCH_ROWS * stride],
    gram: ["float64", width * width],
    rowGram: ["float64", width * stride],
    lanes: ["float64", 4 * (width + 1)],
  } as const;
  const placed = module && kernelMemory(plan, false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  const kernel = await startKernel<ProductKernel>(module, memory);
  const { row, start, channel, value, matrix, sums, products } = arrays;
  const [startAt, channelAt, valueAt] = [start.byteOffset, channel.byteOffset, value.byteOffset];
  const [matrixAt, sumsAt, productsAt] = [matrix.byteOffset, sums.byteOffset, products.byteOffset];
  const rows = ({ gather, between, scatter }: PassWork): GivenRows => {
    const flush = (rows: number): void => {
      if (gather) kernel.gather(rows, startAt, channelAt, valueAt, matrixAt, stride, productsAt);
      between({ rows, row, products });
      if (scatter) kernel.scatter(rows, startAt, channelAt, valueAt, productsAt, stride, sumsAt);
    };
    return inBatches(arrays, flush);
  };
  return {
    stride,
    matrix,
    sums,
    descent: kernelDescent(kernel, arrays, width, stride),
    rows,
    pass: (spectra, work, breath) => giveAll(spectra, rows(work), breath),
  };
}

type DescentArrays = Readonly<Record<"values" | "products" | "gram" | "rowGram" | "lanes", Float64Array>>;

/** The rows of a batch go to the kernel's memory and back. */
function kernelDescent(
  kernel: KernelFunctions<ProductKernel>,
  { values: inside, products, gram, rowGram, lanes }: DescentArrays,
  width: number,
  stride: number,
): RowDescent {
  const addresses = [inside, products, gram, rowGram, lanes].map(({ byteOffset }) => byteOffset);
  return {
    gram,
    rowGram,
    improve({ rows, row }, values, slopes) {
      const isOneRun = stride === width && row[rows - 1]! - row[0]! === rows - 1;
      const run = isOneRun ? values.subarray(row[0]! * width, (row[0]! + rows) * width) : undefined;
      if (run === undefined) copyRows(values, row, rows, width, inside, stride);
      else inside.set(run);
      const sum = kernel.descendRows(rows, width, stride, ...addresses, slopes);
      if (run === undefined) placeRows(products, stride, values, row, rows, width);
      else run.set(products.subarray(0, run.length));
      return sum;
    },
  };
}

function copyRows(values: Float64Array, row: Int32Array, rows: number, width: number, to: Float64Array, stride: number): void {
  for (let r = 0; r < rows; r++) for (let j = 0; j < width; j++) to[r * stride + j] = values[row[r]! * width + j]!;
}

function placeRows(from: Float64Array, stride: number, values: Float64Array, row: Int32Array, rows: number, width: number): void {
  for (let r = 0; r < rows; r++) for (let j = 0; j < width; j++) values[row[r]! * width + j] = from[r * stride + j]!;
}
