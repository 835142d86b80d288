/** Spectrum images of lines on a sloping background, with counting noise, for tests. Relative strengths within an element are the tables'. */
import { exp } from "../../kernels/math.js";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { sigmaKev } from "../../xray/detector.js";
import { linesOf } from "../../xray/lines.js";

export const energyAxis = { name: "energy", size: 1100, offset: -0.1, scale: 0.01, units: "keV" } as const;
const BEAM_KEV = 15;

/** Expected counts per channel for counts of each element's strongest line, over a background of `continuum` counts in all. */
export function spectrumOf(composition: Readonly<Record<string, number>>, continuum: number): Float64Array {
  const spectrum = new Float64Array(energyAxis.size);
  let total = 0;
  for (let c = 20; c < energyAxis.size; c++) {
    spectrum[c] = exp(-(c - 20) / 250) * (1 - exp(-(c - 10) / 40));
    total += spectrum[c]!;
  }
  for (let c = 0; c < energyAxis.size; c++) spectrum[c]! *= continuum / total;
  for (const [element, counts] of Object.entries(composition)) {
    for (const { energyKev, weight, edgeKev } of linesOf(element)) {
      if (edgeKev >= BEAM_KEV) continue;
      const sigma = sigmaKev(energyKev) / energyAxis.scale;
      const centre = (energyKev - energyAxis.offset) / energyAxis.scale;
      for (let c = Math.max(0, Math.floor(centre - 6 * sigma)); c < Math.min(energyAxis.size, centre + 6 * sigma); c++) {
        spectrum[c]! += (counts * weight * exp(-0.5 * ((c - centre) / sigma) ** 2)) / (sigma * 2.5066282746);
      }
    }
  }
  return spectrum;
}

/** An image with Poisson counts of the spectrum that `meanAt` gives for each pixel. */
export function noisyImage(
  width: number,
  height: number,
  meanAt: (x: number, y: number) => Float64Array,
  metadata: Partial<SpectrumImage["metadata"]> = {},
): SpectrumImage {
  const stream = randomStream(7, "synthetic-image");
  const dense = new Float64Array(width * height * energyAxis.size);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const mean = meanAt(pixel % width, Math.floor(pixel / width));
    for (let c = 0; c < energyAxis.size; c++) dense[pixel * energyAxis.size + c] = stream.poisson(mean[c]!);
  }
  return {
    title: "synthetic",
    counts: countsFromDense([height, width], energyAxis.size, dense),
    navigationAxes: [
      { name: "y", size: height, offset: 0, scale: 1, units: "um" },
      { name: "x", size: width, offset: 0, scale: 1, units: "um" },
    ],
    energyAxis,
    images: [],
    metadata: { beamEnergyKev: BEAM_KEV, detector: { resolutionEv: 130 }, elements: [], ...metadata },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}
