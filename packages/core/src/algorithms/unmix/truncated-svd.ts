/**
 * Largest singular values and vectors of sparse spectra. Few spectra: exactly. Many: by a random projection with power iterations, which
 * reads the spectra a few times and never makes them dense; the basis is made orthonormal after each iteration, so that singular values below 1e-8 of
 * the largest are lost. Halko, Martinsson and Tropp 2011, doi:10.1137/090771806.
 */
import { type ThinSvd, thinSvd } from "../../kernels/linear-algebra/thin-svd.js";
import { dot } from "../../kernels/linear-algebra/vectors.js";
import { matrix } from "../../kernels/matrix.js";
import type { RandomStream } from "../../kernels/random.js";
import type { SpectraRows } from "./spectra-rows.js";
import { quickestProducts } from "./thin-products/kernel-products.js";
import { narrowed, type RowBatch, type ThinProducts, widened } from "./thin-products/thin-products.js";

/** X ≈ U diag(s) V: `left` float64 [rows x k], `values` k, falling, `right` float64 [k x channels]. */
export interface TruncatedSvd {
  readonly left: Float64Array;
  readonly values: Float64Array;
  readonly right: Float64Array;
}

const EXACT_UP_TO_ROWS = 64;
const OVERSAMPLING = 10;
const POWER_ITERATIONS = 4;

/** The `k` largest; k must not exceed rows or channels. */
export async function truncatedSvd(
  spectra: SpectraRows,
  k: number,
  stream: RandomStream,
  breath: () => Promise<void>,
): Promise<TruncatedSvd> {
  return spectra.rows <= EXACT_UP_TO_ROWS ? exact(spectra, k, breath) : randomised(spectra, k, stream, breath);
}

async function exact(spectra: SpectraRows, k: number, breath: () => Promise<void>): Promise<TruncatedSvd> {
  const { rows, channels } = spectra;
  const dense = matrix(rows, channels);
  await spectra.visit((row, channel, count, from, to) => {
    for (let i = from; i < to; i++) dense.data[row * channels + channel[i]!] = count[i]!;
  }, breath);
  const { u, singularValues, v } = thinSvd(dense);
  const left = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) for (let j = 0; j < k; j++) left[row * k + j] = u.data[row * rows + j]!;
  return { left, values: singularValues.slice(0, k), right: v.data.slice(0, k * channels) };
}

async function randomised(
  spectra: SpectraRows,
  k: number,
  stream: RandomStream,
  breath: () => Promise<void>,
): Promise<TruncatedSvd> {
  const { rows, channels } = spectra;
  const width = Math.min(k + OVERSAMPLING, rows, channels);
  let basis = Float64Array.from({ length: channels * width }, () => stream.normal());
  const tall = new Float64Array(rows * width);
  const thin = await quickestProducts(channels, width);
  for (let round = 0; round < POWER_ITERATIONS; round++) {
    basis = await timesBoth(thin, spectra, basis, width, breath);
    await orthonormalise(basis, channels, width, breath);
  }
  await timesRight(thin, spectra, basis, width, tall, breath);
  await orthonormalise(tall, rows, width, breath);
  basis = await timesLeft(thin, spectra, tall, width, breath);
  const small = thinSvd(transposed(basis, channels, width));
  return fromProjection(tall, small, rows, channels, width, k);
}

/** U = Q u for the small decomposition of Qᵀ X. */
function fromProjection(q: Float64Array, small: ThinSvd, rows: number, channels: number, width: number, k: number): TruncatedSvd {
  const left = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let l = 0; l < width; l++) sum += q[row * width + l]! * small.u.data[l * width + j]!;
      left[row * k + j] = sum;
    }
  }
  return { left, values: small.singularValues.slice(0, k), right: small.v.data.slice(0, k * channels) };
}

/** Xᵀ X B: [channels x width], in one pass. */
async function timesBoth(
  thin: ThinProducts,
  spectra: SpectraRows,
  b: Float64Array,
  width: number,
  breath: () => Promise<void>,
): Promise<Float64Array<ArrayBuffer>> {
  widened(b, width, thin.matrix, thin.stride);
  thin.sums.fill(0);
  await thin.pass(spectra, { gather: true, between() {}, scatter: true }, breath);
  return narrowed(thin.sums, thin.stride, width);
}

/** X B: [rows x width]. */
async function timesRight(
  thin: ThinProducts,
  spectra: SpectraRows,
  b: Float64Array,
  width: number,
  out: Float64Array,
  breath: () => Promise<void>,
): Promise<void> {
  widened(b, width, thin.matrix, thin.stride);
  out.fill(0);
  const between = ({ rows, row, products }: RowBatch): void => {
    for (let r = 0; r < rows; r++) {
      for (let l = 0; l < width; l++) out[row[r]! * width + l] = products[r * thin.stride + l]!;
    }
  };
  await thin.pass(spectra, { gather: true, between, scatter: false }, breath);
}

/** Xᵀ Q: [channels x width]. */
async function timesLeft(
  thin: ThinProducts,
  spectra: SpectraRows,
  q: Float64Array,
  width: number,
  breath: () => Promise<void>,
): Promise<Float64Array<ArrayBuffer>> {
  thin.sums.fill(0);
  const between = ({ rows, row, products }: RowBatch): void => {
    for (let r = 0; r < rows; r++) {
      for (let l = 0; l < width; l++) products[r * thin.stride + l] = q[row[r]! * width + l]!;
    }
  };
  await thin.pass(spectra, { gather: false, between, scatter: true }, breath);
  return narrowed(thin.sums, thin.stride, width);
}

/** Columns of a [rows x width] array made orthonormal in place (Gram and Schmidt, each column twice); a dependent column becomes 0. */
async function orthonormalise(data: Float64Array, rows: number, width: number, breath: () => Promise<void>): Promise<void> {
  // Column after column while they are worked on, so that each is read from first to last.
  const { data: turned } = transposed(data, rows, width);
  const columns = Array.from({ length: width }, (_, j) => turned.subarray(j * rows, (j + 1) * rows));
  for (const [j, column] of columns.entries()) {
    await breath();
    const before = Math.sqrt(dot(column, column));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of columns.slice(0, j)) {
        const along = dot(column, other);
        for (let r = 0; r < rows; r++) column[r]! -= along * other[r]!;
      }
    }
    const norm = Math.sqrt(dot(column, column));
    const scale = norm > 1e-12 * before ? 1 / norm : 0;
    for (let r = 0; r < rows; r++) {
      column[r]! *= scale;
      data[r * width + j] = column[r]!;
    }
  }
}

function transposed(data: Float64Array, rows: number, width: number) {
  const out = matrix(width, rows);
  for (let r = 0; r < rows; r++) for (let l = 0; l < width; l++) out.data[l * rows + r] = data[r * width + l]!;
  return out;
}
