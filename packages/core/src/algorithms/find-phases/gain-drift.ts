/**
 * Drift of the energy scale from row to row. Peaks of the sum spectrum are looked for again in bands of rows; their shifts in proportion
 * to energy are a drift of gain. Composition moves single peaks, drift moves all of them.
 */
import { type CalibratedEnergyAxis, channelOfEnergy, energyOfChannel } from "../../spectrum-image/axis.js";
import type { WorkContext } from "../../spectrum-image/context.js";
import type { CountSource } from "../../spectrum-image/counts.js";
import { classSpectra, pass } from "../../spectrum-image/pass.js";
import { framesOf } from "./frames.js";
import { solveNormal } from "./least-squares.js";

export interface GainDrift {
  /** Relative change of the energy scale of each navigation row against the mean of the map: float64 [rows of all frames]. */
  readonly gainOfRow: Float64Array;
  /** Largest less smallest. */
  readonly range: number;
  /** Slope from the first to the last row over its standard error. */
  readonly z: number;
}

const MOST_BANDS = 24;
const COUNTS_PER_BAND = 20_000;
const MOST_PEAKS = 14;
const FEWEST_PEAKS = 3;
/** Movement that composition alone may give a peak, keV. */
const PEAK_DOUBT_KEV = 0.0015;
const SIGNIFICANT = 5;
/** Smaller drifts move no count to another bin to speak of. */
const LEAST_RANGE = 2e-4;

/**
 * Measures the drift. `sum` is the sum spectrum of the map. Undefined when there are too few counts or peaks, or when the drift
 * is not significant (5 standard errors) or too small to matter (0.02 %).
 */
export async function measureGainDrift(
  source: CountSource,
  sum: Float64Array,
  axis: CalibratedEnergyAxis,
  fwhmKev: (energyKev: number) => number,
  context: WorkContext,
): Promise<GainDrift | undefined> {
  const frames = framesOf(source.navigationShape);
  const rows = frames.count * frames.height;
  const counts = sum.reduce((all, c) => all + c, 0);
  const bands = Math.min(MOST_BANDS, Math.floor(rows / 4), Math.floor(counts / COUNTS_PER_BAND));
  const peaks = strongPeaks(sum, axis, fwhmKev);
  if (bands < 4 || peaks.length < FEWEST_PEAKS) return undefined;
  const bandOf = (row: number) => Math.min(bands - 1, Math.floor((row * bands) / rows));
  const labels = Int32Array.from({ length: frames.pixels }, (_, n) => bandOf(Math.floor(n / frames.width)));
  const spectra = (await pass(source, [classSpectra(source, labels, bands)], { signal: context.signal }))[0];
  const gains = spectra.map((spectrum) => gainOfBand(spectrum, sum, counts, peaks, axis));
  return trendOf(gains, rows);
}

interface Peak {
  readonly energyKev: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly net: number;
}

/** Local maxima that stand well above their surroundings, strongest first; windows of about one width do not overlap. */
function strongPeaks(sum: Float64Array, axis: CalibratedEnergyAxis, fwhmKev: (energyKev: number) => number): Peak[] {
  const found: Peak[] = [];
  const start = Math.max(2, Math.ceil(channelOfEnergy(axis, 0.2)));
  for (let c = start; c < sum.length - 2; c++) {
    const energyKev = energyOfChannel(axis, c);
    const width = fwhmKev(energyKev) / axis.scale;
    const half = Math.max(3, Math.round(0.8 * width));
    const side = Math.round(1.3 * width);
    if (c - side - 1 < 0 || c + side + 1 >= sum.length) continue;
    const height = mean(sum, c - 1, c + 1);
    const isTop =
      height >= mean(sum, c - half, c - half + 2) && height >= mean(sum, c + half - 2, c + half) && isLargest(sum, c, half);
    const base = (mean(sum, c - side - 1, c - side + 1) + mean(sum, c + side - 1, c + side + 1)) / 2;
    const net = (height - base) * width;
    if (isTop && net > 0 && height > 1.15 * base && net > 10 * Math.sqrt(height * width)) {
      found.push({ energyKev, from: c - half, to: c + half + 1, net });
    }
  }
  found.sort((a, b) => b.net - a.net || a.from - b.from);
  const apart: Peak[] = [];
  for (const peak of found) if (apart.every((other) => peak.to <= other.from || peak.from >= other.to)) apart.push(peak);
  return apart.slice(0, MOST_PEAKS);
}

function isLargest(sum: Float64Array, c: number, half: number): boolean {
  const height = mean(sum, c - 1, c + 1);
  for (let i = c - half + 1; i < c + half; i++) {
    const other = mean(sum, i - 1, i + 1);
    if (other > height || (other === height && i < c)) return false;
  }
  return true;
}

function mean(values: Float64Array, first: number, last: number): number {
  let total = 0;
  for (let i = first; i <= last; i++) total += values[i]!;
  return total / (last - first + 1);
}

interface BandGain {
  readonly gain: number;
  readonly error: number;
}

