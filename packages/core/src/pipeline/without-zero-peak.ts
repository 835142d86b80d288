import { type Axis, channelOfEnergy, isEnergyCalibrated } from "../spectrum-image/axis.js";

/** Where counts begin to be X-rays: the zero peak of silicon drift detectors ends below, the lightest line that they see lies above. */
export const ZERO_PEAK_END_KEV = 0.1;

/** First channel whose middle is not below an energy, 0 where the axis has no calibration. May lie outside the axis. */
export function firstChannelFrom(axis: Axis, endKev: number): number {
  return isEnergyCalibrated(axis) ? Math.ceil(channelOfEnergy(axis, endKev)) : 0;
}

/** A copy of a spectrum with nothing below an energy; the spectrum itself where the axis has no calibration. */
export function withoutZeroPeak(spectrum: Float64Array, axis: Axis, endKev: number): Float64Array {
  const end = firstChannelFrom(axis, endKev);
  return end <= 0 ? spectrum : spectrum.map((value, channel) => (channel < end ? 0 : value));
}
