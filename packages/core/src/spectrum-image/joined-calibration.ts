/** Whether images that shall become one were recorded alike, and what to say where they were not. */
import { DataCheckError } from "../errors.js";
import { type Axis, energyOfChannel, isEnergyCalibrated } from "./axis.js";
import type { Finding, SpectrumImage } from "./spectrum-image.js";

/** Energies that differ by less than this many channels are the same, by more than the other cannot be joined. */
const SAME_CHANNELS = 0.05;
const MOST_CHANNELS = 1;
/** Relative difference of a length that is worth a word. */
const SAME_LENGTH = 0.01;

/** What the images become together; the first word of the codes of findings. */
export type Joined = "stack" | "mosaic";

/**
 * How the images differ from the first one. Throws {@link DataCheckError} when energies differ by more than a channel at either end of the axis.
 */
export function calibrationFindings(images: readonly SpectrumImage[], joined: Joined): Finding[] {
  const [first, ...others] = images;
  if (first === undefined) return [];
  return others.flatMap((image, i) => [
    ...energyFindings(first.energyAxis, image.energyAxis, i + 1, joined),
    ...lengthFindings(first, image, i + 1, joined),
    ...beamFindings(first, image, i + 1, joined),
  ]);
}

function energyFindings(first: Axis, axis: Axis, number: number, joined: Joined): Finding[] {
  const [known, knownFirst] = [isEnergyCalibrated(axis), isEnergyCalibrated(first)];
  if (known !== knownFirst) {
    return [
      differs(
        joined,
        number,
        "energy-calibration",
        `its energy axis is ${known ? "" : "not "}calibrated and that of image 0 is${known ? " not" : ""}; the first is taken for all`,
      ),
    ];
  }
  if (!isEnergyCalibrated(axis) || !isEnergyCalibrated(first)) return [];
  const last = axis.size - 1;
  const channels =
    Math.max(
      Math.abs(energyOfChannel(axis, 0) - energyOfChannel(first, 0)),
      Math.abs(energyOfChannel(axis, last) - energyOfChannel(first, last)),
    ) / first.scale;
  if (channels > MOST_CHANNELS) {
    throw new DataCheckError(`The energies of the spectrum images differ too much for one ${joined}.`, {
      where: `image ${number}`,
      field: "energyAxis",
      found: `${axis.offset} keV + ${axis.scale} keV per channel, up to ${channels.toFixed(1)} channels away`,
      expected: `${first.offset} keV + ${first.scale} keV per channel, within ${MOST_CHANNELS} channel`,
      remedy: "Record or export them with one calibration.",
    });
  }
  if (channels <= SAME_CHANNELS) return [];
  return [
    differs(
      joined,
      number,
      "energy-calibration",
      `its energies differ from those of image 0 by up to ${channels.toFixed(2)} channels; the first calibration is taken for all`,
    ),
  ];
}

function lengthFindings(first: SpectrumImage, image: SpectrumImage, number: number, joined: Joined): Finding[] {
  return first.navigationAxes.flatMap((axis, i) => {
    const other = image.navigationAxes[i]!;
    const same =
      axis.units === other.units &&
      (axis.scale === other.scale || Math.abs((other.scale ?? Number.NaN) / (axis.scale ?? Number.NaN) - 1) <= SAME_LENGTH);
    if (same) return [];
    return [
      differs(
        joined,
        number,
        "pixel-size",
        `its axis ${axis.name} has ${stepOf(other)} per pixel and that of image 0 ${stepOf(axis)}; the first is taken for all`,
      ),
    ];
  });
}

function beamFindings(first: SpectrumImage, image: SpectrumImage, number: number, joined: Joined): Finding[] {
  const [expected, found] = [first.metadata.beamEnergyKev, image.metadata.beamEnergyKev];
  if (expected === found) return [];
  const said = (energy: number | undefined): string => (energy === undefined ? "unknown" : `${energy} keV`);
  return [
    differs(
      joined,
      number,
      "beam-energy",
      `its beam energy is ${said(found)} and that of image 0 ${said(expected)}; the first is taken for all`,
    ),
  ];
}

function stepOf({ scale, units }: Axis): string {
  return scale === undefined ? "an unknown length" : `${scale} ${units ?? "of an unknown unit"}`;
}

function differs(joined: Joined, number: number, what: string, sentence: string): Finding {
  return { severity: "warning", code: `${joined}-${what}`, message: `Image ${number}: ${sentence}.` };
}
