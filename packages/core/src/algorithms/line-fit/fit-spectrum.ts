/**
 * Net intensities: the spectrum as continuum plus line families, by weighted linear least squares that is repeated with weights, peak shape,
 * absorption and continuum from the fit before, so that at the end it is the most likely one for Poisson counts. See docs/methods/net-intensities.md.
 */
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import type { MassFractions } from "../../xray/attenuation.js";
import { continuumOnAxis } from "../../xray/physics/continuum-on-axis.js";
import { countedLines } from "../../xray/physics/emission.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import { type Column, type LinearFit, solveColumns, sumOfColumns, type Tie } from "./columns.js";
import { compositionOf, startComposition, withTraces } from "./composition-of-fit.js";
import { continuumColumns, continuumTies } from "./continuum-columns.js";
import { type Family, familiesOf, familyColumn, type PeakShape } from "./families.js";
import { familyTies } from "./family-ties.js";
import { columnsOfShape, isSettled, moved, tiesOfShape } from "./peak-shape.js";
import { pileUpColumn } from "./pile-up.js";
import { type MovedShare, proportionColumns, proportionTies } from "./proportion-columns.js";

export interface FitOptions {
  /** Lowest energy that is fitted, keV. Default 0.2: the zero peak and noise lie below. */
  readonly fromKev?: number;
  /** Highest energy, keV. Default: the beam energy or the end of the axis. */
  readonly toKev?: number;
  /** Where the fit of the peaks' shape begins, such as where another fit ended. Default: as the axis says, with the resolution of the conditions. */
  readonly shape?: PeakShape | undefined;
  /** A fit of the same spectrum with nearly the same elements: this one begins where that one ended, and ends where it would have ended, sooner. */
  readonly start?: Pick<SpectrumFit, "composition" | "model" | "shape"> | undefined;
  /** Whether shift, gain, resolution and tail are fitted. Default true. */
  readonly fitShape?: boolean;
  /** Whether sum peaks are fitted. Default: from 200,000 counts on. */
  readonly pileUp?: boolean;
  /** Mass fractions for absorption and continuum. Default: found from the fit itself. */
  readonly composition?: MassFractions;
}

/** Counts of a line family. */
export interface FamilyCounts extends Family {
  /** Net counts of all lines of the family, their escape peaks apart. May be negative by chance. */
  readonly counts: number;
  /** Of `counts`, from counting statistics (and 0.4 % of model error per channel), overlaps and the freedom of continuum and peak shape. */
  readonly variance: number;
}

export interface SpectrumFit {
  readonly families: readonly FamilyCounts[];
  /** Of the families' counts: float64 [families x families]. */
  readonly covariance: Float64Array;
  /** What the proportions of lines in their families were found to be beyond those of `families`. */
  readonly moved: readonly MovedShare[];
  /** Float64 [channels]; 0 outside the range of the fit, as the other spectra. */
  readonly continuum: Float64Array;
  /** Everything: continuum, families, sum peaks. */
  readonly model: Float64Array;
  /** Sum peaks alone. */
  readonly pileUp: Float64Array;
  /** Measured less model. */
  readonly residual: Float64Array;
  /** Sum of residual squared over expected variance. */
  readonly chiSquare: number;
  /** The same per channel of the range: 1 for a perfect model. */
  readonly reducedChiSquare: number;
  readonly shape: PeakShape;
  /** Rough mass fractions by which absorption and continuum were computed, sum 1. */
  readonly composition: MassFractions;
  readonly fromKev: number;
  readonly toKev: number;
}

/** Rounds: at least three, for weights, shape and composition to take part; at most so many, if peaks still move. */
const LEAST_ROUNDS = 3;
const MOST_ROUNDS = 12;
const PILE_UP_COUNTS = 200_000;
/** Share of a channel's counts by which the model may be wrong whatever is fitted: keeps a few channels of millions from deciding all. */
const MODEL_ERROR = 0.004;
/** Variance below which no channel is taken to be known, counts. */
const LEAST_VARIANCE = 0.3;

interface Setup {
  readonly spectrum: Float64Array;
  readonly axis: CalibratedEnergyAxis;
  readonly conditions: Conditions;
  readonly fromKev: number;
  readonly toKev: number;
  /** 1 where a channel is fitted. */
  readonly inside: Uint8Array;
  /** As axis and conditions say; the fit stays near it. */
  readonly nominal: PeakShape;
  readonly pileUp: boolean;
  /** Counts to expect, for the weights of the first round. */
  readonly expected: Float64Array;
}

