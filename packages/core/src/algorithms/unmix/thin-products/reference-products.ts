import { referenceDescent } from "./row-descent.js";
import {
  BATCH_ENTRIES,
  BATCH_ROWS,
  type GivenRows,
  giveAll,
  inBatches,
  type PassWork,
  type ThinProducts,
} from "./thin-products.js";

/** In plain TypeScript. */
export function referenceProducts(channels: number, width: number): ThinProducts {
  const stride = width + (width & 1);
  const batch = {
    row: new Int32Array(BATCH_ROWS),
    start: new Int32Array(BATCH_ROWS + 1),
    channel: new Uint16Array(Math.max(BATCH_ENTRIES, channels)),
    value: new Float64Array(Math.max(BATCH_ENTRIES, channels)),
  };
  const { row, start, channel, value } = batch;
  const [matrix, sums] = [new Float64Array(channels * stride), new Float64Array(channels * stride)];
  const products = new Float64Array(BATCH_ROWS * stride);
  const gatherRow = (r: number): void => {
    const at = r * stride;
    products.fill(0, at, at + stride);
    for (let i = start[r]!; i < start[r + 1]!; i++) {
      const from = channel[i]! * stride;
      for (let l = 0; l < stride; l++) products[at + l]! += value[i]! * matrix[from + l]!;
    }
  };
  const scatterRow = (r: number): void => {
    const at = r * stride;
    for (let i = start[r]!; i < start[r + 1]!; i++) {
      const to = channel[i]! * stride;
      for (let l = 0; l < stride; l++) sums[to + l]! += value[i]! * products[at + l]!;
    }
  };
  const rows = ({ gather, between, scatter }: PassWork): GivenRows => {
    const flush = (rows: number): void => {
      if (gather) for (let r = 0; r < rows; r++) gatherRow(r);
      between({ rows, row, products });
      if (scatter) for (let r = 0; r < rows; r++) scatterRow(r);
    };
    return inBatches(batch, flush);
  };
  return {
    stride,
    matrix,
    sums,
    descent: referenceDescent(width, stride),
    rows,
    pass: (spectra, work, breath) => giveAll(spectra, rows(work), breath),
  };
}
