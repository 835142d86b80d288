/** A fitted spectrum as a composition with three kinds of error, stated apart: counting, standards, model. */
import type { MassFractions } from "../../../xray/attenuation.js";
import type { Layer } from "../../../xray/detector.js";
import { elementNamed } from "../../../xray/elements.js";
import type { LineFamily } from "../../../xray/lines.js";
import { mainLine } from "../../../xray/lines.js";
import type { Valences } from "../../../xray/oxides.js";
import { oxideOf } from "../../../xray/oxides.js";
import type { Conditions } from "../../../xray/physics/expected-spectrum.js";
import type { FamilyCounts, SpectrumFit } from "../../line-fit/fit-spectrum.js";
import { compositionFrom, familyPhotons, type MeasuredFamily, type Sample } from "./matrix-correction.js";
import { modelError } from "./model-error.js";
import { logDerivatives, propagated } from "./propagate.js";
import { type Sensitivity, type Standard, sensitivityOf } from "./standard.js";

export interface QuantifyOptions {
  readonly conditions: Conditions;
  /** Elements to quantify. Default: those of the fit. */
  readonly elements?: readonly string[];
  readonly oxygen: Sample["oxygen"];
  readonly valences?: Valences | undefined;
  readonly coating?: Layer | undefined;
  /** Standards by element. Left out: standardless. */
  readonly standards?: Readonly<Record<string, Standard>> | undefined;
  /** Live time times beam current, in the unit of the standards' doses. Needed with standards. */
  readonly dose?: number | undefined;
}

export interface QuantifiedElement {
  readonly element: string;
  /** Undefined for oxygen by stoichiometry. */
  readonly family: LineFamily | undefined;
  /** Strongest line of the family, `Fe_Ka`. */
  readonly line: string | undefined;
  readonly counts: number;
  /** Counts over those of the standard at the same dose; undefined without. */
  readonly kRatio: number | undefined;
  readonly standard: string | undefined;
  /** As it comes out: with standards the fractions sum to the raw total, without to 1. */
  readonly massFraction: number;
  /** Standard errors of `massFraction` from counting, from the standards, from the model. */
  readonly countingError: number;
  readonly standardsError: number;
  readonly modelError: number;
  /** Sum 1. */
  readonly atomicFraction: number;
  /** Mass fraction as oxide, and which; undefined for oxygen. */
  readonly oxide: { readonly formula: string; readonly massFraction: number } | undefined;
  /** Mass fraction that would be seen in 95 of 100 cases (Currie 1968, doi:10.1021/ac60259a007). */
  readonly detectionLimit: number | undefined;
}

export interface QuantifiedSpectrum {
  /** `standards` only when every measured element has one. */
  readonly method: "standards" | "standardless";
  readonly elements: readonly QuantifiedElement[];
  /** Sum of the mass fractions before anything is normalised; 1 by construction where standardless. */
  readonly rawTotal: number;
  /** Of the mass fractions, counting alone: float64 [elements x elements], in the order of `elements`. */
  readonly covariance: Float64Array;
  /** Of the mass fractions, the model's and the standards' errors alone. */
  readonly modelCovariance: Float64Array;
}

/** Quantifies what was fitted. Throws `DataCheckError` when nothing has counts, or a standard lacks what it is named for. */
export function quantifyFit(fit: SpectrumFit, options: QuantifyOptions): QuantifiedSpectrum {
  const { conditions, standards } = options;
  const chosen = chosenFamilies(fit, options);
  const withStandards = standards !== undefined && chosen.every(({ element }) => standards[element] !== undefined);
  const sensitivities = chosen.map(({ element, family }) =>
    withStandards ? sensitivityOf(standards[element]!, element, family) : undefined,
  );
  const dose = options.dose ?? 1;
  const measured: MeasuredFamily[] = chosen.map(({ element, family, counts }, i) => ({
    element,
    family,
    counts: Math.max(counts, 1e-3),
    sensitivity: (sensitivities[i]?.value ?? 1) * dose,
  }));
  const { coating, oxygen, valences } = options;
  const sample: Sample = { conditions, coating, oxygen, valences, normalise: !withStandards };
  const composition = compositionFrom(measured, sample);
  const errors = errorsOf(fit, chosen, measured, sensitivities, sample, composition);
  return {
    method: withStandards ? "standards" : "standardless",
    elements: describe(chosen, measured, sensitivities, sample, composition, errors, dose),
    rawTotal: Object.values(composition).reduce((sum, value) => sum + value, 0),
    covariance: errors.counting,
    modelCovariance: errors.model.map((value, i) => value + errors.standards[i]!),
  };
}