/** What one round leaves to the next. */
interface Round {
  /** 0 is the first. */
  readonly number: number;
  readonly sums: readonly Column[];
  readonly families: readonly Family[];
  readonly continuumColumns: readonly Column[];
  readonly fit: LinearFit;
  readonly model: Float64Array;
  readonly continuum: Float64Array;
  readonly pileUp: Float64Array;
  readonly moved: readonly MovedShare[];
  readonly shape: PeakShape;
  readonly composition: MassFractions;
}

/**
 * Fits the line families of `elements` to a spectrum of counts (float64 [axis.size]). Elements without a line in the range take no part.
 * Throws `DataCheckError` when the spectrum holds nothing in the range, `ParameterError` for an unknown element.
 */
export function fitSpectrum(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  elements: readonly string[],
  options: FitOptions = {},
): SpectrumFit {
  const setup = setupOf(spectrum, axis, conditions, options);
  let composition = options.composition ?? startComposition(elements, options.start?.composition);
  let shape = options.start?.shape ?? options.shape ?? setup.nominal;
  let round: Round | undefined;
  for (let i = 0; i < MOST_ROUNDS; i++) {
    round = fitRound(setup, withTraces(composition, elements), shape, round, i > 0 && options.fitShape !== false);
    const before = shape;
    shape = round.shape;
    const found: MassFractions = options.composition ?? compositionOf(round.families, round.fit.amplitudes, round.composition);
    const settled = isSettled(before, shape) && isSame(composition, found);
    composition = found;
    if (i + 1 >= LEAST_ROUNDS && settled) break;
  }
  return resultOf(setup, round!, composition);
}

/** Mass fractions that move no more than this do not change absorption or continuum so that it could be seen. */
const SAME = 0.002;

function isSame(a: MassFractions, b: MassFractions): boolean {
  return Object.keys(b).every((symbol) => Math.abs(b[symbol]! - (a[symbol] ?? 0)) <= SAME);
}

function setupOf(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  { fromKev = 0.2, toKev = Infinity, pileUp, start }: FitOptions,
): Setup {
  const end = Math.min(toKev, conditions.beamEnergyKev, axis.offset + (axis.size - 1) * axis.scale);
  const inside = new Uint8Array(axis.size);
  const first = Math.max(0, Math.ceil(channelOfEnergy(axis, fromKev)));
  const last = Math.min(axis.size - 1, Math.floor(channelOfEnergy(axis, end)));
  let total = 0;
  for (let c = first; c <= last; c++) {
    inside[c] = 1;
    total += spectrum[c]!;
  }
  const nominal = { shiftKev: 0, gain: 0, resolutionEv: conditions.resolutionEv, tail: 0.01, softShiftKev: 0 };
  return {
    spectrum,
    axis,
    conditions,
    fromKev,
    toKev: end,
    inside,
    nominal,
    pileUp: pileUp ?? total >= PILE_UP_COUNTS,
    expected: start?.model ?? smoothed(spectrum),
  };
}

function fitRound(
  setup: Setup,
  composition: MassFractions,
  shape: PeakShape,
  before: Round | undefined,
  fitShape: boolean,
): Round {
  const { spectrum, axis, fromKev, toKev } = setup;
  const conditions = { ...setup.conditions, resolutionEv: shape.resolutionEv };
  const families = familiesOf(countedLines(composition, conditions), fromKev, toKev);
  const familyColumns = families.map((family) => familyColumn(family, axis, shape));
  const continuum =
    before !== undefined && isSame(before.composition, composition)
      ? before.continuumColumns
      : continuumColumns(continuumOnAxis(axis, conditions)(composition), axis, fromKev, toKev);
  const sums = sumPeaks(setup, before);
  const shifts =
    fitShape && before !== undefined ? columnsOfShape(families, familyColumns, before.fit.amplitudes, axis, shape) : [];
  const proportions = proportionColumns(families, before?.fit.amplitudes ?? [], axis, shape);
  const columns = [...familyColumns, ...continuum, ...sums, ...proportions.columns, ...shifts];
  const firstShift = columns.length - shifts.length;
  const firstMove = firstShift - proportions.columns.length;
  const weight = weightsOf(setup, before);
  const ties: Tie[] = [
    ...continuumTies(families.length, continuum.length, levelOf(before, continuum.length)),
    ...(before === undefined ? [] : familyTies(families, before.fit)),
    ...proportionTies(firstMove, proportions),
    ...(shifts.length === 0 ? [] : tiesOfShape(firstShift, shape, setup.nominal)),
  ];
  const fit = solveColumns(columns, spectrum, weight, ties);
  const { amplitudes } = fit;
  const from = families.length;
  const part = (start: number, all: readonly Column[]) =>
    sumOfColumns(all, amplitudes.subarray(start, start + all.length), axis.size);
  return {
    families,
    number: before === undefined ? 0 : before.number + 1,
    sums,
    continuumColumns: continuum,
    fit,
    model: sumOfColumns(columns.slice(0, firstShift), amplitudes, axis.size),
    continuum: part(from, continuum),
    pileUp: part(from + continuum.length, sums),
    moved: proportions.moves.map((move, i) => ({ ...move, share: amplitudes[firstMove + i]! })),
    shape: shifts.length === 0 ? shape : moved(shape, amplitudes.subarray(firstShift), setup.nominal),
    composition,
  };
}

