/** Holds the synthetic counts and answers about them, as the app's own worker does. */
import type { StoredCounts } from "@sigma-eds/core";
import { expose } from "comlink";
import { mapOfChannels, spectrumOfMask, spectrumOfPixel } from "../../worker/pixel-queries.js";
import { type SyntheticMap, syntheticCounts } from "./synthetic-map.js";

let counts: StoredCounts | undefined;

const api = {
  make(map: Pick<SyntheticMap, "width" | "height" | "labels">): void {
    counts = syntheticCounts(map);
  },
  pixelSpectrum: async (pixel: number) => (counts === undefined ? undefined : spectrumOfPixel(counts, pixel)),
  spectrumOf: async (mask: Uint8Array) => (counts === undefined ? undefined : spectrumOfMask(counts, mask)),
  windowMap: async (start: number, end: number) => (counts === undefined ? undefined : mapOfChannels(counts, start, end)),
};

export type BenchWorker = typeof api;

expose(api);
