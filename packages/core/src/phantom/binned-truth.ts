import { binnedAxis, type CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { composeTruth, type PhantomTruth } from "./truth.js";

/** How many neighbours are joined to one, as the image was binned. Default 1 each. */
export interface BinFactors {
  readonly y?: number;
  readonly x?: number;
  readonly energy?: number;
}

/**
 * The truth of the binned image; a number joins `factor` x `factor` pixels. Shares are means over the joined pixels, spectra are those of a
 * joined pixel, labels and purity follow; what does not fill a group at the right, lower or upper-energy end is dropped. Joined pixels
 * count alike, which differs from the counts where a bright phase meets a dark one.
 */
export function binnedTruth(truth: PhantomTruth, factor: number | BinFactors): PhantomTruth {
  const { y = 1, x = 1, energy = 1 } = typeof factor === "number" ? { y: factor, x: factor } : factor;
  if (y === 1 && x === 1 && energy === 1) return truth;
  const { energyAxis } = truth;
  const axis: CalibratedEnergyAxis = { ...energyAxis, ...(binnedAxis(energyAxis, energy) as CalibratedEnergyAxis) };
  const spectra = truth.spectra.map((spectrum) => {
    const joined = new Float64Array(axis.size);
    for (let c = 0; c < joined.length * energy; c++) joined[Math.floor(c / energy)]! += x * y * spectrum[c]!;
    return joined;
  });
  const width = Math.floor(truth.width / x);
  const height = Math.floor(truth.height / y);
  return composeTruth(truth.parameters, width, height, meanShares(truth, width, height, y, x), spectra, axis);
}

function meanShares(truth: PhantomTruth, width: number, height: number, y: number, x: number): Float32Array {
  const phases = truth.phases.length;
  const binned = new Float32Array(width * height * phases);
  for (let p = 0; p < width * height; p++) {
    const top = Math.floor(p / width) * y;
    const left = (p % width) * x;
    for (let k = 0; k < phases; k++) {
      let sum = 0;
      for (let j = 0; j < y; j++) {
        for (let i = 0; i < x; i++) sum += truth.fractions[((top + j) * truth.width + left + i) * phases + k]!;
      }
      binned[p * phases + k] = sum / (x * y);
    }
  }
  return binned;
}
