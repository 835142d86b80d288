import { describe, expect, it } from "vitest";
import { collectCounts, countsFromDense } from "../../spectrum-image/counts.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { parseParameters } from "../parameters.js";
import { normalisePixels } from "./normalise-pixels.js";
import { channelsBelow, removeZeroPeak, zeroPeakEnd } from "./remove-zero-peak.js";
import { energyAxis, noisyImage, spectrumOf } from "./synthetic-image.test-support.js";

/** A strobe at 0 keV of the given height and width (channels) on a silicate. */
function withStrobe(height: number, sigma: number): Float64Array {
  return spectrumOf({ C: 20, Si: 40 }, 100).map((value, c) => value + height * Math.exp(-0.5 * ((c - 10) / sigma) ** 2));
}

const run = (image: Parameters<typeof removeZeroPeak.run>[0], given: object = {}) =>
  removeZeroPeak.run(image, parseParameters(removeZeroPeak, given), { seed: 0 });

describe("zero peak", () => {
  it.each([
    [1000, 2],
    [50, 3],
    [100_000, 4],
  ])("of height %d and width %d is found and ends before carbon", (height, sigma) => {
    const end = zeroPeakEnd(withStrobe(height, sigma), energyAxis);
    expect(end).toBeGreaterThan(10 + 2 * sigma);
    expect(end).toBeLessThan(10 + 22);
  });

  it("is not seen where there is none, or where the axis begins above it", () => {
    expect(zeroPeakEnd(spectrumOf({ C: 20, Si: 40 }, 1e4), energyAxis)).toBe(0);
    expect(zeroPeakEnd(spectrumOf({ Si: 40 }, 1e4), { ...energyAxis, offset: 0.3 })).toBe(0);
    expect(zeroPeakEnd(new Float64Array(1100), energyAxis)).toBe(0);
  });

  it("with an end given: trunc((end - offset) / scale) channels are empty, the rest is untouched", async () => {
    const axis = { ...energyAxis, size: 8, offset: -0.02 };
    expect(channelsBelow(axis, 0.019)).toBe(3);
    expect(channelsBelow(axis, 9)).toBe(8);
    expect(channelsBelow(axis, -1)).toBe(0);
    const counts = countsFromDense([1, 2], 8, [5, 4, 3, 2, 1, 0, 1, 2, 9, 9, 9, 9, 0, 0, 0, 1]);
    const image = { ...noisyImage(1, 1, () => new Float64Array(1100)), counts, energyAxis: axis };
    const found = await run(image, { endKev: 0.019 });
    const [sum] = await pass(found.image.counts, [sumSpectrum(found.image.counts)]);
    expect([...sum]).toEqual([0, 0, 0, 11, 1, 0, 1, 3]);
    expect(found.image.energyAxis).toEqual(axis);
    expect(found.findings[0]!.message).toMatch(/3 channels/);
  });

  it("without an end: found from the data, nothing done where there is none", async () => {
    const found = await run(noisyImage(5, 4, () => withStrobe(50, 3)));
    const [sum] = await pass(found.image.counts, [sumSpectrum(found.image.counts)]);
    expect(found.channels).toBeGreaterThan(14);
    expect(sum.subarray(0, found.channels).every((value) => value === 0)).toBe(true);
    const none = noisyImage(3, 3, () => spectrumOf({ Si: 40 }, 100));
    const same = await run(none);
    expect(same.image).toBe(none);
    expect(same.findings).toEqual([]);
  });
});

describe("normalised pixels", () => {
  it("sum to 1, and empty ones stay empty", async () => {
    const source = normalisePixels(countsFromDense([3], 3, [1, 2, 5, 0, 0, 0, 0, 0, 4]));
    const { stored, kind } = await collectCounts(source);
    expect(kind).toBe("intensity");
    expect([...stored[0]!.count]).toEqual([0.125, 0.25, 0.625, 1]);
    expect([...stored[0]!.rowStart]).toEqual([0, 3, 3, 4]);
  });
});
