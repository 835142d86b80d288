/** Phases of a user's that are given as spectra: what their spectra say they are made of. */
import { type Identification, identifyElements } from "../algorithms/identify/identify-elements.js";
import { quantifyFit } from "../algorithms/quantify/xpp/quantify-fit.js";
import { DataCheckError, ParameterError } from "../errors.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import type { OwnPhase } from "../xray/phases/own-phases.js";
import type { Conditions } from "../xray/physics/expected-spectrum.js";

/** By the entry of the recipe and the conditions: an edit asks for the same again. */
const known = new WeakMap<OwnPhase, { readonly conditions: string; readonly phase: OwnPhase }>();

/**
 * The phase with mass fractions in place of its spectrum, standardless, by the elements that the spectrum shows: the same physics and the same errors as those of the classes, so that a
 * phase is recognised by what it looks like here even where the model is wrong about both. Phases without a spectrum stay as they are. Throws {@link ParameterError} where the
 * spectrum shows no element.
 */
export function withComposition(phase: OwnPhase, conditions: Conditions): OwnPhase {
  if (phase.spectrum === undefined) return phase;
  const words = JSON.stringify(conditions);
  const found = known.get(phase);
  if (found?.conditions === words) return found.phase;
  const made = { ...phase, spectrum: undefined, massFractions: massFractionsOf(phase.name, phase.spectrum, conditions) };
  known.set(phase, { conditions: words, phase: made });
  return made;
}

function massFractionsOf(
  name: string,
  { energyOffsetKev, energyScaleKev, counts }: NonNullable<OwnPhase["spectrum"]>,
  conditions: Conditions,
): Record<string, number> {
  const axis: CalibratedEnergyAxis = {
    name: "energy",
    size: counts.length,
    offset: energyOffsetKev,
    scale: energyScaleKev,
    units: "keV",
  };
  const { elements, fit } = identified(name, Float64Array.from(counts), axis, conditions);
  const sure = elements.filter(({ from }) => from === "sample").map(({ element }) => element);
  if (sure.length === 0) throw showsNothing(name);
  const oxygen = sure.includes("O") ? "measured" : "none";
  const composition = quantifyFit(fit, { conditions, elements: sure, oxygen });
  return Object.fromEntries(composition.elements.map(({ element, massFraction }) => [element, massFraction]));
}

function identified(name: string, spectrum: Float64Array, axis: CalibratedEnergyAxis, conditions: Conditions): Identification {
  try {
    return identifyElements(spectrum, axis, conditions);
  } catch (error) {
    throw error instanceof DataCheckError ? showsNothing(name, error) : error;
  }
}

function showsNothing(name: string, cause?: DataCheckError): ParameterError {
  return new ParameterError(
    "The spectrum of a phase of your own shows no element.",
    {
      where: "identify",
      field: `ownPhases, ${name}`,
      expected: "a spectrum of counts with the lines of the phase, measured with the beam energy of the map",
      remedy: "Give more counts, or a formula.",
    },
    { cause },
  );
}
