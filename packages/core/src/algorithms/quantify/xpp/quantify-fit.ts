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
import { logDerivatives, propagated } from "./propagate.js";
import { sensitivitiesFor, type UsedSensitivity } from "./sensitivities.js";
import type { Standard } from "./standard.js";
import type { TiedElement } from "./unmeasured-elements.js";

export interface QuantifyOptions {
  readonly conditions: Conditions;
  /** Elements to quantify. Default: those of the fit. */
  readonly elements?: readonly string[];
  /** Families to use in place of the best excited one, by element. */
  readonly families?: Readonly<Record<string, LineFamily>> | undefined;
  readonly oxygen: Sample["oxygen"];
  readonly valences?: Valences | undefined;
  readonly tied?: readonly TiedElement[] | undefined;
  /** Element by difference to 1; needs standards and doses. */
  readonly difference?: string | undefined;
  readonly coating?: Layer | undefined;
  /** Standards by element. Left out: standardless. */
  readonly standards?: Readonly<Record<string, Standard>> | undefined;
  /** Live time times beam current, in the unit of the standards' doses. Without it the fractions are normalised even with standards. */
  readonly dose?: number | undefined;
}

export interface QuantifiedElement {
  readonly element: string;
  /** Undefined for what has no line of its own: by stoichiometry, tied, by difference. */
  readonly family: LineFamily | undefined;
  /** Strongest line of the family, `Fe_Ka`. */
  readonly line: string | undefined;
  readonly counts: number;
  /** Standard error of `counts`, overlaps and continuum in it. */
  readonly countsError: number;
  /** Counts over those of the standard at the same dose; undefined without standard or dose. */
  readonly kRatio: number | undefined;
  readonly kRatioError: number | undefined;
  readonly standard: string | undefined;
  /** Where the counts per photon come from; undefined for what has no line of its own. */
  readonly sensitivity: UsedSensitivity["from"] | undefined;
  /** As it comes out: with standards the fractions sum to the raw total, without to 1. */
  readonly massFraction: number;
  /** Standard errors of `massFraction` from counting, from the standards, from the model. */
  readonly countingError: number;
  readonly standardsError: number;
  readonly modelError: number;
  /** Sum 1. */
  readonly normalisedMassFraction: number;
  readonly atomicFraction: number;
  /** Mass fraction as oxide, and which; undefined for oxygen. */
  readonly oxide: { readonly formula: string; readonly massFraction: number } | undefined;
  /** Mass fraction that would be seen in 95 of 100 cases (Currie 1968, doi:10.1021/ac60259a007). */
  readonly detectionLimit: number | undefined;
  /** Mass fraction whose counts are three standard errors of those of an absent element: seen in half of the cases. */
  readonly detectionLimit3Sigma: number | undefined;
}

export interface QuantifiedSpectrum {
  /** `standards`: every measured element has one; `mixed`: some have; `standardless`: none. */
  readonly method: "standards" | "mixed" | "standardless";
  /** True where the fractions were made to sum to 1, so that `rawTotal` says nothing. */
  readonly normalised: boolean;
  readonly elements: readonly QuantifiedElement[];
  /** Sum of the mass fractions before anything is normalised; 1 by construction where `normalised`. */
  readonly rawTotal: number;
  /** Of the raw total, counting and standards together; 0 where `normalised`. */
  readonly rawTotalError: number;
  /** Of the mass fractions, counting alone: float64 [elements x elements], in the order of `elements`. */
  readonly covariance: Float64Array;
  /** Of the mass fractions, the model's and the standards' errors alone. */
  readonly modelCovariance: Float64Array;
}

/** Quantifies what was fitted. Throws `DataCheckError` when nothing has counts, or a standard lacks what it is named for. */
export function quantifyFit(fit: SpectrumFit, options: QuantifyOptions): QuantifiedSpectrum {
  const { conditions, standards } = options;
  const chosen = chosenFamilies(fit, options);
  const sensitivities = sensitivitiesFor(chosen, standards);
  const isStandardless = sensitivities.every(({ from }) => from === "none");
  const normalise = isStandardless || options.dose === undefined;
  const dose = options.dose ?? 1;
  const measured: MeasuredFamily[] = chosen.map(({ element, family, counts }, i) => ({
    element,
    family,
    counts: Math.max(counts, LEAST_COUNTS),
    sensitivity: sensitivities[i]!.value * dose,
  }));
  const { coating, oxygen, valences, tied, difference } = options;
  const sample: Sample = { conditions, coating, oxygen, valences, tied, difference, normalise };
  const composition = compositionFrom(measured, sample);
  const errors = errorsOf(fit, chosen, measured, sensitivities, sample, composition);
  const rows = Object.keys(composition).length;
  return {
    method: isStandardless ? "standardless" : sensitivities.every(({ from }) => from === "standard") ? "standards" : "mixed",
    normalised: normalise,
    elements: describe({ chosen, measured, sensitivities, sample, composition, errors, dose: options.dose }),
    rawTotal: Object.values(composition).reduce((sum, value) => sum + value, 0),
    rawTotalError: normalise ? 0 : Math.sqrt(Math.max(0, sumOf(errors.counting, rows) + sumOf(errors.standards, rows))),
    covariance: errors.counting,
    modelCovariance: errors.model.map((value, i) => value + errors.standards[i]!),
  };
}

