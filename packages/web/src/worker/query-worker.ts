/** The second worker: answers for pixels of the counts that it was shown, while the engine's worker computes. */
import { DataCheckError, type SpectrumImage, storedCounts } from "@sigma-eds/core";
import { expose } from "comlink";
import { mapOfEnergies, spectrumOfMask, spectrumOfPixel } from "./pixel-queries.js";
import { reply } from "./replies.js";
import type { SharedCounts } from "./shared-counts.js";

type Seen = Pick<SpectrumImage, "counts" | "energyAxis">;

let seen: Seen | undefined;

const worker = {
  /** What all questions after this one are about. */
  see: ({ navigationShape, channels, kind, stored, energyAxis }: SharedCounts) =>
    reply(async () => {
      seen = { counts: storedCounts(navigationShape, channels, stored, kind), energyAxis };
    }),
  pixelSpectrum: (pixel: number) => reply(async () => spectrumOfPixel(shown().counts, pixel)),
  spectrumOf: (mask: Uint8Array) => reply(async () => spectrumOfMask(shown().counts, mask)),
  windowMap: (fromKev: number, toKev: number) => reply(async () => mapOfEnergies(shown(), fromKev, toKev)),
};

export type WorkerQueries = typeof worker;

function shown(): Seen {
  if (seen !== undefined) return seen;
  throw new DataCheckError("This needs counts.", { where: "the app", remedy: "Open a file first." });
}

expose(worker);
