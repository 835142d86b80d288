/** Thin products by a kernel: the bits of `reference-products.ts`, sooner. */
import { thinProductProgram } from "../../../kernels/generated/thin-product.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import { referenceProducts } from "./reference-products.js";
import { BATCH_ENTRIES, BATCH_ROWS, inBatches, type ThinProducts } from "./thin-products.js";

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
  } as const;
  const placed = module && kernelMemory(plan, false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  const kernel = await startKernel<"gather" | "scatter">(module, memory);
  const { row, start, channel, value, matrix, sums, products } = arrays;
  const [startAt, channelAt, valueAt] = [start.byteOffset, channel.byteOffset, value.byteOffset];
  const [matrixAt, sumsAt, productsAt] = [matrix.byteOffset, sums.byteOffset, products.byteOffset];
  return {
    stride,
    matrix,
    sums,
    pass(spectra, { gather, between, scatter }, breath) {
      const flush = (rows: number): void => {
        if (gather) kernel.gather(rows, startAt, channelAt, valueAt, matrixAt, stride, productsAt);
        between({ rows, row, products });
        if (scatter) kernel.scatter(rows, startAt, channelAt, valueAt, productsAt, stride, sumsAt);
      };
      return inBatches(spectra, arrays, flush, breath);
    },
  };
}
