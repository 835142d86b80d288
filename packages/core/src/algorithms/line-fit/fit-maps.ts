/**
 * Element maps from a fit of line families instead of windows, so that lines that overlap come apart. At every pixel the counts are fitted by weighted linear least squares,
 *
 *     n(c) = sum_f a_f T_f(c) + B(c) sum_j b_j h_j(ln E),
 *
 * with the templates T_f and the continuum B that a fit of the whole map's spectrum found, and weights 1 / m(c), m being that fit. One set of weights serves all pixels, so
 * a = (A'WA)^-1 A'W n is a sum over the pixel's counts with fixed factors, and the variance of a is the sum of their squares. See docs/methods/net-intensities.md.
 */
import { DataCheckError } from "../../errors.js";
import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";
import { log } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import type { CountSource } from "../../spectrum-image/counts.js";
import { type PassOptions, pass } from "../../spectrum-image/pass.js";
import { lineNamed } from "../../xray/line-names.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import { type ChannelSum, weightedMaps } from "../preprocess/weighted-maps.js";
import { type Column, columnOf, normalMatrix } from "./columns.js";
import { familyColumn } from "./families.js";
import { fitSpectrum, type SpectrumFit } from "./fit-spectrum.js";
import { sharesAfter } from "./proportion-columns.js";

export interface FitMaps {
  /** The lines that could be fitted, in the order asked for. */
  readonly lines: readonly string[];
  /** Lines that have no place in the fit: outside the axis, above the beam, or no line of their family is. */
  readonly leftOut: readonly string[];
  /** Float32 [pixels x lines], row-major: net counts of the line. By chance below 0. */
  readonly values: Float32Array;
  /** Float32 [pixels x lines]: variance of `values` by counting statistics. */
  readonly variances: Float32Array;
  readonly fromKev: number;
  readonly toKev: number;
}

/** Energies between which the continuum of a pixel may bend, keV; beyond the outer ones it goes with them. */
const KNOTS_KEV = [0.3, 1, 2.5, 8];
/** A channel weighs as if the fit had at least this share of its mean there: where next to nothing is expected, one count must not decide. */
const LEAST_SHARE = 0.02;
const RIDGE = 1e-9;

/** Fits the families of all `lines` to every pixel. `sum` is the spectrum of the whole map. Throws as `fitSpectrum`, and `ParameterError` for a name that is no line. */
export async function fitMaps(
  counts: CountSource,
  sum: Float64Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  lines: readonly string[],
  options: PassOptions = {},
): Promise<FitMaps> {
  const elements = [...new Set(lines.map((line) => lineNamed(line).element))];
  const fit = withProportions(fitSpectrum(sum, axis, conditions, elements));
  const found = lines.map((line) => ({ line, place: placeOf(line, fit) }));
  const fitted = found.flatMap(({ line, place }) => (place === undefined ? [] : [{ line, ...place }]));
  const rows = projection(fit, axis, [...new Set(fitted.map(({ family }) => family))]);
  const sums = fitted.map(({ family, share }) => scaled(rows.get(family)!, share));
  const [{ values, variances }] = await pass(counts, [weightedMaps(counts, sums, true)], options);
  return {
    lines: fitted.map(({ line }) => line),
    leftOut: found.filter(({ place }) => place === undefined).map(({ line }) => line),
    values,
    variances: variances!,
    fromKev: fit.fromKev,
    toKev: fit.toKev,
  };
}

/** Factors of the counts that give the net counts of each family in a spectrum like the fitted one, as at each pixel of the maps; in the order of `fit.families`. */
export function familyFactors(fit: SpectrumFit, axis: CalibratedEnergyAxis): ChannelSum[] {
  const all = [...fit.families.keys()];
  const rows = projection(withProportions(fit), axis, all);
  return all.map((family) => rows.get(family)!);
}

/** The fit with its families' lines in the proportions that it found. */
function withProportions(fit: SpectrumFit): SpectrumFit {
  const families = fit.families.map((family, i) => {
    return {
      ...family,
      lines: sharesAfter(
        family,
        fit.moved.filter((move) => move.family === i),
      ),
    };
  });
  return { ...fit, families };
}