/** Gain of a band from the shifts of its peaks, those that disagree weighing less (Huber 1964, doi:10.1214/aoms/1177703732). */
function gainOfBand(
  band: Float64Array,
  sum: Float64Array,
  counts: number,
  peaks: readonly Peak[],
  axis: CalibratedEnergyAxis,
): BandGain | undefined {
  const share = band.reduce((all, c) => all + c, 0) / counts;
  const shifts = peaks.flatMap((peak) => {
    const shift = shiftOfPeak(band, sum, share, peak);
    if (shift === undefined) return [];
    const error = Math.sqrt(shift.error * shift.error * axis.scale * axis.scale + PEAK_DOUBT_KEV * PEAK_DOUBT_KEV);
    return [{ gain: (shift.channels * axis.scale) / peak.energyKev, error: error / peak.energyKev }];
  });
  if (shifts.length < FEWEST_PEAKS) return undefined;
  let gain = weightedMedian(shifts);
  let weights = 0;
  for (let round = 0; round < 10; round++) {
    weights = 0;
    let total = 0;
    for (const shift of shifts) {
      const away = Math.abs(shift.gain - gain) / shift.error;
      const weight = (away > 1.5 ? 1.5 / away : 1) / (shift.error * shift.error);
      weights += weight;
      total += weight * shift.gain;
    }
    gain = total / weights;
  }
  return { gain, error: 1 / Math.sqrt(weights) };
}

function weightedMedian(shifts: readonly BandGain[]): number {
  const sorted = [...shifts].sort((a, b) => a.gain - b.gain);
  const all = sorted.reduce((sum, s) => sum + 1 / s.error, 0);
  let passed = 0;
  for (const shift of sorted) {
    passed += 1 / shift.error;
    if (passed >= all / 2) return shift.gain;
  }
  return 0;
}

/** Shift of a peak of the band against the sum, in channels: weighted fit of a S(c) - a shift S'(c) + constant. */
function shiftOfPeak(
  band: Float64Array,
  sum: Float64Array,
  share: number,
  peak: Peak,
): { channels: number; error: number } | undefined {
  const normal = new Float64Array(9);
  const right = new Float64Array(3);
  for (let c = peak.from; c < peak.to; c++) {
    const terms = [sum[c]! * share, -share * ((sum[c + 1]! - sum[c - 1]!) / 2), 1];
    const weight = 1 / (sum[c]! * share + 1);
    for (let i = 0; i < 3; i++) {
      right[i]! += weight * terms[i]! * band[c]!;
      for (let j = 0; j < 3; j++) normal[i * 3 + j]! += weight * terms[i]! * terms[j]!;
    }
  }
  const solved = solveNormal(normal, right, 3);
  if (solved === undefined) return undefined;
  const scale = solved.solution[0]!;
  const scaleError = Math.sqrt(solved.variance[0]!);
  if (!(scale > 5 * scaleError)) return undefined;
  return { channels: solved.solution[1]! / scale, error: Math.sqrt(solved.variance[1]!) / scale };
}

/** A cubic through the gains of the bands, if a drift is there. */
function trendOf(gains: readonly (BandGain | undefined)[], rows: number): GainDrift | undefined {
  const bands = gains.length;
  const place = (band: number) => (2 * (band + 0.5)) / bands - 1;
  const fit = (terms: number) => {
    const normal = new Float64Array(terms * terms);
    const right = new Float64Array(terms);
    let count = 0;
    gains.forEach((band, b) => {
      if (band === undefined) return;
      count += 1;
      const powers = powersOf(place(b), terms);
      const weight = 1 / (band.error * band.error);
      for (let i = 0; i < terms; i++) {
        right[i]! += weight * powers[i]! * band.gain;
        for (let j = 0; j < terms; j++) normal[i * terms + j]! += weight * powers[i]! * powers[j]!;
      }
    });
    const solved = solveNormal(normal, right, terms);
    if (solved === undefined || count <= terms) return undefined;
    let chi = 0;
    gains.forEach((band, b) => {
      if (band === undefined) return;
      const rest = (band.gain - valueAt(solved.solution, place(b))) / band.error;
      chi += rest * rest;
    });
    return { ...solved, chi: chi / (count - terms) };
  };
  const flat = fit(1);
  const cubic = fit(4);
  const line = fit(2);
  if (flat === undefined || cubic === undefined || line === undefined) return undefined;
  const z = Math.abs(line.solution[1]!) / Math.sqrt(line.variance[1]! * Math.max(1, cubic.chi));
  const gainOfRow = Float64Array.from({ length: rows }, (_, row) => valueAt(cubic.solution, (2 * (row + 0.5)) / rows - 1));
  const middle = gainOfRow.reduce((sum, g) => sum + g, 0) / rows;
  for (let row = 0; row < rows; row++) gainOfRow[row]! -= middle;
  const range = gainOfRow.reduce((m, g) => Math.max(m, g), -1) - gainOfRow.reduce((m, g) => Math.min(m, g), 1);
  return z >= SIGNIFICANT && range >= LEAST_RANGE ? { gainOfRow, range, z } : undefined;
}

function powersOf(x: number, terms: number): number[] {
  return Array.from({ length: terms }, (_, i) => (i === 0 ? 1 : i === 1 ? x : i === 2 ? x * x : x * x * x));
}

function valueAt(solution: Float64Array, x: number): number {
  const powers = powersOf(x, solution.length);
  return solution.reduce((sum, coefficient, i) => sum + coefficient * powers[i]!, 0);
}
