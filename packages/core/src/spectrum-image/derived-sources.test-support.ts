import fc from "fast-check";
import { type CountSource, collectCounts, countsFromDense, navigationRowLength, pixelCount } from "./counts.js";

/** A small image: navigation shape of 0 to 3 axes, channels and dense counts. */
export interface DenseImage {
  readonly shape: number[];
  readonly channels: number;
  readonly dense: number[];
}

export const denseImages: fc.Arbitrary<DenseImage> = fc
  .record({ shape: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }), channels: fc.integer({ min: 1, max: 70 }) })
  .chain(({ shape, channels }) => {
    const length = pixelCount(shape) * channels;
    const count = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 400 }) });
    return fc.record({
      shape: fc.constant(shape),
      channels: fc.constant(channels),
      dense: fc.array(count, { minLength: length, maxLength: length }),
    });
  });

/** A source that reads the image in blocks of `rows` navigation rows and uses the same arrays for each block, as a file reader may. */
export function streamed({ shape, channels, dense }: DenseImage, rows: number): CountSource {
  const whole = countsFromDense(shape, channels, dense).stored[0]!;
  const step = rows * navigationRowLength(shape);
  const pixels = pixelCount(shape);
  return {
    navigationShape: shape,
    channels,
    kind: "counts",
    async *blocks() {
      const channel = new Uint16Array(whole.channel.length);
      const count = whole.count.slice();
      for (let first = 0; first < pixels; first += step) {
        const last = Math.min(pixels, first + step);
        const from = whole.rowStart[first]!;
        const to = whole.rowStart[last]!;
        channel.fill(0);
        count.fill(0);
        channel.set(whole.channel.subarray(from, to));
        count.set(whole.count.subarray(from, to));
        yield {
          firstPixel: first,
          pixels: last - first,
          rowStart: whole.rowStart.slice(first, last + 1).map((at) => at - from),
          channel: channel.subarray(0, to - from),
          count: count.subarray(0, to - from),
        };
      }
    },
  };
}

/** All counts of a source, pixels x channels. Goes through every check of stored counts. */
export async function denseOf(source: CountSource): Promise<number[]> {
  const dense = new Array<number>(pixelCount(source.navigationShape) * source.channels).fill(0);
  for (const { firstPixel, pixels, rowStart, channel, count } of (await collectCounts(source)).stored) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) dense[(firstPixel + p) * source.channels + channel[i]!] = count[i]!;
    }
  }
  return dense;
}
