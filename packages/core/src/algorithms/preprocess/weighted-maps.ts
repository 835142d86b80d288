import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import type { Accumulator } from "../../spectrum-image/pass.js";

/** A weighted sum over channels: Σ weight x counts. A plain window has weights of 1; a background beside it has negative ones. */
export interface ChannelSum {
  readonly channels: readonly number[];
  readonly weights: readonly number[];
}

export interface WeightedMaps {
  /** Float32 [pixels x sums], row-major. */
  readonly values: Float32Array;
  /** Float32 [pixels x sums]: variance by counting statistics, Σ weight² x counts; `undefined` unless asked for. */
  readonly variances: Float32Array | undefined;
}

/** Several weighted sums for every pixel, in one pass. */
export function weightedMaps(
  source: CountSource,
  sums: readonly ChannelSum[],
  withVariances: boolean,
): Accumulator<WeightedMaps> {
  const n = sums.length;
  const total = pixelCount(source.navigationShape) * n;
  const values = new Float32Array(total);
  const variances = withVariances ? new Float32Array(total) : undefined;
  const { starts, sumOf, weightOf } = byChannel(source.channels, sums);
  const value = new Float64Array(n);
  const variance = new Float64Array(n);
  return {
    add({ firstPixel, pixels, rowStart, channel, count }) {
      for (let p = 0; p < pixels; p++) {
        value.fill(0);
        variance.fill(0);
        const end = rowStart[p + 1]!;
        for (let i = rowStart[p]!; i < end; i++) {
          const c = channel[i]!;
          const last = starts[c + 1]!;
          for (let m = starts[c]!; m < last; m++) {
            const weight = weightOf[m]!;
            value[sumOf[m]!]! += weight * count[i]!;
            variance[sumOf[m]!]! += weight * weight * count[i]!;
          }
        }
        values.set(value, (firstPixel + p) * n);
        variances?.set(variance, (firstPixel + p) * n);
      }
    },
    result: () => ({ values, variances }),
  };
}

/** The sums turned round: for each channel, in which sums it takes part and with what weight. */
function byChannel(channels: number, sums: readonly ChannelSum[]) {
  const starts = new Uint32Array(channels + 1);
  for (const sum of sums) for (const c of sum.channels) starts[c + 1]! += 1;
  for (let c = 0; c < channels; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const sumOf = new Uint32Array(starts[channels]!);
  const weightOf = new Float64Array(starts[channels]!);
  sums.forEach((sum, k) => {
    sum.channels.forEach((c, i) => {
      const at = next[c]!;
      next[c] = at + 1;
      sumOf[at] = k;
      weightOf[at] = sum.weights[i]!;
    });
  });
  return { starts, sumOf, weightOf };
}
