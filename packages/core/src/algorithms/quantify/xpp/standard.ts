/** Standards: spectra of known composition, from which the counts per photon of the model follow. */
import { DataCheckError } from "../../../errors.js";
import type { MassFractions } from "../../../xray/attenuation.js";
import type { Layer } from "../../../xray/detector.js";
import type { LineFamily } from "../../../xray/lines.js";
import type { Conditions } from "../../../xray/physics/expected-spectrum.js";
import type { SpectrumFit } from "../../line-fit/fit-spectrum.js";
import { familyPhotons } from "./matrix-correction.js";

export interface Standard {
  readonly name: string;
  /** Mass fractions, sum 1. */
  readonly composition: MassFractions;
  readonly fit: SpectrumFit;
  readonly conditions: Conditions;
  /** Electrons that hit it, in any unit that the sample's dose has too: live time times beam current. */
  readonly dose: number;
  readonly coating?: Layer | undefined;
  /** Standard error of its mass fractions, relative. Default 0.005. */
  readonly relativeError?: number | undefined;
}

export interface Sensitivity {
  /** Name of the standard. */
  readonly standard: string;
  /** Counts per photon of the model and unit of dose. */
  readonly value: number;
  /** Relative standard error: counts of the standard and its composition. */
  readonly relativeError: number;
  /** Relative standard error of the standard's counts alone. */
  readonly countingError: number;
  /** Counts of the family from the standard per unit of dose: the k-ratio is over this. */
  readonly countsPerDose: number;
}

const USUAL_RELATIVE_ERROR = 0.005;

/**
 * Counts per photon of a family by a standard. Throws {@link DataCheckError} where the standard lacks the element, its line, or a dose above 0.
 */
export function sensitivityOf(standard: Standard, element: string, family: LineFamily): Sensitivity {
  const { name, composition, fit, conditions, coating, dose, relativeError = USUAL_RELATIVE_ERROR } = standard;
  const measured = fit.families.find((one) => one.element === element && one.family === family);
  const photons =
    composition[element] === undefined ? 0 : familyPhotons([{ element, family }], composition, { conditions, coating })[0]!;
  if (measured === undefined || !(measured.counts > 0) || !(photons > 0) || !(dose > 0)) {
    throw new DataCheckError(`The standard ${name} does not tell the intensity of ${element} ${family}.`, {
      where: name,
      expected: `a standard with ${element}, counts in its ${family} lines, live time and beam current`,
      remedy: `Name another standard for ${element}.`,
    });
  }
  const counting = measured.variance / (measured.counts * measured.counts);
  return {
    standard: name,
    value: measured.counts / (photons * dose),
    relativeError: Math.sqrt(counting + relativeError * relativeError),
    countingError: Math.sqrt(counting),
    countsPerDose: measured.counts / dose,
  };
}
