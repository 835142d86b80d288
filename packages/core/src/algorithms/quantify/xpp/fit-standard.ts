/** A spectrum of known composition as a standard. */
import type { CalibratedEnergyAxis } from "../../../spectrum-image/axis.js";
import type { MassFractions } from "../../../xray/attenuation.js";
import type { Layer } from "../../../xray/detector.js";
import type { Conditions } from "../../../xray/physics/expected-spectrum.js";
import { fitForAreas } from "./fit-for-areas.js";
import type { Standard } from "./standard.js";

export interface StandardSpectrum {
  readonly name: string;
  /** Counts: float64 [axis.size]. */
  readonly spectrum: Float64Array;
  readonly axis: CalibratedEnergyAxis;
  readonly conditions: Conditions;
  /** Mass fractions, sum 1. */
  readonly composition: MassFractions;
  /** Live time times beam current, in the unit of the sample's; 1 where it is not known. */
  readonly dose: number;
  readonly coating?: Layer | undefined;
  readonly relativeError?: number | undefined;
}

/** Every surface that has been in a vacuum chamber shows some. */
const CONTAMINATION = "C";

/** The line families of a standard, those of its coating and of carbon from contamination beside them. Throws as `fitSpectrum`. */
export function fitStandard({ spectrum, axis, ...facts }: StandardSpectrum): Standard {
  const elements = [
    ...new Set([...Object.keys(facts.composition), ...Object.keys(facts.coating?.massFractions ?? {}), CONTAMINATION]),
  ];
  return { ...facts, fit: fitForAreas(spectrum, axis, facts.conditions, elements) };
}
