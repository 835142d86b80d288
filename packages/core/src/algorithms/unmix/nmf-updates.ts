/**
 * The two ways to improve a non-negative factorisation X ≈ A E. Each sweep reads the sparse spectra once: a row's abundances are
 * improved and, with the new ones, its share in the update of the endmembers is gathered at once.
 */
import { log } from "../../kernels/math.js";
import type { Factors } from "./nmf-start.js";
import type { RowSweeps } from "./row-sweeps/row-sweeps.js";
import type { SpectraRows } from "./spectra-rows.js";
import { quickestProducts } from "./thin-products/kernel-products.js";
import { descend, gramOfRows, mirror } from "./thin-products/row-descent.js";
import { type RowBatch, widened } from "./thin-products/thin-products.js";

/** Smallest model value that is divided by (the spacing of single-precision numbers at 1, as in scikit-learn). */
const LEAST_MODEL = 1.1920928955078125e-7;
const SPACING = 2.220446049250313e-16;

/**
 * One round of cyclic coordinate descent on ½ |X - A E|²: of the rows by `sweeps`, then of the endmembers. Returns the size of the projected gradient that it met, whose fall
 * says when to stop. Cichocki and Phan 2009, doi:10.1587/transfun.E92.A.708; Hsieh and Dhillon 2011, doi:10.1145/2020408.2020577.
 */
export async function frobeniusSweep(sweeps: RowSweeps, endmembers: Float64Array, k: number, held: number): Promise<number> {
  const { sums, rowGram, slopes } = await sweeps.sweep({ endmembers, scatter: held < k });
  if (held === k) return slopes[0]!;
  const stride = k + (k & 1);
  mirror(rowGram, k, stride);
  let violation = slopes[0]!;
  for (let at = 0, from = 0; at < endmembers.length; at += k, from += stride) {
    violation += descend(endmembers, at, k, rowGram, stride, sums, from, held);
  }
  return violation;
}

/** One round of multiplicative updates for the Kullback-Leibler divergence. Lee and Seung 2001; Févotte and Idier 2011, doi:10.1162/NECO_a_00168. */
export async function kullbackLeiblerSweep(
  spectra: SpectraRows,
  { k, abundances, endmembers }: Factors,
  held: number,
  breath: () => Promise<void>,
): Promise<void> {
  const endmemberSums = columnSums(endmembers, k);
  const abundanceSums = new Float64Array(k);
  const pull = new Float64Array(endmembers.length);
  const own = new Float64Array(k);
  await spectra.visit((row, channel, count, from, to) => {
    own.fill(0);
    for (let i = from; i < to; i++) {
      const at = channel[i]! * k;
      const ratio = count[i]! / modelAt(abundances, row * k, endmembers, at, k);
      for (let j = 0; j < k; j++) own[j]! += ratio * endmembers[at + j]!;
    }
    for (let j = 0; j < k; j++) {
      abundances[row * k + j]! *= own[j]! / (endmemberSums[j] === 0 ? LEAST_MODEL : endmemberSums[j]!);
      abundanceSums[j]! += abundances[row * k + j]!;
    }
    if (held === k) return;
    for (let i = from; i < to; i++) {
      const at = channel[i]! * k;
      const ratio = count[i]! / modelAt(abundances, row * k, endmembers, at, k);
      for (let j = held; j < k; j++) pull[at + j]! += ratio * abundances[row * k + j]!;
    }
  }, breath);
  for (let at = 0; at < endmembers.length; at += k) {
    for (let j = held; j < k; j++) {
      const value = endmembers[at + j]! * (pull[at + j]! / (abundanceSums[j] === 0 ? 1 : abundanceSums[j]!));
      endmembers[at + j] = value < SPACING ? 0 : value;
    }
  }
}

/** Distance of the model from the spectra: |X - A E|, or the square root of twice the Kullback-Leibler divergence, as scikit-learn states it. */
export async function reconstructionError(
  spectra: SpectraRows,
  factors: Factors,
  loss: "frobenius" | "kullback-leibler",
  breath: () => Promise<void>,
): Promise<number> {
  const square =
    loss === "frobenius" ? await squaredDistance(spectra, factors, breath) : 2 * (await divergence(spectra, factors, breath));
  return Math.sqrt(Math.max(0, square));
}

/** |X - A E|² as |X|² and, row by row, what a model takes from it. */
async function squaredDistance(
  spectra: SpectraRows,
  { k, abundances, endmembers }: Factors,
  breath: () => Promise<void>,
): Promise<number> {
  const thin = await quickestProducts(spectra.channels, k);
  const gram = gramOfRows(endmembers, k);
  let total = 0;
  await spectra.visit((_row, _channel, count, from, to) => {
    for (let i = from; i < to; i++) total += count[i]! * count[i]!;
  }, breath);
  widened(endmembers, k, thin.matrix, thin.stride);
  const between = ({ rows, row, products }: RowBatch): void => {
    for (let r = 0; r < rows; r++) {
      const [at, own] = [row[r]! * k, r * thin.stride];
      for (let j = 0; j < k; j++) {
        let along = -2 * products[own + j]!;
        for (let l = 0; l < k; l++) along += gram[j * k + l]! * abundances[at + l]!;
        total += abundances[at + j]! * along;
      }
    }
  };
  await thin.pass(spectra, { gather: true, between, scatter: false }, breath);
  return total;
}

/** The Kullback-Leibler divergence of the model from the spectra. */
async function divergence(
  spectra: SpectraRows,
  { k, abundances, endmembers }: Factors,
  breath: () => Promise<void>,
): Promise<number> {
  const sums = columnSums(endmembers, k);
  let total = 0;
  await spectra.visit((row, channel, count, from, to) => {
    const at = row * k;
    for (let j = 0; j < k; j++) total += abundances[at + j]! * sums[j]!;
    for (let i = from; i < to; i++) {
      const value = count[i]!;
      if (value <= LEAST_MODEL) continue;
      let model = 0;
      for (let j = 0; j < k; j++) model += abundances[at + j]! * endmembers[channel[i]! * k + j]!;
      total += value * log(value / Math.max(model, LEAST_MODEL)) - value;
    }
  }, breath);
  return total;
}

function modelAt(abundances: Float64Array, row: number, endmembers: Float64Array, at: number, k: number): number {
  let model = 0;
  for (let j = 0; j < k; j++) model += abundances[row + j]! * endmembers[at + j]!;
  return Math.max(model, LEAST_MODEL);
}

function columnSums(data: Float64Array, k: number): Float64Array {
  const sums = new Float64Array(k);
  for (let at = 0; at < data.length; at += k) for (let j = 0; j < k; j++) sums[j]! += data[at + j]!;
  return sums;
}
