/**
 * The top-hat filter: at each channel, the counts in a window of one detector width minus those in its two flanks of half a width each. It removes any
 * straight background and leaves peaks. Schamber 1977, in: Dzubay, X-Ray Fluorescence Analysis of Environmental Samples, p. 241; Statham 1977, doi:10.1021/ac50021a037.
 */
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";

/** Half the width of the window in channels, at each channel; the flanks are as wide, one at each side. */
export function topHatHalfWidths(axis: CalibratedEnergyAxis, resolutionEv: number): Uint16Array {
  return Uint16Array.from({ length: axis.size }, (_, c) =>
    Math.max(1, Math.round(fwhmKev(Math.max(0, energyOfChannel(axis, c)), resolutionEv) / axis.scale / 2)),
  );
}

/** Filtered spectrum and its variance by counting statistics: float64 [channels]. Zero where the filter reaches beyond the axis. */
export function topHat(spectrum: Float64Array, halfWidths: Uint16Array): { value: Float64Array; variance: Float64Array } {
  const n = spectrum.length;
  const cumulative = new Float64Array(n + 1);
  for (let c = 0; c < n; c++) cumulative[c + 1] = cumulative[c]! + spectrum[c]!;
  const value = new Float64Array(n);
  const variance = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    const half = halfWidths[c]!;
    // Window of 2 half + 1 channels; flanks of `half` channels each, weighted so that both areas are equal.
    const from = c - 2 * half;
    const to = c + 2 * half + 1;
    if (from < 0 || to > n) continue;
    const inside = cumulative[c + half + 1]! - cumulative[c - half]!;
    const outside = cumulative[to]! - cumulative[from]! - inside;
    const weight = (2 * half + 1) / (2 * half);
    value[c] = inside - weight * outside;
    variance[c] = inside + weight * weight * outside;
  }
  return { value, variance };
}
