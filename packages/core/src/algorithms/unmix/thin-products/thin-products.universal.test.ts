import { describe, expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { countsFromDense } from "../../../spectrum-image/counts.js";
import { spectraRows } from "../spectra-rows.js";
import { kernelProducts } from "./kernel-products.js";
import { referenceProducts } from "./reference-products.js";
import { narrowed, type RowBatch, type ThinProducts, widened } from "./thin-products.js";

const [ROWS, CHANNELS] = [1100, 40];
const breath = async (): Promise<void> => {};

/** More rows than one batch holds, some of them empty, one left out by the mask. */
const random = randomStream(2, "thin-products");
const dense = Float64Array.from({ length: ROWS * CHANNELS }, (_, i) =>
  Math.floor(i / CHANNELS) % 9 === 0 ? 0 : Math.max(0, random.integer(8) - 4),
);
const mask = new Uint8Array(ROWS).fill(1);
mask[5] = 0;
const spectra = spectraRows(countsFromDense([ROWS], CHANNELS, dense, "counts"), mask, undefined);

function matrixOf(width: number): Float64Array {
  const numbers = randomStream(3, "thin-matrix");
  return Float64Array.from({ length: CHANNELS * width }, () => numbers.normal());
}

/** X B, and Xᵀ (2 X B). */
async function both(thin: ThinProducts, width: number, of = spectra) {
  const gathered = new Float64Array(ROWS * width);
  widened(matrixOf(width), width, thin.matrix, thin.stride);
  const between = ({ rows, row, products }: RowBatch): void => {
    for (let r = 0; r < rows; r++) {
      for (let l = 0; l < width; l++) {
        gathered[row[r]! * width + l] = products[r * thin.stride + l]!;
        products[r * thin.stride + l]! *= 2;
      }
    }
  };
  await thin.pass(of, { gather: true, between, scatter: true }, breath);
  return { gathered, scattered: narrowed(thin.sums, thin.stride, width) };
}

describe("products of sparse spectra with thin matrices", () => {
  it.each([1, 2, 3, 6, 7, 8, 14, 16, 31, 34])("gives as a kernel the bits of plain TypeScript: %d columns", async (width) => {
    const kernel = await kernelProducts(CHANNELS, width);
    expect(kernel).toBeDefined();
    expect(await both(kernel!, width)).toEqual(await both(referenceProducts(CHANNELS, width), width));
  });

  it("gives the same from rows that come one by one", async () => {
    const oneByOne = { rows: spectra.rows, channels: spectra.channels, visit: spectra.visit };
    expect(await both(referenceProducts(CHANNELS, 5), 5, oneByOne)).toEqual(await both(referenceProducts(CHANNELS, 5), 5));
  });

  it("gives the products of the definition, and passes over what the mask leaves out", async () => {
    const width = 3;
    const { gathered, scattered } = await both(referenceProducts(CHANNELS, width), width);
    const b = matrixOf(width);
    const product = (row: number, l: number): number => {
      if (mask[row] === 0) return 0;
      let sum = 0;
      for (let c = 0; c < CHANNELS; c++) sum += dense[row * CHANNELS + c]! * b[c * width + l]!;
      return sum;
    };
    for (let row = 0; row < ROWS; row++) {
      for (let l = 0; l < width; l++) expect(gathered[row * width + l]).toBeCloseTo(product(row, l), 10);
    }
    for (let c = 0; c < CHANNELS; c++) {
      for (let l = 0; l < width; l++) {
        let sum = 0;
        for (let row = 0; row < ROWS; row++) sum += 2 * dense[row * CHANNELS + c]! * product(row, l);
        expect(scattered[c * width + l]).toBeCloseTo(sum, 8);
      }
    }
  });
});
