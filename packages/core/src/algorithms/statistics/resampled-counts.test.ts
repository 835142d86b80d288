import { describe, expect, it } from "vitest";
import { DataCheckError } from "../../errors.js";
import { type CountSource, countsFromDense } from "../../spectrum-image/counts.js";
import { resampledCounts } from "./resampled-counts.js";

const shape = [40, 50];
const source = countsFromDense(
  shape,
  4,
  Uint16Array.from({ length: 8000 }, (_, i) => [3, 40, 0, 1][i % 4]!),
);

async function dense(counts: CountSource): Promise<Float64Array> {
  const out = new Float64Array(2000 * counts.channels);
  for await (const { firstPixel, pixels, rowStart, channel, count } of counts.blocks()) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) out[(firstPixel + p) * counts.channels + channel[i]!] = count[i]!;
    }
  }
  return out;
}

/** Mean and variance over the pixels of one channel. */
function moments(values: Float64Array, channel: number): [number, number] {
  const own = values.filter((_, i) => i % 4 === channel);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return [mean, own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length];
}

describe("counts drawn anew", () => {
  it("have mean and variance of a Poisson bootstrap", async () => {
    const values = await dense(resampledCounts(source, "bootstrap", 1));
    for (const [channel, n] of [3, 40, 0, 1].entries()) {
      const [mean, variance] = moments(values, channel);
      expect(Math.abs(mean - n)).toBeLessThanOrEqual(4 * Math.sqrt(n / 2000));
      expect(Math.abs(variance - n)).toBeLessThanOrEqual(0.2 * n);
    }
  });

  it("have mean and variance of a thinning by half, and never more than before", async () => {
    const values = await dense(resampledCounts(source, "thinning", 1));
    for (const [channel, n] of [3, 40, 0, 1].entries()) {
      const [mean, variance] = moments(values, channel);
      expect(Math.abs(mean - n / 2)).toBeLessThanOrEqual(4 * Math.sqrt(n / 4 / 2000));
      expect(Math.abs(variance - n / 4)).toBeLessThanOrEqual(0.05 * n);
    }
    values.forEach((value, i) => {
      expect(value).toBeLessThanOrEqual([3, 40, 0, 1][i % 4]!);
    });
  });

  it("are the same at every reading, and others for another seed", async () => {
    const view = resampledCounts(source, "bootstrap", 5);
    expect(await dense(view)).toEqual(await dense(view));
    expect(await dense(resampledCounts(source, "bootstrap", 6))).not.toEqual(await dense(view));
  });

  it("are refused for intensities", () => {
    const intensities = countsFromDense([1], 2, Float64Array.of(0.5, 1), "intensity");
    expect(() => resampledCounts(intensities, "thinning", 0)).toThrow(DataCheckError);
  });
});
