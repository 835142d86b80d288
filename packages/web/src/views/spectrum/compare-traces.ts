/** Two spectra compared channel by channel, with the error that counting leaves. */
import type { Trace } from "./traces.js";
import { totalOf } from "./traces.js";

export interface ComparedChannels {
  /** First channel of each point, and how many channels a point joins. */
  readonly start: readonly number[];
  readonly joined: number;
  /** Difference in standard errors; 0 where neither has counts. */
  readonly sigma: Float64Array;
  /** Ratio of the shares of all counts; NaN where the other has fewer than 4 counts. */
  readonly ratio: Float64Array;
}

/** So many counts the other needs in a point before a ratio to it means something. */
const LEAST_FOR_RATIO = 4;

/**
 * Compares shares of all counts, in points of `joined` channels: difference over its standard error √(a/A² + b/B²) with a, b counts in the point (at least
 * one in the error) and A, B all counts; and the ratio (a/A) / (b/B).
 */
export function compareTraces(one: Trace, other: Trace, joined: number): ComparedChannels {
  const points = Math.floor(Math.min(one.spectrum.length, other.spectrum.length) / joined);
  const [countsOfOne, countsOfOther] = [Math.max(1, totalOf(one.spectrum)), Math.max(1, totalOf(other.spectrum))];
  const sigma = new Float64Array(points);
  const ratio = new Float64Array(points);
  const start = Array.from({ length: points }, (_, i) => i * joined);
  for (let i = 0; i < points; i++) {
    const a = totalOf(one.spectrum.subarray(i * joined, (i + 1) * joined));
    const b = totalOf(other.spectrum.subarray(i * joined, (i + 1) * joined));
    const error = Math.sqrt(Math.max(a, 1) / (countsOfOne * countsOfOne) + Math.max(b, 1) / (countsOfOther * countsOfOther));
    sigma[i] = a === 0 && b === 0 ? 0 : (a / countsOfOne - b / countsOfOther) / error;
    ratio[i] = b < LEAST_FOR_RATIO ? Number.NaN : (a * countsOfOther) / (b * countsOfOne);
  }
  return { start, joined, sigma, ratio };
}

/** Channels to join so that a point is half as wide as the detector's resolution in the middle of the axis. */
export function channelsToJoin(fwhmKev: number, scaleKev: number): number {
  return Math.max(1, Math.round(fwhmKev / 2 / scaleKev));
}