/** One family per element: that of the line that is best excited. */
function chosenFamilies(fit: SpectrumFit, { conditions, elements, oxygen }: QuantifyOptions): FamilyCounts[] {
  const wanted = elements ?? [...new Set(fit.families.map(({ element }) => element))];
  return wanted
    .filter((element) => element !== "O" || oxygen === "measured")
    .flatMap((element): FamilyCounts | [] => {
      const family = mainLine(element, conditions.beamEnergyKev, [fit.fromKev, fit.toKev])?.family;
      return fit.families.find((one) => one.element === element && one.family === family) ?? [];
    });
}

interface Errors {
  readonly counting: Float64Array;
  readonly standards: Float64Array;
  readonly model: Float64Array;
}

function errorsOf(
  fit: SpectrumFit,
  chosen: readonly FamilyCounts[],
  measured: readonly MeasuredFamily[],
  sensitivities: readonly (Sensitivity | undefined)[],
  sample: Sample,
  composition: MassFractions,
): Errors {
  const n = chosen.length;
  const rows = Object.keys(composition).length;
  const jacobian = logDerivatives(measured, sample, composition);
  const places = chosen.map((family) => fit.families.indexOf(family));
  const all = fit.families.length;
  const counting = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      counting[a * n + b] = fit.covariance[places[a]! * all + places[b]!]! / (measured[a]!.counts * measured[b]!.counts);
    }
  }
  const diagonal = (relative: (i: number) => number) => {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) matrix[i * n + i] = relative(i) * relative(i);
    return propagated(jacobian, rows, matrix, n);
  };
  return {
    counting: propagated(jacobian, rows, counting, n),
    standards: diagonal((i) => sensitivities[i]?.relativeError ?? 0),
    model: diagonal((i) => modelError(chosen[i]!.line, sensitivities[i] !== undefined)),
  };
}

function describe(
  chosen: readonly FamilyCounts[],
  measured: readonly MeasuredFamily[],
  sensitivities: readonly (Sensitivity | undefined)[],
  sample: Sample,
  composition: MassFractions,
  errors: Errors,
  dose: number,
): QuantifiedElement[] {
  const entries = Object.entries(composition);
  const rows = entries.length;
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  const atoms = entries.map(([element, value]) => value / elementNamed(element).atomicWeight);
  const allAtoms = atoms.reduce((sum, value) => sum + value, 0);
  const whole = Object.fromEntries(entries.map(([element, value]) => [element, value / total]));
  const photons = familyPhotons(measured, whole, sample);
  return entries.map(([element, massFraction], row) => {
    const i = chosen.findIndex((family) => family.element === element);
    const family = chosen[i];
    const sensitivity = sensitivities[i];
    const error = (matrix: Float64Array) => Math.sqrt(Math.max(0, matrix[row * rows + row]!));
    const oxide = element === "O" ? undefined : oxideOf(element, sample.valences);
    return {
      element,
      family: family?.family,
      line: family?.line.name,
      counts: family?.counts ?? 0,
      kRatio: family === undefined || sensitivity === undefined ? undefined : family.counts / dose / sensitivity.countsPerDose,
      standard: sensitivity?.standard,
      massFraction,
      countingError: error(errors.counting),
      standardsError: error(errors.standards),
      modelError: error(errors.model),
      atomicFraction: atoms[row]! / allAtoms,
      oxide: oxide === undefined ? undefined : { formula: oxide.formula, massFraction: massFraction * oxide.factor },
      detectionLimit:
        family === undefined
          ? undefined
          : limitOf(family, massFraction, photons[i]! * measured[i]!.sensitivity, sample.normalise),
    };
  });
}

/** Currie's limit: 2.71 + 3.29 standard errors of the counts that an absent element would have, as a mass fraction. */
function limitOf({ counts, variance }: FamilyCounts, massFraction: number, modelled: number, isNormalised: boolean): number {
  const ofNothing = Math.max(variance - Math.max(0, counts), variance * 0.01, 0);
  const limit = 2.71 + 3.29 * Math.sqrt(ofNothing);
  const perFraction = isNormalised ? Math.max(counts, 1e-3) / massFraction : modelled / massFraction;
  return limit / perFraction;
}
