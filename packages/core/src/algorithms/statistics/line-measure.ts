/** Net counts of many lines at once: each a weighted sum of channels, so that its error follows from the counts exactly. */

import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";
import { dot } from "../../kernels/linear-algebra/vectors.js";
import { exp } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import { sigmaKev } from "../../xray/detector.js";
import { linesOf, lineWithName } from "../../xray/lines.js";
import { netSum } from "../preprocess/line-background.js";
import { type LineWindow, windowOf } from "../preprocess/line-windows.js";

export interface MeasuredLine {
  /** `Fe_Ka` */
  readonly line: string;
  /** Counts of the line. */
  readonly net: number;
  /** One standard error by counting statistics; at least that of one count. */
  readonly error: number;
}

/** Measures the same lines in many spectra on one axis. */
export type LineMeasure = (spectrum: Float64Array) => readonly MeasuredLine[];

/**
 * A measure of the counts in each line. Net sums over a straight background n = N s see a part of their neighbours, R = N T with T the Gaussian shapes of the
 * lines (each with the weaker lines of its family), so the counts are R⁻¹ N s. Where two lines cannot be told apart (R singular) the plain net sums are given.
 * Lines that the axis does not hold are left out.
 */
export function lineMeasure(lines: readonly string[], axis: CalibratedEnergyAxis, resolutionEv: number): LineMeasure {
  const windows = lines.flatMap((name) => windowNamed(name, axis, resolutionEv) ?? []);
  const sums = windows.map((window) => {
    const others = windows.filter((other) => other !== window);
    return dense(netSum(window, others, axis) ?? netSum(window, [], axis), axis.size);
  });
  const weights = apart(
    sums,
    windows.map(({ line }) => shapeOf(line, axis, resolutionEv, windows)),
  );
  return (spectrum) =>
    windows.map(({ line }, i) => {
      let net = 0;
      let variance = 0;
      const row = weights[i]!;
      for (let c = 0; c < spectrum.length; c++) {
        net += row[c]! * spectrum[c]!;
        variance += row[c]! * row[c]! * spectrum[c]!;
      }
      return { line, net, error: Math.sqrt(Math.max(1, variance)) };
    });
}

function windowNamed(name: string, axis: CalibratedEnergyAxis, resolutionEv: number): LineWindow | undefined {
  const line = lineWithName(name);
  if (line === undefined) return undefined;
  const window = windowOf(line, axis, { resolutionEv });
  return window.channels.end > window.channels.start ? window : undefined;
}

function dense(sum: ReturnType<typeof netSum>, channels: number): Float64Array {
  const row = new Float64Array(channels);
  sum?.channels.forEach((channel, i) => {
    row[channel]! += sum.weights[i]!;
  });
  return row;
}

const REACH_SIGMAS = 5;
const INVERSE_ROOT_2PI = 0.3989422804014327;

/** One count in the line, with the weaker lines of its family that are not measured themselves. */
function shapeOf(name: string, axis: CalibratedEnergyAxis, resolutionEv: number, windows: readonly LineWindow[]): Float64Array {
  const own = lineWithName(name)!;
  const family = linesOf(own.element).filter(
    (line) => line.name === name || (line.family === own.family && !windows.some((window) => window.line === line.name)),
  );
  const shape = new Float64Array(axis.size);
  for (const { energyKev, weight } of family) {
    const width = sigmaKev(energyKev, resolutionEv) / axis.scale;
    const centre = channelOfEnergy(axis, energyKev);
    const last = Math.min(axis.size - 1, Math.floor(centre + REACH_SIGMAS * width));
    for (let c = Math.max(0, Math.ceil(centre - REACH_SIGMAS * width)); c <= last; c++) {
      const z = (c - centre) / width;
      shape[c]! += ((weight / own.weight) * INVERSE_ROOT_2PI * exp(-0.5 * z * z)) / width;
    }
  }
  return shape;
}

/** R⁻¹ N by the normal equations of R, or N where they are singular. */
function apart(sums: readonly Float64Array[], shapes: readonly Float64Array[]): readonly Float64Array[] {
  const n = sums.length;
  const response = sums.map((sum) => shapes.map((shape) => dot(sum, shape)));
  const normal = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) normal[i * n + j] = response.reduce((total, row) => total + row[i]! * row[j]!, 0);
  }
  const factor = new Float64Array(n * n);
  if (!choleskyFactor(normal, n, factor, 1e-6)) return sums;
  const weights = sums.map((sum) => new Float64Array(sum.length));
  for (let k = 0; k < n; k++) {
    const unit = Float64Array.from({ length: n }, (_, i) => response[k]![i]!);
    choleskySolve(factor, n, unit);
    for (let i = 0; i < n; i++) for (let c = 0; c < sums[k]!.length; c++) weights[i]![c]! += unit[i]! * sums[k]![c]!;
  }
  return weights;
}
