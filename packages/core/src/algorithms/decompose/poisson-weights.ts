import { DataCheckError } from "../../errors.js";
import type { SpectraRows } from "../unmix/spectra-rows.js";
import type { WeightedMatrix, Weights } from "./weighted-matrix.js";

/**
 * `poisson`: each count is divided by the standard deviation that it would have if all pixels held the same spectrum, so that noise has variance
 * 1 everywhere and no strong line outvotes the others. `none`: counts as they are.
 */
export type Scaling = "poisson" | "none";

export interface WeighingOptions {
  readonly scaling: Scaling;
  /** Subtract the mean spectrum (weighted as the pixels are). */
  readonly centre: boolean;
  readonly kind: "counts" | "intensity";
}

/** A pixel is weighted as if it held at least this share of the mean counts per pixel ... */
export const LEAST_PIXEL_SHARE = 0.1;
/** ... and a channel as if it held at least so many counts in the whole map, ... */
export const LEAST_CHANNEL_COUNTS = 25;
/** ... or, where data are no counts, this share of the mean channel. */
const LEAST_CHANNEL_SHARE = 1e-3;

export interface Weighed {
  readonly matrix: WeightedMatrix;
  /** Σ of the noise variances of one row's elements in units of the full ones, and of one column's: channels and pixels, poor ones counted in part. */
  readonly effectiveColumns: number;
  readonly effectiveRows: number;
}

/**
 * Weights after Keenan and Kotula 2004, doi:10.1002/sia.1657: row p by sqrt(mean total / G), channel c by sqrt(pixels / H), with G and H the totals
 * of the pixel and of the channel; their product is 1 / sqrt(G H / N), N all counts. Different from them (and from HyperSpy, whose scaled data
 * are ours divided by sqrt(N)), totals are held above a floor: a lone count in an empty channel would otherwise be a component of its own.
 * The mean, when subtracted, is Σ w² x / Σ w² with w the row weights: the one that leaves least.
 * Throws {@link DataCheckError} for negative or undefined values under `poisson`, and when nothing is left to decompose.
 */
export async function weighedMatrix(
  spectra: SpectraRows,
  { scaling, centre, kind }: WeighingOptions,
  breath: () => Promise<void>,
): Promise<Weighed> {
  const { rows, channels } = spectra;
  const { rowTotal, columnTotal, filled, used, total } = await totals(spectra, scaling, breath);
  const row = new Float64Array(rows).fill(1);
  const column = new Float64Array(channels).fill(1);
  let effectiveRows = used;
  let effectiveColumns = channels;
  if (scaling === "poisson") {
    const meanTotal = total / used;
    effectiveRows = floorAndInvert(row, rowTotal, LEAST_PIXEL_SHARE * meanTotal, meanTotal);
    const least = kind === "counts" ? LEAST_CHANNEL_COUNTS : (LEAST_CHANNEL_SHARE * total) / channels;
    effectiveColumns = floorAndInvert(column, columnTotal, least, used);
  }
  const { mean, squaredNorm } = await moments(spectra, row, column, centre, breath);
  const weights: Weights = { row, column, mean };
  return {
    matrix: { spectra, weights, rows, usedRows: used, columns: channels, filled, squaredNorm },
    effectiveRows,
    effectiveColumns,
  };
}

interface Totals {
  readonly rowTotal: Float64Array;
  readonly columnTotal: Float64Array;
  readonly filled: Uint8Array;
  readonly used: number;
  readonly total: number;
}

async function totals(spectra: SpectraRows, scaling: Scaling, breath: () => Promise<void>): Promise<Totals> {
  const rowTotal = new Float64Array(spectra.rows);
  const columnTotal = new Float64Array(spectra.channels);
  const filled = new Uint8Array(spectra.channels);
  let used = 0;
  let total = 0;
  await spectra.visit((row, channel, count, from, to) => {
    used += 1;
    for (let i = from; i < to; i++) {
      const value = count[i]!;
      if (!(value > -Infinity && value < Infinity) || (value < 0 && scaling === "poisson")) throw unfit(row, channel[i]!, value);
      rowTotal[row]! += value;
      columnTotal[channel[i]!]! += value;
      if (value !== 0) filled[channel[i]!] = 1;
      total += value;
    }
  }, breath);
  if (used === 0 || (total === 0 && scaling === "poisson")) {
    throw new DataCheckError("There is nothing to decompose.", {
      found: used === 0 ? "no pixel inside the mask" : "no counts",
      remedy: "Look at the mask and at the energies that are left out.",
    });
  }
  return { rowTotal, columnTotal, filled, used, total };
}

function unfit(row: number, channel: number, value: number): DataCheckError {
  return new DataCheckError(
    Number.isFinite(value) ? "Poisson scaling needs values that are not negative." : "A value is not a finite number.",
    {
      where: `pixel ${row}, channel ${channel}`,
      found: String(value),
      remedy: "Decompose counts before a background is subtracted, or set scaling to none.",
    },
  );
}

/** Writes sqrt(unit / max(total, floor)) into `out`; returns Σ total / max(total, floor). */
function floorAndInvert(out: Float64Array, totals: Float64Array, floor: number, unit: number): number {
  let effective = 0;
  for (let i = 0; i < out.length; i++) {
    const held = Math.max(totals[i]!, floor);
    out[i] = Math.sqrt(unit / held);
    effective += totals[i]! / held;
  }
  return effective;
}

async function moments(
  spectra: SpectraRows,
  row: Float64Array,
  column: Float64Array,
  centre: boolean,
  breath: () => Promise<void>,
): Promise<{ mean: Float64Array | undefined; squaredNorm: number }> {
  const first = new Float64Array(spectra.channels);
  const second = new Float64Array(spectra.channels);
  let weight = 0;
  await spectra.visit((pixel, channel, count, from, to) => {
    const square = row[pixel]! * row[pixel]!;
    weight += square;
    for (let i = from; i < to; i++) {
      const value = count[i]!;
      first[channel[i]!]! += square * value;
      second[channel[i]!]! += square * value * value;
    }
  }, breath);
  const mean = centre ? first.map((sum) => sum / weight) : undefined;
  let squaredNorm = 0;
  for (let c = 0; c < first.length; c++) {
    const m = mean?.[c] ?? 0;
    squaredNorm += column[c]! * column[c]! * (second[c]! - 2 * m * first[c]! + m * m * weight);
  }
  return { mean, squaredNorm: Math.max(0, squaredNorm) };
}
