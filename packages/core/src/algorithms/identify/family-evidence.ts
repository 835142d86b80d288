/** How sure a line family is, from counting statistics and from what may be wrong with the model around it. */
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { elementNamed } from "../../xray/elements.js";
import { familyColumn } from "../line-fit/families.js";
import type { FamilyCounts, SpectrumFit } from "../line-fit/fit-spectrum.js";

/** Share of the counts of other peaks by which their shape may be wrong at the place of this one. */
const SHAPE_ERROR = 0.03;
/** The same for L and M lines, whose proportions are known less, and for the L lines of Ca to Zn, which bonds and self-absorption decide. */
const SHAPE_ERROR_L = 0.05;
const SHAPE_ERROR_BONDS = 0.6;
/** Share of the continuum by which its form may be wrong within a peak's width. */
const CONTINUUM_ERROR = 0.02;
/** Share of the sum peaks by which they may be wrong: their form is simple, and photons of three do happen. */
const PILE_UP_ERROR = 0.3;

/** A line as measured beside what the family as a whole predicts for it. */
export interface LineEvidence {
  /** `Fe_Ka` */
  readonly line: string;
  readonly energyKev: number;
  /** Counts within half a FWHM at either side that are not explained by anything else. */
  readonly measured: number;
  /** Counts that the family puts there. */
  readonly expected: number;
  /** Standard error of `measured`, what may be wrong with the rest of the model included. */
  readonly error: number;
}

export interface FamilyEvidence {
  readonly element: string;
  readonly family: FamilyCounts["family"];
  /** Net counts of the family and their error from counting statistics. */
  readonly counts: number;
  readonly countingError: number;
  /** Error with what may be wrong with the model. */
  readonly error: number;
  /** `counts / error`. */
  readonly significance: number;
  /** The lines of at least 5 % of the family, strongest first. */
  readonly lines: readonly LineEvidence[];
}

const LEAST_SHARE = 0.05;

/** Evidence for each family of a fit, in its order. */
export function familyEvidence(fit: SpectrumFit, axis: CalibratedEnergyAxis): FamilyEvidence[] {
  const all = doubts(fit, axis);
  return fit.families.map((family) => {
    const column = familyColumn(family, axis, fit.shape);
    const own = new Float64Array(axis.size);
    column.values.forEach((value, i) => {
      own[column.start + i] = value * family.counts;
    });
    const ofItself = shapeError(family);
    const scale = family.counts === 0 ? 0 : (ofItself * sizeOf(family, fit)) / family.counts;
    const doubt = all.map((value, c) => Math.max(0, value - scale * own[c]!));
    const systematic = projected(column.values, column.start, doubt);
    const countingError = Math.sqrt(family.variance);
    const error = Math.sqrt(family.variance + systematic * systematic);
    const lines = family.lines
      .filter(({ share }) => share >= LEAST_SHARE)
      .map(({ line }) => lineEvidence(line.name, line.energyKev, fit, axis, own, doubt));
    const { element, family: name, counts } = family;
    return { element, family: name, counts, countingError, error, significance: counts / error, lines };
  });
}

/** Counts per channel by which the model may be wrong: shapes of peaks, form of the continuum, sum peaks. */
export function doubts(fit: SpectrumFit, axis: CalibratedEnergyAxis): Float64Array {
  const sum = new Float64Array(axis.size);
  for (const family of fit.families) {
    const { start, values } = familyColumn(family, axis, fit.shape);
    const share = shapeError(family) * sizeOf(family, fit);
    for (let i = 0; i < values.length; i++) sum[start + i]! += share * values[i]!;
  }
  return sum.map(
    (value, c) => value + CONTINUUM_ERROR * Math.max(0, fit.continuum[c]!) + PILE_UP_ERROR * Math.max(0, fit.pileUp[c]!),
  );
}

/** Counts of a family, or what the best measured family of its element makes one expect, whichever is more: another element may have taken some. */
function sizeOf(family: FamilyCounts, { families }: SpectrumFit): number {
  const perPhoton = families
    .filter(({ element, counts }) => element === family.element && counts > 0)
    .map(({ counts, variance, expected }) => ({ value: counts / expected, error: Math.sqrt(variance) / expected }))
    .reduce<{ value: number; error: number } | undefined>((a, b) => (a === undefined || b.error < a.error ? b : a), undefined);
  return Math.max(Math.abs(family.counts), (perPhoton?.value ?? 0) * family.expected);
}

function shapeError({ element, family }: Pick<FamilyCounts, "element" | "family">): number {
  if (family === "K") return SHAPE_ERROR;
  const { number } = elementNamed(element);
  return family === "L" && number >= 20 && number <= 30 ? SHAPE_ERROR_BONDS : SHAPE_ERROR_L;
}

/** What an error per channel can do to the amplitude of a template. */
export function projected(template: Float64Array, start: number, doubt: Float64Array): number {
  let product = 0;
  let square = 0;
  for (let i = 0; i < template.length; i++) {
    product += template[i]! * doubt[start + i]!;
    square += template[i]! * template[i]!;
  }
  return square > 0 ? product / square : 0;
}

function lineEvidence(
  line: string,
  energyKev: number,
  fit: SpectrumFit,
  axis: CalibratedEnergyAxis,
  own: Float64Array,
  doubt: Float64Array,
): LineEvidence {
  const { shape, residual, model } = fit;
  const seenKev = energyKev * (1 + shape.gain) + shape.shiftKev;
  const half = fwhmKev(energyKev, shape.resolutionEv) / 2;
  const from = Math.max(0, Math.round(channelOfEnergy(axis, seenKev - half)));
  const to = Math.min(axis.size - 1, Math.round(channelOfEnergy(axis, seenKev + half)));
  let [measured, expected, variance, systematic] = [0, 0, 0, 0];
  for (let c = from; c <= to; c++) {
    measured += residual[c]! + own[c]!;
    expected += own[c]!;
    variance += Math.max(0, model[c]!);
    systematic += doubt[c]!;
  }
  return { line, energyKev, measured, expected, error: Math.sqrt(variance + systematic * systematic) };
}
