/** Warnings where the numbers of an identification rest on what does not hold: charging, shadow, an axis that ends too early, peaks that lie elsewhere, too few counts. */
import { continuumEnd } from "../algorithms/doubt/continuum-end.js";
import { countGradient } from "../algorithms/doubt/count-gradient.js";
import type { PeakShape } from "../algorithms/line-fit/families.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import type { Conditions } from "../xray/physics/expected-spectrum.js";
import type { ClassIdentity } from "./identified-classes.js";

export interface StretchInput {
  readonly sum: Float64Array;
  /** Counts of each pixel: float64 [pixels]. */
  readonly countsOfPixels: Float64Array;
  readonly slots: Int32Array;
  readonly navigationShape: readonly number[];
  readonly axis: CalibratedEnergyAxis;
  readonly conditions: Conditions;
  /** Where the peaks of the whole map lie; undefined where that is not known. */
  readonly shape: PeakShape | undefined;
  readonly identities: readonly ClassIdentity[];
  /** What a class is called. */
  nameOf(id: number): string;
}

/** The continuum ends this share below the beam energy, or more, and surely. */
const CHARGING_SHARE = 0.04;
const CHARGING_SIGMA = 5;
/** Counts of a class change by this share from edge to edge, or more, and surely. */
const SHADOW_SHARE = 0.2;
const SHADOW_SIGMA = 8;
/** Peaks this far from their energies, eV, ask for a calibration. */
const MOST_SHIFT_EV = 15;
/** Where lines are compared with their energies, keV. */
const CHECKED_KEV = [0.5, 2, 6.4];
/** Lines are well excited up to this share of the beam energy. */
const EXCITED_SHARE = 1 / 1.5;

/** One sentence for each assumption that the data contradict, with what was found and what to do. */
export function stretchedMethods(input: StretchInput): string[] {
  return [charging(input), shadow(input), shortAxis(input), shiftedPeaks(input), poorClasses(input)].filter(
    (warning) => warning !== undefined,
  );
}

function charging({ sum, axis, conditions, identities }: StretchInput): string | undefined {
  const { beamEnergyKev } = conditions;
  const elements = [...new Set(identities.flatMap((identity) => identity.elements.map(({ element }) => element)))];
  const end = continuumEnd(sum, axis, conditions, elements);
  if (end === undefined || end.sigma < CHARGING_SIGMA || end.energyKev > (1 - CHARGING_SHARE) * beamEnergyKev) return undefined;
  return `The continuum ends at ${end.energyKev.toFixed(1)} keV, below the beam energy of ${beamEnergyKev} keV (Duane and Hunt): the sample charges, or the beam energy is stated wrong. Compositions and names rest on it; coat the sample, or set beamEnergyKev in the step calibrate.`;
}

function shadow({ countsOfPixels, slots, navigationShape }: StretchInput): string | undefined {
  const found = countGradient(countsOfPixels, slots, navigationShape.at(-1) ?? 1, navigationShape.at(-2) ?? 1);
  if (found === undefined || found.size < SHADOW_SHARE || found.sigma < SHADOW_SIGMA) return undefined;
  const isAcross = Math.abs(found.alongX) >= Math.abs(found.alongY);
  const direction = isAcross
    ? found.alongX > 0
      ? "from left to right"
      : "from right to left"
    : found.alongY > 0
      ? "downwards"
      : "upwards";
  return `Counts of one and the same class rise by ${(100 * found.size).toFixed(0)} % across the map, mostly ${direction}: a shadow, a tilted sample or a drifting beam. Soft lines may be absorbed differently across the map, and areas of faint classes lean to the bright side.`;
}

function shortAxis({ axis, conditions: { beamEnergyKev } }: StretchInput): string | undefined {
  const endKev = axis.offset + (axis.size - 1) * axis.scale;
  if (endKev >= EXCITED_SHARE * beamEnergyKev) return undefined;
  return `The energy axis ends at ${endKev.toFixed(1)} keV, where a beam of ${beamEnergyKev} keV still excites lines well: elements that show there alone are not seen.`;
}

function shiftedPeaks({ shape }: StretchInput): string | undefined {
  if (shape === undefined) return undefined;
  const shifts = CHECKED_KEV.map((energyKev) => 1000 * (energyKev * shape.gain + shape.shiftKev));
  const most = shifts.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  if (Math.abs(most) < MOST_SHIFT_EV) return undefined;
  return `Peaks lie up to ${Math.abs(most).toFixed(0)} eV ${most > 0 ? "above" : "below"} their energies. Fits follow them, windows of lines do not: put the step calibrate with method spectrum before the others.`;
}

function poorClasses({ identities, nameOf }: StretchInput): string | undefined {
  const poor = identities.filter(({ verdict }) => verdict === "too few counts").map(({ id }) => `“${nameOf(id)}”`);
  if (poor.length === 0) return undefined;
  return `${poor.join(", ")} ${poor.length === 1 ? "has" : "have"} too few counts in pure pixels for a name or a composition.`;
}
