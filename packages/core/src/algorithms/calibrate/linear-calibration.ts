/** A new straight line through energies: true = slope x as the axis says + intercept. */
import { ParameterError } from "../../errors.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";

/** Where a peak of known energy lies on the axis as it is. */
export interface PeakPair {
  readonly measuredKev: number;
  readonly trueKev: number;
  /** Standard error of the measured place; only ratios matter. Default: all alike. */
  readonly errorKev?: number | undefined;
}

export interface LinearCalibration {
  /** Dimensionless; 1 changes no channel width. */
  readonly slope: number;
  readonly interceptKev: number;
}

/**
 * The straight line of least squares through the pairs; through both of two; with one, the shift that brings it into place. Throws
 * {@link ParameterError} for no pair, values that are not numbers, or a line that does not rise.
 */
export function fitCalibration(pairs: readonly PeakPair[]): LinearCalibration {
  const wrong = pairs.find(({ measuredKev, trueKev }) => !Number.isFinite(measuredKev) || !Number.isFinite(trueKev));
  if (pairs.length === 0 || wrong !== undefined) {
    throw new ParameterError("A calibration needs at least one peak with its measured and its true energy.", {
      field: "peaks",
      found: wrong === undefined ? "no peak" : `${wrong.measuredKev} and ${wrong.trueKev} keV`,
    });
  }
  if (pairs.length === 1) return { slope: 1, interceptKev: pairs[0]!.trueKev - pairs[0]!.measuredKev };
  const weights = pairs.map(({ errorKev = 1 }) => 1 / (errorKev * errorKev));
  const mean = (of: (pair: PeakPair) => number) =>
    pairs.reduce((sum, pair, i) => sum + weights[i]! * of(pair), 0) / weights.reduce((sum, weight) => sum + weight, 0);
  const [x, y] = [mean(({ measuredKev }) => measuredKev), mean(({ trueKev }) => trueKev)];
  const slope =
    mean((pair) => (pair.measuredKev - x) * (pair.trueKev - y)) / mean((pair) => (pair.measuredKev - x) * (pair.measuredKev - x));
  if (!(slope > 0 && slope < Infinity)) {
    throw new ParameterError("The peaks give no energies that rise with the channels.", {
      field: "peaks",
      found: pairs.map(({ measuredKev, trueKev }) => `${measuredKev} for ${trueKev} keV`).join(", "),
      expected: "peaks at different places, in the order of their energies",
    });
  }
  return { slope, interceptKev: y - slope * x };
}

export interface AxisErrors {
  /** Standard error of the energy at channel 0. */
  readonly offsetErrorKev: number;
  /** Standard error of the channel width; undefined where the axis was only shifted. */
  readonly scaleErrorKev: number | undefined;
}

/**
 * Standard errors of offset and channel width of the axis that a calibration of `axis` by these pairs gives: those of the weighted straight line, carried to channel 0, and
 * made larger by the root of the reduced chi-square where the pairs scatter by more than they should (Birge 1932, doi:10.1103/PhysRev.40.207). Pairs without errors are
 * judged by their scatter alone. `undefined` where there are too few of them for that.
 */
export function axisErrors(
  axis: CalibratedEnergyAxis,
  pairs: readonly PeakPair[],
  { slope, interceptKev }: LinearCalibration,
): AxisErrors | undefined {
  const isShift = slope === 1;
  const areKnown = pairs.every(({ errorKev }) => errorKev !== undefined);
  const freedom = pairs.length - (isShift ? 1 : 2);
  if (pairs.length === 0 || freedom < 0 || (!areKnown && freedom === 0)) return undefined;
  let [total, place, chiSquare] = [0, 0, 0];
  for (const { measuredKev, trueKev, errorKev = 1 } of pairs) {
    const weight = 1 / (errorKev * errorKev);
    const residual = slope * measuredKev + interceptKev - trueKev;
    total += weight;
    place += weight * measuredKev;
    chiSquare += weight * residual * residual;
  }
  const middle = place / total;
  const spread = pairs.reduce((sum, { measuredKev, errorKev = 1 }) => {
    const distance = (measuredKev - middle) / errorKev;
    return sum + distance * distance;
  }, 0);
  const scatter = freedom === 0 ? 1 : chiSquare / freedom;
  const factor = areKnown ? Math.max(1, scatter) : scatter;
  const slopeVariance = isShift ? 0 : factor / spread;
  const lever = axis.offset - middle;
  return {
    offsetErrorKev: Math.sqrt(factor / total + lever * lever * slopeVariance),
    scaleErrorKev: isShift ? undefined : axis.scale * Math.sqrt(slopeVariance),
  };
}

/** The axis after a calibration: channel width x slope; offset x slope + intercept. */
export function recalibratedAxis(axis: CalibratedEnergyAxis, { slope, interceptKev }: LinearCalibration): CalibratedEnergyAxis {
  return { ...axis, scale: axis.scale * slope, offset: axis.offset * slope + interceptKev };
}
