/** One spectrum of a bulk sample from counts to a name: elements, composition with errors, and what it may be called. */
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import type { PhaseLibrary } from "../../xray/phases/phase-library.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import type { PeakShape } from "../line-fit/families.js";
import { measuredAmounts } from "../name-phases/measured-amounts.js";
import { namePhase, type PhaseName } from "../name-phases/name-phase.js";
import { type QuantifiedSpectrum, quantifyFit } from "../quantify/xpp/quantify-fit.js";
import { type Identification, identifyElements } from "./identify-elements.js";

export interface PhaseInput {
  /** Counts: float64 [axis.size]. */
  readonly spectrum: Float64Array;
  readonly axis: CalibratedEnergyAxis;
  readonly conditions: Conditions;
  readonly library: PhaseLibrary;
  /** Elements to begin with; others are found where the spectrum asks for them. */
  readonly candidates?: readonly string[] | undefined;
  readonly significance: number;
  /** Where the peaks lie, from a spectrum with more counts. */
  readonly shape?: PeakShape | undefined;
}

export interface IdentifiedPhase {
  readonly identification: Identification;
  readonly name: PhaseName;
  /** Standardless, oxygen by its own line where it has one; undefined where no element has counts. */
  readonly composition: QuantifiedSpectrum | undefined;
}

const elementsOfLibrary = new WeakMap<PhaseLibrary, readonly string[]>();

/** Throws as `fitSpectrum`: `DataCheckError` where the spectrum holds nothing in the range. */
export function identifyPhase({
  spectrum,
  axis,
  conditions,
  library,
  candidates,
  significance,
  shape,
}: PhaseInput): IdentifiedPhase {
  const identification = identifyElements(spectrum, axis, conditions, { candidates, significance, shape });
  const { fit, elements } = identification;
  const doubtful = elements.filter(({ from }) => from !== "sample").map(({ element }) => element);
  const amounts = measuredAmounts({ fit, axis, conditions, doubtful, absent: elementsIn(library) });
  const sure = elements.filter(({ from }) => from === "sample").map(({ element }) => element);
  const hasOxygen = sure.includes("O");
  return {
    identification,
    name: namePhase(amounts, library),
    composition:
      sure.length === 0 ? undefined : quantifyFit(fit, { conditions, elements: sure, oxygen: hasOxygen ? "measured" : "none" }),
  };
}

function elementsIn(library: PhaseLibrary): readonly string[] {
  const known = elementsOfLibrary.get(library);
  if (known !== undefined) return known;
  const found = [...new Set(library.phases.flatMap((phase) => Object.keys(phase.massFractions)))];
  elementsOfLibrary.set(library, found);
  return found;
}
