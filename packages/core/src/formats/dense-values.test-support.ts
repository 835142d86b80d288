import { type CountSource, collectCounts, pixelCount } from "../spectrum-image/counts.js";

/** All counts of a source with their zeros, pixels x channels, row-major. For small images in tests. */
export async function denseValues(counts: CountSource): Promise<number[]> {
  const values = new Array<number>(pixelCount(counts.navigationShape) * counts.channels).fill(0);
  for (const { firstPixel, pixels, rowStart, channel, count } of (await collectCounts(counts)).stored) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) values[(firstPixel + p) * counts.channels + channel[i]!] = count[i]!;
    }
  }
  return values;
}
