import { expect, test } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { energyOfChannel } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { measuredPeaks, peakNear } from "./measured-peaks.js";

const axis = { name: "energy", size: 400, offset: -0.2, scale: 0.01, units: "keV" } as const;

/** Poisson counts of a continuum that begins like a cliff at the threshold of the electronics, with Gaussian peaks of so many counts. */
function spectrumOf(peaks: readonly { readonly kev: number; readonly counts: number }[], thresholdKev = 0.125): Float64Array {
  const stream = randomStream(3, "measured-peaks");
  return Float64Array.from({ length: axis.size }, (_, c) => {
    const energy = energyOfChannel(axis, c);
    if (energy < thresholdKev) return energy < 0.06 && energy > -0.06 ? stream.poisson(30_000) : stream.poisson(4);
    const mean = peaks.reduce((sum, { kev, counts }) => {
      const sigma = fwhmKev(kev, 130) / 2.3548;
      const distance = (energy - kev) / sigma;
      return sum + (counts * axis.scale * Math.exp((-distance * distance) / 2)) / sigma / Math.sqrt(2 * Math.PI);
    }, 250);
    return stream.poisson(mean);
  });
}

const found = (spectrum: Float64Array) => measuredPeaks(spectrum, axis).map(({ energyKev }) => energyKev);

test("peaks lie where they were put, within their errors", () => {
  const put = [0.277, 0.525, 1.74, 2.01].map((kev) => ({ kev, counts: 9000 }));
  const peaks = measuredPeaks(spectrumOf(put), axis);
  expect(peaks).toHaveLength(4);
  for (const [i, { energyKev, errorEv }] of peaks.entries()) {
    expect(Math.abs(energyKev - put[i]!.kev) * 1000).toBeLessThan(4 * errorEv + 1);
  }
  expect(peakNear(peaks, 0.56)).toBe(peaks[1]);
  expect(peakNear(peaks, 1.2)).toBeUndefined();
});

test("the threshold of the electronics is no peak, boron above it is one", () => {
  expect(found(spectrumOf([]))).toEqual([]);
  expect(found(spectrumOf([{ kev: 0.277, counts: 6000 }]))).toHaveLength(1);
  const boron = found(spectrumOf([{ kev: 0.183, counts: 9000 }], 0.09));
  expect(boron).toHaveLength(1);
  expect(boron[0]).toBeCloseTo(0.183, 2);
});
