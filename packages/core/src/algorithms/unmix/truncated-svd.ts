/**
 * Largest singular values and vectors of sparse spectra. Few spectra: exactly. Many: by a random projection with power iterations, which
 * reads the spectra a few times and never makes them dense; the basis is made orthonormal after each iteration, so that singular values below 1e-8 of
 * the largest are lost. Halko, Martinsson and Tropp 2011, doi:10.1137/090771806.
 */
import { type ThinSvd, thinSvd } from "../../kernels/linear-algebra/thin-svd.js";
import { dot } from "../../kernels/linear-algebra/vectors.js";
import { matrix } from "../../kernels/matrix.js";
import type { RandomStream } from "../../kernels/random.js";
import { rowProducts } from "./row-products/row-products.js";
import type { SharedSpectra } from "./row-sections.js";

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
export async function truncatedSvd(shared: SharedSpectra, k: number, stream: RandomStream): Promise<TruncatedSvd> {
  return shared.spectra.rows <= EXACT_UP_TO_ROWS ? exact(shared, k) : randomised(shared, k, stream);
}

async function exact({ spectra, breath }: SharedSpectra, k: number): Promise<TruncatedSvd> {
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

async function randomised(shared: SharedSpectra, k: number, stream: RandomStream): Promise<TruncatedSvd> {
  const { spectra, breath } = shared;
  const { rows, channels } = spectra;
  const width = Math.min(k + OVERSAMPLING, rows, channels);
  const products = await rowProducts(shared, width);
  const { wide, tall } = products;
  try {
    for (let i = 0; i < wide.length; i++) wide[i] = stream.normal();
    for (let round = 0; round < POWER_ITERATIONS; round++) {
      wide.set(await products.times("both"));
      await orthonormalise(wide, channels, width, breath);
    }
    await products.times("right");
    await orthonormalise(tall, rows, width, breath);
    const small = thinSvd(transposed(await products.times("left"), channels, width));
    return fromProjection(tall, small, rows, channels, width, k);
  } finally {
    products.end();
  }
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