/** Where a line is in a fit: its family's place, and its share of the family's counts. */
function placeOf(name: string, { families }: SpectrumFit): { family: number; share: number } | undefined {
  const line = lineNamed(name);
  const family = families.findIndex(({ element, family: own }) => element === line.element && own === line.family);
  const share = families[family]?.lines.find((one) => one.line.name === line.name)?.share;
  return share === undefined ? undefined : { family, share };
}

/** For each wanted family the factors of the counts in the channels of the fit. */
function projection(fit: SpectrumFit, axis: CalibratedEnergyAxis, wanted: readonly number[]): Map<number, ChannelSum> {
  const columns = [...fit.families.map((family) => familyColumn(family, axis, fit.shape)), ...continuumPieces(fit, axis)];
  const weight = weightsOf(fit, axis);
  const n = columns.length;
  const normal = normalMatrix(columns, weight);
  const scale = Float64Array.from({ length: n }, (_, j) => 1 / Math.sqrt(Math.max(normal[j * n + j]!, Number.MIN_VALUE)));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) normal[i * n + j]! *= scale[i]! * scale[j]!;
    normal[i * n + i]! += RIDGE;
  }
  if (!choleskyFactor(normal, n, normal)) {
    throw new DataCheckError("The lines cannot be told apart in the spectrum of the map.", {
      where: "element maps",
      remedy: "Leave out elements that are not there, or count the lines in windows.",
    });
  }
  return new Map(
    wanted.map((family) => {
      const solved = new Float64Array(n);
      solved[family] = 1;
      choleskySolve(normal, n, solved);
      return [family, factors(columns, solved, scale, scale[family]!, weight)];
    }),
  );
}

function factors(
  columns: readonly Column[],
  solved: Float64Array,
  scale: Float64Array,
  own: number,
  weight: Float64Array,
): ChannelSum {
  const dense = new Float64Array(weight.length);
  columns.forEach(({ start, values }, j) => {
    const amount = solved[j]! * scale[j]! * own;
    for (let i = 0; i < values.length; i++) dense[start + i]! += amount * values[i]!;
  });
  const channels = [...dense.keys()].filter((c) => weight[c]! > 0);
  return { channels, weights: channels.map((c) => dense[c]! * weight[c]!) };
}

function scaled({ channels, weights }: ChannelSum, factor: number): ChannelSum {
  return { channels, weights: weights.map((weight) => weight * factor) };
}

/** The continuum of the fit under overlapping hats in ln E; their sum is the continuum. */
function continuumPieces({ continuum }: SpectrumFit, axis: CalibratedEnergyAxis): Column[] {
  const knots = KNOTS_KEV.map(log);
  const pieces = knots.map(() => new Float64Array(axis.size));
  for (let c = 0; c < axis.size; c++) {
    if (!(continuum[c]! > 0)) continue;
    const x = Math.min(knots.at(-1)!, Math.max(knots[0]!, log(energyOfChannel(axis, c))));
    const upper = Math.max(
      1,
      knots.findIndex((knot) => x <= knot),
    );
    const share = (x - knots[upper - 1]!) / (knots[upper]! - knots[upper - 1]!);
    pieces[upper - 1]![c] = (1 - share) * continuum[c]!;
    pieces[upper]![c] = share * continuum[c]!;
  }
  return pieces.map((piece) => columnOf(piece)).filter(({ values }) => values.length > 0);
}

/** One over what the fit expects, 0 outside its range. */
function weightsOf({ model, fromKev, toKev }: SpectrumFit, axis: CalibratedEnergyAxis): Float64Array {
  const inside = model.map((_, c) => {
    const energyKev = energyOfChannel(axis, c);
    return energyKev >= fromKev && energyKev <= toKev ? 1 : 0;
  });
  const channels = inside.reduce((count, value) => count + value, 0);
  const mean = model.reduce((total, value) => total + Math.max(0, value), 0) / Math.max(1, channels);
  const least = LEAST_SHARE * mean;
  return inside.map((value, c) => (value === 0 ? 0 : 1 / Math.max(least, model[c]!)));
}
