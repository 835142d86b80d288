import { type PhantomTruth, PURE_SHARE } from "./truth.js";

/**
 * The truth of the same specimen when `factor` x `factor` pixels are joined into one: shares are averaged, labels and purity follow, a remainder
 * at the right and lower edge is dropped. Spectra stay those of one unbinned pixel.
 */
export function binnedTruth(truth: PhantomTruth, factor: number): PhantomTruth {
  if (factor === 1) return truth;
  const width = Math.floor(truth.width / factor);
  const height = Math.floor(truth.height / factor);
  const k = truth.phases.length;
  const fractions = new Float32Array(width * height * k);
  for (let y = 0; y < height * factor; y++) {
    for (let x = 0; x < width * factor; x++) {
      const to = (Math.floor(y / factor) * width + Math.floor(x / factor)) * k;
      const from = (y * truth.width + x) * k;
      for (let j = 0; j < k; j++) fractions[to + j]! += truth.fractions[from + j]! / (factor * factor);
    }
  }
  const labels = new Int32Array(width * height);
  const pure = new Uint8Array(width * height);
  for (let p = 0; p < labels.length; p++) {
    let best = 0;
    for (let j = 1; j < k; j++) if (fractions[p * k + j]! > fractions[p * k + best]!) best = j;
    labels[p] = best;
    pure[p] = fractions[p * k + best]! >= PURE_SHARE ? 1 : 0;
  }
  return { ...truth, width, height, fractions, labels, pure };
}