/** Sum peaks of the model before; from the third round on they are what they were. */
function sumPeaks({ pileUp, axis, fromKev, toKev }: Setup, before: Round | undefined): readonly Column[] {
  if (!pileUp || before === undefined) return [];
  if (before.number >= 2) return before.sums;
  return [pileUpColumn(before.model, axis, fromKev, toKev)];
}

/** One over the variance that the model of the round before expects; in the first round, that of the fit to start from or of the smoothed spectrum. */
function weightsOf({ inside, expected }: Setup, before: Round | undefined): Float64Array {
  const variance = before?.model ?? expected;
  const weights = new Float64Array(inside.length);
  for (let c = 0; c < weights.length; c++) {
    if (inside[c] === 0) continue;
    const counts = Math.max(LEAST_VARIANCE, variance[c]!);
    weights[c] = 1 / (counts + MODEL_ERROR * MODEL_ERROR * counts * counts);
  }
  return weights;
}

const SMOOTHING_CHANNELS = 4;

/** Means of nine channels, plus one count. */
function smoothed(spectrum: Float64Array): Float64Array {
  return spectrum.map((_, c) => {
    const from = Math.max(0, c - SMOOTHING_CHANNELS);
    const to = Math.min(spectrum.length, c + SMOOTHING_CHANNELS + 1);
    let sum = 0;
    for (let i = from; i < to; i++) sum += spectrum[i]!;
    return sum / (to - from) + 1;
  });
}

/** Mean amplitude of the continuum's columns in the round before; without one, no tie holds. */
function levelOf(before: Round | undefined, columns: number): number {
  if (before === undefined) return 1e30;
  const { families, fit } = before;
  const own = fit.amplitudes.subarray(families.length, families.length + columns);
  return own.reduce((sum, value) => sum + Math.max(0, value), 0) / Math.max(1, columns);
}

function resultOf({ spectrum, inside, fromKev, toKev }: Setup, round: Round, composition: MassFractions): SpectrumFit {
  const { families, fit, model, continuum, pileUp, moved: movedShares, shape } = round;
  const columns = fit.amplitudes.length;
  const n = families.length;
  const covariance = Float64Array.from({ length: n * n }, (_, i) => fit.covariance[Math.floor(i / n) * columns + (i % n)]!);
  const within = (values: Float64Array) => values.map((value, c) => (inside[c] === 1 ? value : 0));
  const residual = within(spectrum.map((value, c) => value - model[c]!));
  let chiSquare = 0;
  let channels = 0;
  for (let c = 0; c < residual.length; c++) {
    if (inside[c] === 0) continue;
    chiSquare += (residual[c]! * residual[c]!) / Math.max(LEAST_VARIANCE, model[c]!);
    channels += 1;
  }
  return {
    families: families.map((family, i) => ({ ...family, counts: fit.amplitudes[i]!, variance: covariance[i * n + i]! })),
    covariance,
    moved: movedShares,
    continuum: within(continuum),
    model: within(model),
    pileUp: within(pileUp),
    residual,
    chiSquare,
    reducedChiSquare: chiSquare / Math.max(1, channels - columns),
    shape,
    composition,
    fromKev,
    toKev,
  };
}
