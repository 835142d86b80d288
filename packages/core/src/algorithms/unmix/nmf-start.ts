/** Where a non-negative factorisation starts. */
import type { RandomStream } from "../../kernels/random.js";
import { gramMatrix, nonNegativeSolver } from "./nnls.js";
import type { SharedSpectra } from "./row-sections.js";
import type { SpectraRows } from "./spectra-rows.js";
import { truncatedSvd } from "./truncated-svd.js";

/** Abundances and endmembers while they are being fitted. */
export interface Factors {
  readonly k: number;
  /** Float64 [rows x k]. */
  readonly abundances: Float64Array;
  /** Float64 [channels x k]: one endmember per column, so that a channel's values lie together. */
  readonly endmembers: Float64Array;
}

export const nmfStarts = ["nndsvda", "nndsvd", "nndsvdar", "random"] as const;
export type NmfStart = (typeof nmfStarts)[number];

/** Values below this are cut to 0 in the singular-vector starts, as scikit-learn does. */
const CUT = 1e-6;

/**
 * `nndsvd`: the non-negative parts of singular vectors (Boutsidis and Gallopoulos 2008, doi:10.1016/j.patcog.2007.09.010); `nndsvda`: their zeros
 * filled with the mean of the data; `nndsvdar`: with small random values; `random`: random values of the size of the data.
 */
export async function startingFactors(shared: SharedSpectra, k: number, start: NmfStart, stream: RandomStream): Promise<Factors> {
  const { spectra, breath } = shared;
  const mean = await meanOf(spectra, breath);
  if (start === "random") {
    const size = Math.sqrt(mean / k);
    const draw = (n: number) => Float64Array.from({ length: n }, () => Math.abs(size * stream.normal()));
    const endmembers = draw(spectra.channels * k);
    return { k, endmembers, abundances: draw(spectra.rows * k) };
  }
  const factors = await fromSingularVectors(shared, k, stream);
  if (start === "nndsvda") fillZeros(factors, () => mean);
  if (start === "nndsvdar") fillZeros(factors, () => Math.abs((mean * stream.normal()) / 100));
  return factors;
}

/**
 * Starts with given endmembers first. What is missing up to k is taken from `nndsvd` of the data: the components least alike to the seeds.
 * Abundances are fitted to them by non-negative least squares and kept off zero, so that multiplicative updates can move them.
 */
export async function seededFactors(
  shared: SharedSpectra,
  k: number,
  seeds: readonly Float64Array[],
  stream: RandomStream,
): Promise<Factors> {
  const { spectra, breath } = shared;
  const columns = [...seeds];
  if (seeds.length < k) {
    const found = await startingFactors(shared, k, "nndsvda", stream);
    const candidates = Array.from({ length: k }, (_, j) => columnOf(found.endmembers, k, j));
    const likeness = candidates.map((column) => Math.max(...seeds.map((seed) => cosine(column, seed))));
    const order = candidates.map((_, j) => j).sort((a, b) => likeness[a]! - likeness[b]! || a - b);
    columns.push(...order.slice(0, k - seeds.length).map((j) => candidates[j]!));
  }
  const endmembers = new Float64Array(spectra.channels * k);
  columns.forEach((column, j) => {
    for (let c = 0; c < column.length; c++) endmembers[c * k + j] = column[c]!;
  });
  return { k, endmembers, abundances: await fittedAbundances(spectra, columns, endmembers, breath) };
}

async function fittedAbundances(
  spectra: SpectraRows,
  columns: readonly Float64Array[],
  endmembers: Float64Array,
  breath: () => Promise<void>,
): Promise<Float64Array> {
  const k = columns.length;
  const abundances = new Float64Array(spectra.rows * k);
  const solver = nonNegativeSolver(gramMatrix(columns), k);
  const h = new Float64Array(k);
  const x = new Float64Array(k);
  await spectra.visit((row, channel, count, from, to) => {
    h.fill(0);
    for (let i = from; i < to; i++) for (let j = 0; j < k; j++) h[j]! += count[i]! * endmembers[channel[i]! * k + j]!;
    solver.solve(h, x);
    const floor = 1e-6 * x.reduce((sum, value) => sum + value, 0);
    for (let j = 0; j < k; j++) abundances[row * k + j] = Math.max(x[j]!, floor);
  }, breath);
  return abundances;
}

async function fromSingularVectors(shared: SharedSpectra, k: number, stream: RandomStream): Promise<Factors> {
  const { rows, channels } = shared.spectra;
  const { left, values, right } = await truncatedSvd(shared, k, stream);
  const abundances = new Float64Array(rows * k);
  const endmembers = new Float64Array(channels * k);
  for (let j = 0; j < k; j++) {
    const u = columnOf(left, k, j);
    const v = right.subarray(j * channels, (j + 1) * channels);
    const positive = partNorm(u, 1) * partNorm(v, 1);
    const negative = partNorm(u, -1) * partNorm(v, -1);
    const sign = positive > negative ? 1 : -1;
    // The first pair has one sign throughout; stray rounding of the other sign is folded over, as the method says.
    const part = j === 0 ? Math.abs : (value: number) => Math.max(0, sign * value);
    const size = j === 0 ? values[0]! : values[j]! * Math.max(positive, negative);
    const scaleU = Math.sqrt(size) / (j === 0 ? 1 : partNorm(u, sign) || 1);
    const scaleV = Math.sqrt(size) / (j === 0 ? 1 : partNorm(v, sign) || 1);
    for (let r = 0; r < rows; r++) abundances[r * k + j] = cut(scaleU * part(u[r]!));
    for (let c = 0; c < channels; c++) endmembers[c * k + j] = cut(scaleV * part(v[c]!));
  }
  return { k, abundances, endmembers };
}

function cut(value: number): number {
  return value < CUT ? 0 : value;
}

/** Length of the part of a vector that has the given sign. */
function partNorm(values: Float64Array, sign: 1 | -1): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) if (sign * values[i]! > 0) sum += values[i]! * values[i]!;
  return Math.sqrt(sum);
}

function fillZeros({ abundances, endmembers }: Factors, value: () => number): void {
  for (const factor of [abundances, endmembers]) for (let i = 0; i < factor.length; i++) if (factor[i] === 0) factor[i] = value();
}

async function meanOf(spectra: SpectraRows, breath: () => Promise<void>): Promise<number> {
  let sum = 0;
  let rows = 0;
  await spectra.visit((_row, _channel, count, from, to) => {
    rows += 1;
    for (let i = from; i < to; i++) sum += count[i]!;
  }, breath);
  return rows === 0 ? 0 : sum / rows / spectra.channels;
}

function columnOf(data: Float64Array, k: number, j: number): Float64Array {
  return Float64Array.from({ length: data.length / k }, (_, i) => data[i * k + j]!);
}

function cosine(a: Float64Array, b: Float64Array): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! * a[i]!;
    squareB += b[i]! * b[i]!;
  }
  return dot === 0 ? 0 : dot / Math.sqrt(squareA) / Math.sqrt(squareB);
}