/** Counts that stand for none. */
const LEAST_COUNTS = 1e-3;

function sumOf(matrix: Float64Array, rows: number): number {
  let sum = 0;
  for (let i = 0; i < rows * rows; i++) sum += matrix[i]!;
  return sum;
}

/** One family per element: that asked for, or that of the line that is best excited. */
function chosenFamilies(
  fit: SpectrumFit,
  { conditions, elements, families, oxygen, tied = [], difference }: QuantifyOptions,
): FamilyCounts[] {
  const wanted = elements ?? [...new Set(fit.families.map(({ element }) => element))];
  const unmeasured = [...tied.map(({ element }) => element), difference, oxygen === "measured" ? undefined : "O"];
  return wanted
    .filter((element) => !unmeasured.includes(element))
    .flatMap((element): FamilyCounts | [] => {
      const best = mainLine(element, conditions.beamEnergyKev, [fit.fromKev, fit.toKev])?.family;
      const family = families?.[element] ?? best;
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
  sensitivities: readonly UsedSensitivity[],
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
    standards: diagonal((i) => sensitivities[i]!.standardError),
    model: diagonal((i) => sensitivities[i]!.modelError),
  };
}

interface Described {
  readonly chosen: readonly FamilyCounts[];
  readonly measured: readonly MeasuredFamily[];
  readonly sensitivities: readonly UsedSensitivity[];
  readonly sample: Sample;
  readonly composition: MassFractions;
  readonly errors: Errors;
  readonly dose: number | undefined;
}

function describe({ chosen, measured, sensitivities, sample, composition, errors, dose }: Described): QuantifiedElement[] {
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
    const limits =
      family === undefined ? undefined : limitsOf(family, massFraction, photons[i]! * measured[i]!.sensitivity, sample.normalise);
    return {
      element,
      family: family?.family,
      line: family?.line.name,
      counts: family?.counts ?? 0,
      countsError: family === undefined ? 0 : Math.sqrt(Math.max(0, family.variance)),
      ...kRatioOf(family, sensitivity, dose),
      standard: sensitivity?.standard,
      sensitivity: sensitivity?.from,
      massFraction,
      countingError: error(errors.counting),
      standardsError: error(errors.standards),
      modelError: error(errors.model),
      normalisedMassFraction: massFraction / total,
      atomicFraction: atoms[row]! / allAtoms,
      oxide: oxide === undefined ? undefined : { formula: oxide.formula, massFraction: massFraction * oxide.factor },
      detectionLimit: limits?.currie,
      detectionLimit3Sigma: limits?.threeSigma,
    };
  });
}

/** Measured counts over those of the standard, dose for dose, with the counting errors of both (and the composition's of the standard left out). */
function kRatioOf(
  family: FamilyCounts | undefined,
  sensitivity: UsedSensitivity | undefined,
  dose: number | undefined,
): Pick<QuantifiedElement, "kRatio" | "kRatioError"> {
  const reference = sensitivity?.standardCountsPerDose;
  if (family === undefined || reference === undefined || dose === undefined) return { kRatio: undefined, kRatioError: undefined };
  const perCount = 1 / (dose * reference);
  const ofStandard = family.counts * (sensitivity?.standardCountingError ?? 0);
  return {
    kRatio: family.counts * perCount,
    kRatioError: perCount * Math.sqrt(Math.max(0, family.variance) + ofStandard * ofStandard),
  };
}

/** Counts that an absent element would scatter by, as mass fractions: Currie's limit, 2.71 + 3.29 standard errors, and three standard errors. */
function limitsOf({ counts, variance }: FamilyCounts, massFraction: number, modelled: number, isNormalised: boolean) {
  const scatter = Math.sqrt(Math.max(variance - Math.max(0, counts), variance * 0.01, 0));
  const perFraction = isNormalised ? Math.max(counts, LEAST_COUNTS) / massFraction : modelled / massFraction;
  return { currie: (2.71 + 3.29 * scatter) / perFraction, threeSigma: (3 * scatter) / perFraction };
}
