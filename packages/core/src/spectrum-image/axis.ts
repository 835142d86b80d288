/** One axis of a spectrum image. The value at index i is `offset + i * scale`, at the middle of the pixel or channel. */
export interface Axis {
  /** `y`, `x`, `tilt`, `time`, `energy` ... */
  readonly name: string;
  readonly size: number;
  /** In `units`; `undefined` when the file does not say. */
  readonly offset: number | undefined;
  /** In `units` per step; `undefined` when the file does not say. May be negative. */
  readonly scale: number | undefined;
  /** `keV` for energy, `um` for length, `s` for time, `deg` for tilt; `undefined` when the file does not say. */
  readonly units: string | undefined;
}

/** An energy axis whose calibration is known, in keV. */
export interface CalibratedEnergyAxis extends Axis {
  readonly offset: number;
  readonly scale: number;
  readonly units: "keV";
}

/** True when energies can be computed from the axis. */
export function isEnergyCalibrated(axis: Axis): axis is CalibratedEnergyAxis {
  return axis.units === "keV" && axis.offset !== undefined && axis.scale !== undefined && axis.scale > 0;
}

/** Energy in keV at the middle of a channel (fractions allowed). */
export function energyOfChannel(axis: CalibratedEnergyAxis, channel: number): number {
  return axis.offset + channel * axis.scale;
}

/** Channel, as a fraction, at which an energy in keV lies. */
export function channelOfEnergy(axis: CalibratedEnergyAxis, energyKev: number): number {
  return (energyKev - axis.offset) / axis.scale;
}

/** The axis after joining each `factor` neighbours; what does not fill a group at the end is dropped. */
export function binnedAxis(axis: Axis, factor: number): Axis {
  const { offset, scale } = axis;
  return {
    ...axis,
    size: Math.floor(axis.size / factor),
    offset: offset === undefined || scale === undefined ? offset : offset + (scale * (factor - 1)) / 2,
    scale: scale === undefined ? undefined : scale * factor,
  };
}

/** The axis restricted to indices `start` (included) to `end` (excluded). */
export function croppedAxis(axis: Axis, start: number, end: number): Axis {
  const { offset, scale } = axis;
  return {
    ...axis,
    size: end - start,
    offset: offset === undefined || scale === undefined ? offset : offset + start * scale,
  };
}

/** Area of one pixel in square micrometres, when both of the last two navigation axes are calibrated in micrometres. */
export function pixelAreaUm2(navigationAxes: readonly Axis[]): number | undefined {
  const x = navigationAxes.at(-1);
  const y = navigationAxes.at(-2);
  if (x?.units !== "um" || y?.units !== "um" || x.scale === undefined || y.scale === undefined) return undefined;
  return Math.abs(x.scale * y.scale);
}
