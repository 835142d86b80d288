import { type Axis, isEnergyCalibrated } from "../spectrum-image/axis.js";

/** A copy of a spectrum with nothing below an energy; the spectrum itself where the axis has no calibration. */
export function withoutZeroPeak(spectrum: Float64Array, axis: Axis, endKev: number): Float64Array {
  if (!isEnergyCalibrated(axis)) return spectrum;
  const end = Math.ceil((endKev - axis.offset) / axis.scale);
  return spectrum.map((value, channel) => (channel < end ? 0 : value));
}

/** Where counts begin to be X-rays: the zero peak of silicon drift detectors ends below, the lightest line that they see lies above. */
export const ZERO_PEAK_END_KEV = 0.1;
