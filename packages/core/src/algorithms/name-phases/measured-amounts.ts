/**
 * What a fit says about the sample as amounts that a phase can be compared with: counts of each element's best line over the counts that one mass fraction of it
 * would give in the matrix as measured. Mass fractions up to a common factor, with their covariance.
 */
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { mainLine, type XrayLine } from "../../xray/lines.js";
import { countedLines, type LineCount } from "../../xray/physics/emission.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import type { SpectrumFit } from "../line-fit/fit-spectrum.js";
import { modelError } from "../quantify/xpp/model-error.js";

export interface MeasuredAmounts {
  readonly elements: readonly string[];
  /** So many of them, the first ones, are in the fit; the others were looked for and are not there. */
  readonly fitted: number;
  /** Line that each was measured by. */
  readonly lines: readonly XrayLine[];
  /** Amounts by mass, the positive ones summing to 1. */
  readonly amounts: Float64Array;
  /** Counting statistics: float64 [elements x elements]. */
  readonly covariance: Float64Array;
  /** Relative standard error of the model for each line. */
  readonly modelErrors: Float64Array;
  /** Further standard error of an amount, absolute: what a film or the instrument may have added. */
  readonly doubt: Float64Array;
}

export interface AmountsInput {
  readonly fit: SpectrumFit;
  readonly axis: CalibratedEnergyAxis;
  readonly conditions: Conditions;
  /** Elements whose counts may come from a film or the instrument. */
  readonly doubtful?: readonly string[];
  /** Elements that phases of the library hold and the fit lacks: they were looked for and not found. */
  readonly absent?: readonly string[];
}

const TRACE = 1e-6;

/** Amounts of every element of the fit that has a line, and of the absent ones, which have none within an error. */
export function measuredAmounts({ fit, axis, conditions, doubtful = [], absent = [] }: AmountsInput): MeasuredAmounts {
  const inFit = [...new Set(fit.families.map(({ element }) => element))];
  const all = [...inFit, ...absent.filter((symbol) => !inFit.includes(symbol))];
  const matrix = Object.fromEntries(all.map((symbol) => [symbol, Math.max(TRACE, fit.composition[symbol] ?? 0)]));
  const lines = countedLines(matrix, conditions);
  const entries = all.flatMap((element) => entryOf(element, fit, axis, conditions, matrix[element]!, lines));
  const total = entries.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  const n = entries.length;
  const families = fit.families.length;
  const covariance = new Float64Array(n * n);
  entries.forEach((a, i) => {
    entries.forEach((b, j) => {
      const shared =
        a.place === -1 || b.place === -1 ? (i === j ? a.variance : 0) : fit.covariance[a.place * families + b.place]!;
      covariance[i * n + j] = shared / (a.perFraction * b.perFraction * total * total);
    });
  });
  return {
    elements: entries.map(({ line }) => line.element),
    fitted: entries.filter(({ place }) => place >= 0).length,
    lines: entries.map(({ line }) => line),
    amounts: Float64Array.from(entries, ({ amount }) => amount / total),
    covariance,
    modelErrors: Float64Array.from(entries, ({ line }) => modelError(line, false)),
    doubt: Float64Array.from(entries, ({ line, amount }) => (doubtful.includes(line.element) ? Math.max(0, amount / total) : 0)),
  };
}

interface Entry {
  readonly line: XrayLine;
  readonly amount: number;
  readonly perFraction: number;
  /** Index of the family in the fit; -1 for an absent element. */
  readonly place: number;
  /** Counts squared, for absent elements. */
  readonly variance: number;
}

function entryOf(
  element: string,
  fit: SpectrumFit,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  fraction: number,
  lines: readonly LineCount[],
): Entry[] {
  const line = mainLine(element, conditions.beamEnergyKev, [fit.fromKev, fit.toKev]);
  if (line === undefined) return [];
  const photons = lines
    .filter((one) => one.line.element === element && one.line.family === line.family)
    .reduce((sum, one) => sum + one.photons, 0);
  const perFraction = photons / fraction;
  if (!(perFraction > 0)) return [];
  const place = fit.families.findIndex((family) => family.element === element && family.family === line.family);
  if (place >= 0) return [{ line, amount: fit.families[place]!.counts / perFraction, perFraction, place, variance: 0 }];
  return [{ line, amount: 0, perFraction, place, variance: varianceOfNothing(line, fit, axis) }];
}

/** The same for some of the elements: `places` in the order wanted. */
export function amountsAt(measured: MeasuredAmounts, places: readonly number[]): MeasuredAmounts {
  const n = measured.elements.length;
  const m = places.length;
  const pick = (values: Float64Array) => Float64Array.from(places, (i) => values[i]!);
  return {
    elements: places.map((i) => measured.elements[i]!),
    fitted: places.filter((i) => i < measured.fitted).length,
    lines: places.map((i) => measured.lines[i]!),
    amounts: pick(measured.amounts),
    covariance: Float64Array.from(
      { length: m * m },
      (_, k) => measured.covariance[places[Math.floor(k / m)]! * n + places[k % m]!]!,
    ),
    modelErrors: pick(measured.modelErrors),
    doubt: pick(measured.doubt),
  };
}

/** Counts under a line that is not there, three times over: neighbours take part in the error. */
function varianceOfNothing(line: XrayLine, fit: SpectrumFit, axis: CalibratedEnergyAxis): number {
  const half = fwhmKev(line.energyKev, fit.shape.resolutionEv);
  let sum = 0;
  for (let c = 0; c < axis.size; c++) {
    if (Math.abs(energyOfChannel(axis, c) - line.energyKev) <= half) sum += Math.max(0, fit.model[c]!);
  }
  return 9 * (sum + 1);
}
