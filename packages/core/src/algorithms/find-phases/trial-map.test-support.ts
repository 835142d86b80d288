/**
 * A map with known truth for the tests of this folder: minerals by formula, physical-like spectra, overlapping ellipses some of which
 * are thin, Gaussian blur, Poisson counts. Independent of the phantom that the program offers to its users.
 */
import { exp, log, pow } from "../../kernels/math.js";
import { type RandomStream, randomStream } from "../../kernels/random.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { type StoredCounts, storedCounts } from "../../spectrum-image/counts.js";
import { massAttenuationOf } from "../../xray/attenuation.js";
import { detectorEfficiency, sigmaKev } from "../../xray/detector.js";
import { edgesOf } from "../../xray/edges.js";
import { elementNamed } from "../../xray/elements.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import { linesOf } from "../../xray/lines.js";
import { gaussianKernel, smoothMaps } from "./smoothing.js";

export interface TrialOptions {
  readonly formulas: readonly string[];
  readonly width?: number;
  readonly height?: number;
  readonly countsPerPixel?: number;
  readonly seed?: number;
  readonly blur?: number;
  /** Ellipses over the matrix. */
  readonly grains?: number;
  /** Phases that exist as one grain of this many pixels only. */
  readonly rare?: readonly { readonly phase: number; readonly pixels: number }[];
  /** Relative change of the energy scale from the first to the last row. */
  readonly gainDrift?: number;
  /** Absorption of the low energies, growing from left to right: optical depth at 0.525 keV on the right. */
  readonly absorption?: number;
  /** Counts on the right over counts on the left. */
  readonly brightnessRatio?: number;
  /** Mass thickness of the specimen from left to right, mg/cm2, for absorption by each phase itself. */
  readonly wedgeMgCm2?: readonly [number, number];
  /** Share of the width, on the left, that is vacuum with 2 % of the counts. */
  readonly vacuum?: number;
  readonly beamEnergyKev?: number;
  readonly channels?: number;
}

export interface TrialMap {
  readonly counts: StoredCounts;
  readonly energyAxis: CalibratedEnergyAxis;
  /** Phase with the largest share, -1 in vacuum. */
  readonly truth: Int32Array;
  /** Largest share of each pixel. */
  readonly purity: Float32Array;
  /** Float32 [pixels x phases] */
  readonly abundances: Float32Array;
  /** Shares per channel, one per phase. */
  readonly spectra: Float64Array[];
}

export const ROCK = ["NaAlSi3O8", "CaAl2Si2O8", "KAlSi3O8", "SiO2", "CaMgSi2O6", "(Mg0.8Fe0.2)2SiO4", "Ca5P3O13H", "FeTiO3"];

