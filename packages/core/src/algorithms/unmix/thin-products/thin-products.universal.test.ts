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

/** One step of descent for the rows of the spectra, in a pass; the last of several columns is like none of the others, and empty. */
async function descended(thin: ThinProducts, width: number) {
  const numbers = randomStream(6, "descent");
  const values = Float64Array.from({ length: ROWS * width }, () => Math.max(0, numbers.normal()));
  const start = values.slice();
  const products = new Float64Array(ROWS * width);
  const columns = matrixOf(width).map((value, i) => (width > 1 && i % width === width - 1 ? 0 : Math.abs(value)));
  widened(columns, width, thin.matrix, thin.stride);
  const { gram, rowGram } = thin.descent;
  for (let cell = 0; cell < width * width; cell++) {
    for (let at = 0; at < columns.length; at += width)
      gram[cell]! += columns[at + Math.floor(cell / width)]! * columns[at + (cell % width)]!;
  }
  let slopes = 0.25;
  const between = (batch: RowBatch): void => {
    for (let r = 0; r < batch.rows; r++) {
      for (let j = 0; j < width; j++) products[batch.row[r]! * width + j] = batch.products[r * thin.stride + j]!;
    }
    slopes = thin.descent.improve(batch, values, slopes);
  };
  await thin.pass(spectra, { gather: true, between, scatter: true }, breath);
  const upper = Array.from({ length: width }, (_, j) => rowGram.slice(j * thin.stride + j, j * thin.stride + width));
  return { start, products, gram: gram.slice(), values, slopes, upper, sums: narrowed(thin.sums, thin.stride, width) };
}

describe("descent of rows", () => {
  it.each([1, 2, 3, 6, 7, 20])("gives as a kernel the bits of plain TypeScript: %d values", async (width) => {
    const kernel = await kernelProducts(CHANNELS, width);
    expect(await descended(kernel!, width)).toEqual(await descended(referenceProducts(CHANNELS, width), width));
  });

  it("finds the smallest value along the last coordinate, and leaves out rows that the mask leaves out", async () => {
    const { start, products, gram, values } = await descended(referenceProducts(CHANNELS, 1), 1);
    for (let row = 0; row < ROWS; row++) {
      if (mask[row] === 0) expect(values[row]).toBe(start[row]);
      else expect(values[row]).toBeCloseTo(Math.max(0, products[row]! / gram[0]!), 10);
    }
  });

  it("makes the loss smaller, keeps an empty column as it is, and sums slopes and products of the rows", async () => {
    const { start, products, gram, values, slopes, upper } = await descended(referenceProducts(CHANNELS, 4), 4);
    let [expected, corner, improved] = [0.25, 0, 0];
    for (let row = 0; row < ROWS; row++) {
      if (mask[row] === 0) continue;
      const own = start.slice(4 * row, 4 * row + 4);
      const h = products.subarray(4 * row, 4 * row + 4);
      const before = loss(own, gram, h);
      for (let j = 0; j < 4; j++) {
        const slope = own.reduce((sum, value, l) => sum + gram[4 * j + l]! * value, -h[j]!);
        expected += own[j] === 0 ? Math.max(0, -slope) : Math.abs(slope);
        own[j] = values[4 * row + j]!;
      }
      expect(own[3]).toBe(start[4 * row + 3]);
      const after = loss(own, gram, h);
      expect(after).toBeLessThanOrEqual(before + 1e-9);
      if (after < before) improved += 1;
      corner += own[0]! * own[2]!;
    }
    expect(improved).toBeGreaterThan(0.9 * ROWS);
    expect(slopes).toBeCloseTo(expected, 6);
    expect(upper[0]![2]).toBeCloseTo(corner, 8);
  });
});

/** ½ xᵀ G x - hᵀ x */
function loss(x: Float64Array, gram: Float64Array, h: Float64Array): number {
  return x.reduce(
    (sum, value, j) => sum + value * (0.5 * x.reduce((all, other, l) => all + gram[4 * j + l]! * other, 0) - h[j]!),
    0,
  );
}
