import { exp } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";

const REACH_SIGMAS = 5.5;
const ROOT_2PI = 2.5066282746310002;

/**
 * Adds a Gaussian of the given area to a spectrum; each channel gets the area between its borders, by Simpson's rule. The values at half channels
 * follow from each other by two multiplications, exp(-(x + h)^2 / 2) from exp(-x^2 / 2), so that a peak costs three exponentials. `reach` grows to hold the channels
 * that were added to.
 */
export function addPeakArea(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  centreKev: number,
  sigmaKev: number,
  area: number,
  reach?: { from: number; to: number },
): void {
  const sigma = sigmaKev / axis.scale;
  const centre = channelOfEnergy(axis, centreKev);
  const from = Math.max(0, Math.ceil(centre - REACH_SIGMAS * sigma));
  const to = Math.min(spectrum.length - 1, Math.floor(centre + REACH_SIGMAS * sigma));
  if (to < from) return;
  if (reach !== undefined) {
    reach.from = Math.min(reach.from, from);
    reach.to = Math.max(reach.to, to + 1);
  }
  const step = 0.5 / sigma;
  const z = (from - 0.5 - centre) / sigma;
  let value = exp(-0.5 * z * z);
  let ratio = exp(-step * (z + 0.5 * step));
  const change = exp(-step * step);
  const height = area / (6 * sigma * ROOT_2PI);
  for (let c = from; c <= to; c++) {
    const left = value;
    const middle = left * ratio;
    ratio *= change;
    value = middle * ratio;
    ratio *= change;
    spectrum[c]! += height * (left + 4 * middle + value);
  }
}