export function trialMap(options: TrialOptions): TrialMap {
  const { formulas, width = 200, height = 150, countsPerPixel = 150, seed = 1, channels = 1024 } = options;
  const energyAxis: CalibratedEnergyAxis = { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" };
  const spectra = formulas.map((formula) => spectrumOf(formula, energyAxis, options.beamEnergyKev ?? 15));
  const stream = randomStream(seed, "trial-map");
  const sharp = drawGrains(options, width, height, stream);
  const abundances = smoothed(sharp, width, height, formulas.length, options.blur ?? 0.8);
  const truth = new Int32Array(width * height);
  const purity = new Float32Array(width * height);
  for (let n = 0; n < truth.length; n++) {
    for (let k = 0; k < formulas.length; k++) {
      const a = abundances[n * formulas.length + k]!;
      if (a > purity[n]!) {
        purity[n] = a;
        truth[n] = k;
      }
    }
    if (n % width < (options.vacuum ?? 0) * width) truth[n] = -1;
  }
  const counts = count(options, spectra, energyAxis, abundances, { width, height, countsPerPixel }, stream);
  return { counts, energyAxis, truth, purity, abundances, spectra };
}

/** Shares of counts per channel of a bulk specimen: lines with a simple yield, Kramers continuum, absorption on the way out. */
export function spectrumOf(formula: string, axis: CalibratedEnergyAxis, beamKev: number): Float64Array {
  const fractions = massFractions(parseFormula(formula));
  const spectrum = new Float64Array(axis.size);
  let meanZ = 0;
  for (const [symbol, fraction] of Object.entries(fractions)) {
    const element = elementNamed(symbol);
    meanZ += fraction * element.number;
    for (const line of linesOf(symbol)) {
      if (line.edgeKev >= beamKev || line.energyKev < 0.1) continue;
      const overvoltage = beamKev / line.edgeKev;
      const edge = edgesOf(symbol).find((e) => e.level === line.level)!;
      const made =
        ((fraction / element.atomicWeight) * edge.fluorescenceYield * line.share * pow(overvoltage - 1, 1.6)) / line.edgeKev;
      const intensity = 600 * made * leaving(fractions, line.energyKev, beamKev) * detectorEfficiency(line.energyKev);
      const sigma = sigmaKev(line.energyKev);
      const middle = (line.energyKev - axis.offset) / axis.scale;
      const reach = (5 * sigma) / axis.scale;
      for (let c = Math.max(0, Math.ceil(middle - reach)); c <= Math.min(axis.size - 1, middle + reach); c++) {
        const x = ((c - middle) * axis.scale) / sigma;
        spectrum[c]! += (intensity * exp(-0.5 * x * x) * axis.scale) / (sigma * 2.5066);
      }
    }
  }
  for (let c = 0; c < axis.size; c++) {
    const energy = axis.offset + c * axis.scale;
    if (energy < 0.12 || energy >= beamKev) continue;
    const made = (0.0004 * meanZ * (beamKev - energy)) / energy;
    spectrum[c]! += made * leaving(fractions, energy, beamKev) * detectorEfficiency(energy) * axis.scale;
  }
  const sum = spectrum.reduce((all, v) => all + v, 0);
  return spectrum.map((v) => v / sum);
}

function leaving(fractions: Readonly<Record<string, number>>, energyKev: number, beamKev: number): number {
  const depth = 7e-6 * pow(beamKev, 1.68);
  return 1 / (1 + massAttenuationOf(fractions, energyKev) * depth * 1.5);
}

function drawGrains(options: TrialOptions, width: number, height: number, stream: RandomStream): Float32Array {
  const k = options.formulas.length;
  const maps = new Float32Array(width * height * k);
  for (let n = 0; n < width * height; n++) maps[n * k] = 1;
  const rare = new Map((options.rare ?? []).map(({ phase, pixels }) => [phase, pixels]));
  const common = [...Array(k).keys()].slice(1).filter((p) => !rare.has(p));
  const paint = (x: number, y: number, a: number, b: number, turn: number, phase: number, share: number) => {
    const c = Math.sqrt(1 - turn * turn);
    for (let py = 0; py < height; py++) {
      for (let px = 0; px < width; px++) {
        const u = (c * (px - x) + turn * (py - y)) / a;
        const v = (-turn * (px - x) + c * (py - y)) / b;
        if (u * u + v * v > 1) continue;
        const base = (py * width + px) * k;
        for (let p = 0; p < k; p++) maps[base + p]! *= 1 - share;
        maps[base + phase]! += share;
      }
    }
  };
  for (let g = 0; g < (options.grains ?? 60); g++) {
    const phase = common[g % Math.max(1, common.length)];
    const size = 4 + 12 * stream.uniform();
    const thin = stream.uniform() < 0.15;
    const share = thin ? 0.35 + 0.35 * stream.uniform() : 1;
    const x = stream.uniform() * width;
    const y = stream.uniform() * height;
    const b = size * (0.5 + 0.5 * stream.uniform());
    const turn = stream.uniform();
    if (phase !== undefined) paint(x, y, size, b, turn, phase, share);
  }
  for (const [phase, pixels] of rare) {
    const radius = Math.sqrt(pixels / Math.PI);
    paint(
      Math.round((0.2 + 0.6 * stream.uniform()) * width),
      Math.round((0.2 + 0.6 * stream.uniform()) * height),
      radius,
      radius,
      0,
      phase,
      1,
    );
  }
  return maps;
}

function smoothed(maps: Float32Array, width: number, height: number, k: number, sigma: number): Float32Array {
  const result = smoothMaps({ count: 1, height, width, pixels: width * height }, maps, k, gaussianKernel(sigma));
  for (let n = 0; n < width * height; n++) {
    let sum = 0;
    for (let p = 0; p < k; p++) sum += result[n * k + p]!;
    for (let p = 0; p < k; p++) result[n * k + p]! /= sum;
  }
  return result;
}

function count(
  options: TrialOptions,
  spectra: readonly Float64Array[],
  axis: CalibratedEnergyAxis,
  abundances: Float32Array,
  size: { readonly width: number; readonly height: number; readonly countsPerPixel: number },
  stream: RandomStream,
): StoredCounts {
  const { width, height, countsPerPixel } = size;
  const k = spectra.length;
  const columns = options.absorption === undefined && options.wedgeMgCm2 === undefined ? 1 : width;
  const rowStart = new Uint32Array(width * height + 1);
  const channel: number[] = [];
  const value: number[] = [];
  const tables = Array.from({ length: columns }, (_, x) =>
    spectra.map((s, p) => cumulative(absorbed(options, s, p, axis, x / Math.max(1, width - 1)))),
  );
  for (let n = 0; n < width * height; n++) {
    const x = n % width;
    const along = x / Math.max(1, width - 1);
    const gain = 1 + (options.gainDrift ?? 0) * (Math.floor(n / width) / Math.max(1, height - 1) - 0.5);
    const bright = exp(log(options.brightnessRatio ?? 1) * along) * (x < (options.vacuum ?? 0) * width ? 0.02 : 1);
    const here = new Map<number, number>();
    for (let p = 0; p < k; p++) {
      const table = tables[columns === 1 ? 0 : x]![p]!;
      const share = abundances[n * k + p]!;
      if (share <= 0) continue;
      const drawn = stream.poisson(countsPerPixel * bright * share * table.at(-1)!);
      for (let i = 0; i < drawn; i++) {
        const c = gain === 1 ? draw(table, stream) : Math.floor((draw(table, stream) + stream.uniform()) * gain);
        if (c < axis.size) here.set(c, (here.get(c) ?? 0) + 1);
      }
    }
    for (const c of [...here.keys()].sort((a, b) => a - b)) {
      channel.push(c);
      value.push(here.get(c)!);
    }
    rowStart[n + 1] = channel.length;
  }
  const block = {
    firstPixel: 0,
    pixels: width * height,
    rowStart,
    channel: Uint16Array.from(channel),
    count: Uint16Array.from(value),
  };
  return storedCounts([height, width], axis.size, [block]);
}

/** The spectrum as it leaves a wedge: absorbed on its way, in total darker. */
function absorbed(
  options: TrialOptions,
  spectrum: Float64Array,
  phase: number,
  axis: CalibratedEnergyAxis,
  along: number,
): Float64Array {
  const wedge = options.wedgeMgCm2;
  if (wedge !== undefined) {
    const fractions = massFractions(parseFormula(options.formulas[phase]!));
    const thickness = wedge[0] + (wedge[1] - wedge[0]) * along;
    return spectrum.map((v, c) => {
      const depth = (massAttenuationOf(fractions, Math.max(0.1, axis.offset + c * axis.scale)) * thickness) / 1000;
      return depth > 1e-6 ? (v * (1 - exp(-depth))) / depth : v;
    });
  }
  const depth = options.absorption;
  if (depth === undefined) return spectrum;
  return spectrum.map((v, c) => v * exp(-depth * along * pow(Math.max(0.1, axis.offset + c * axis.scale) / 0.525, -2.7)));
}

function cumulative(spectrum: Float64Array): Float64Array {
  let sum = 0;
  return spectrum.map((v) => {
    sum += v;
    return sum;
  });
}

function draw(table: Float64Array, stream: RandomStream): number {
  const target = stream.uniform() * table.at(-1)!;
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface TrialScore {
  readonly found: number;
  readonly missed: number;
  readonly surplus: number;
  /** Adjusted Rand index over pixels of at least 99 % one phase. */
  readonly rand: number;
  readonly cosineMean: number;
  readonly cosineLeast: number;
  readonly unassigned: number;
}

/** Compares a result with the truth. */
export function scoreTrial(map: TrialMap, labels: Int32Array, endmembers: readonly Float64Array[], purity = 0.95): TrialScore {
  const k = map.spectra.length;
  const found = endmembers.length;
  const table = Array.from({ length: k }, () => new Float64Array(found + 1));
  let unassigned = 0;
  let inside = 0;
  for (let n = 0; n < labels.length; n++) {
    if (map.truth[n]! < 0) continue;
    inside += 1;
    if (labels[n]! < 0) unassigned += 1;
    if (map.purity[n]! >= purity) table[map.truth[n]!]![labels[n]! < 0 ? found : labels[n]!]! += 1;
  }
  const best = map.spectra.map((truth) => Math.max(0, ...endmembers.map((e) => cosine(truth, e))));
  const matched = new Set(table.map((row) => row.indexOf(Math.max(...row))));
  return {
    found,
    missed: k - matched.size,
    surplus: found - matched.size,
    rand: adjustedRand(table),
    cosineMean: best.reduce((a, b) => a + b, 0) / k,
    cosineLeast: Math.min(...best),
    unassigned: unassigned / inside,
  };
}

function cosine(a: Float64Array, b: Float64Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return ab / Math.sqrt(aa * bb);
}

function adjustedRand(table: readonly Float64Array[]): number {
  const pairs = (n: number) => (n * (n - 1)) / 2;
  let cells = 0;
  let all = 0;
  const columns = new Float64Array(table[0]!.length);
  let rows = 0;
  for (const row of table) {
    let sum = 0;
    row.forEach((n, c) => {
      cells += pairs(n);
      columns[c]! += n;
      sum += n;
    });
    rows += pairs(sum);
    all += sum;
  }
  const across = columns.reduce((sum, n) => sum + pairs(n), 0);
  const expected = (rows * across) / pairs(all);
  const most = (rows + across) / 2;
  return most === expected ? 1 : (cells - expected) / (most - expected);
}
