/** A small map with an answer for every channel of every pixel. */
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";

export const SMALL_SHAPE = { height: 3, width: 5, channels: 40 } as const;

/** Counts at y, x, channel; `largest` replaces one of them, to choose the width of the numbers. */
export function smallCounts(largest = 9): number[] {
  const { height, width, channels } = SMALL_SHAPE;
  const counts = Array.from({ length: height * width * channels }, (_, i) => ((i * 37) % 11 === 0 ? (i % 9) + 1 : 0));
  counts[7 * channels + 3] = largest;
  return counts;
}

export function smallImage(largest = 9, kind: "counts" | "intensity" = "counts"): SpectrumImage {
  const { height, width, channels } = SMALL_SHAPE;
  const values = kind === "counts" ? smallCounts(largest) : smallCounts(largest).map((value) => value / 4 - (value > 8 ? 3 : 0));
  return {
    title: "Grains / 2 µm",
    counts: countsFromDense([height, width], channels, values, kind),
    navigationAxes: [
      { name: "y", size: height, offset: 0, scale: 0.5, units: "um" },
      { name: "x", size: width, offset: -1, scale: 0.25, units: "um" },
    ],
    energyAxis: { name: "energy", size: channels, offset: -0.1, scale: 0.02, units: "keV" },
    images: [],
    metadata: {
      title: "Grains / 2 µm",
      instrument: "SEM",
      beamEnergyKev: 15,
      beamCurrentNa: 1.5,
      magnification: 1200,
      detector: {
        type: "X-Max",
        resolutionEv: 128.5,
        elevationAngleDeg: 35,
        azimuthAngleDeg: 45,
        liveTimeS: 30,
        realTimeS: 45,
      },
      stage: { xUm: 1500, yUm: -2000, zUm: 10, tiltDeg: 5, rotationDeg: 90 },
      elements: ["Al", "Fe", "O"],
      acquiredAt: "2024-02-03T04:05:06",
    },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}

/** Pieces of a file as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
