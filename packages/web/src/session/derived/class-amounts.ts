/** How much of what: mass, atomic and oxide per cent and formulas of each class, with errors of counting and of the model stated apart. */
import { atomsPerFormula, type BulkComposition, formatFixed, type QuantifiedElement } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export type AmountUnit = "mass" | "atomic" | "oxide" | "formula";

/** Atoms are counted for so many oxygens, or for so many of all other atoms. */
export interface FormulaBasis {
  readonly of: "O" | "cations";
  readonly count: number;
}

export interface Amount {
  /** `Fe`, `FeO` */
  readonly label: string;
  /** Per cent; atoms in a formula. */
  readonly value: number;
  /** Half 95 % intervals of counting, of the standards and of the model, apart; undefined where not known, and of standards where there are none. */
  readonly counting95: number | undefined;
  readonly standards95: number | undefined;
  readonly model95: number | undefined;
  /** Per cent by mass that would be seen in 95 of 100 cases; in mass per cent alone. */
  readonly limit: number | undefined;
}

export interface ClassAmounts {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  /** One sentence: by which method, from what. */
  readonly method: string;
  readonly amounts: readonly Amount[];
  /** Sum of the values, per cent; undefined in a formula. */
  readonly total: number | undefined;
  /** Half 95 % interval of the sum where it was measured, with standards; undefined where it is 100 % by construction. */
  readonly rawTotal95: number | undefined;
  /** How each element was measured against its standard. */
  readonly measured: readonly MeasuredElement[];
  /** Why there is nothing, in the words of the core. */
  readonly reason: string | undefined;
}

/** An element's counts beside those of its standard at the same dose. */
export interface MeasuredElement {
  readonly element: string;
  readonly line: string;
  readonly counts: number;
  readonly countsError: number;
  readonly kRatio: number | undefined;
  readonly kRatioError: number | undefined;
  readonly standard: string | undefined;
}

/** Standard errors in half a 95 % interval. */
export const Z95 = 1.96;
/** Id of all pixels together, where a file has no classes. */
const ALL_PIXELS = -1;

interface Quantified {
  readonly method: string;
  readonly elements: readonly QuantifiedElement[];
  readonly reason: string | undefined;
  /** Standard error of the raw total; undefined where the fractions were made to sum to 1. */
  readonly rawTotalError?: number | undefined;
}

interface Subject {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
}

/** The classes; or all pixels, where they were quantified without any: of single spectra. */
export function quantifiedSubjects({ classes, quantification }: AnalysisSnapshot): readonly Subject[] {
  if (classes.length > 0) return classes;
  const isWhole = quantification?.classes.some(({ id }) => id === ALL_PIXELS) === true;
  return isWhole ? [{ id: ALL_PIXELS, name: "All pixels", colour: "#8e9195" }] : [];
}

/** Amounts of each class, in the order of the classes: of the step quantify where it was run, else of the identification. */
export function classAmounts(analysis: AnalysisSnapshot, unit: AmountUnit, basis: FormulaBasis): ClassAmounts[] {
  return quantifiedSubjects(analysis).map(({ id, name, colour }) => {
    const thin = thinAmounts(analysis, id, unit);
    if (thin !== undefined) return { id, name, colour, ...thin };
    const { method, elements, reason, rawTotalError } = quantifiedOf(analysis, id);
    const amounts = unit === "formula" ? inFormula(elements, basis) : elements.flatMap((one) => amountOf(one, unit));
    const total = unit === "formula" || amounts.length === 0 ? undefined : amounts.reduce((sum, { value }) => sum + value, 0);
    return {
      id,
      name,
      colour,
      method,
      amounts,
      total,
      rawTotal95: unit === "mass" && rawTotalError !== undefined ? 100 * Z95 * rawTotalError : undefined,
      measured: elements.flatMap(measuredOf),
      reason: amounts.length > 0 ? undefined : elements.length === 0 ? reason : noBasis(unit, basis),
    };
  });
}

function quantifiedOf({ quantification, identities }: AnalysisSnapshot, id: number): Quantified {
  if (quantification?.method === "xpp") {
    const found = quantification.classes.find((one) => one.id === id);
    const { quantified } = found ?? {};
    if (quantified === undefined)
      return { method: "XPP", elements: [], reason: found?.reason ?? "This class was not quantified." };
    const oxygen = { measured: "oxygen measured", stoichiometry: "oxygen by stoichiometry", none: "without oxygen" }[
      quantified.oxygen
    ];
    const rawTotalError = quantified.normalised ? undefined : quantified.rawTotalError;
    return {
      method: `XPP, ${oxygen}. ${howMeasured(quantified)}.`,
      elements: quantified.elements,
      reason: undefined,
      rawTotalError,
    };
  }
  const identity = identities?.find((one) => one.id === id);
  return {
    method: "Standardless, from the identification: normalised to 100 %, oxygen by its own line.",
    elements: identity?.composition?.elements ?? [],
    reason: identity === undefined ? "This class has not been identified yet." : identity.sentence,
  };
}

/** Standardless is always called so, in whole or in part; a total says something only where it was measured. */
function howMeasured({ method, normalised, rawTotal, elements }: BulkComposition): string {
  const total = normalised ? "normalised to 100 %" : `raw total ${formatFixed(100 * rawTotal, 1)} %`;
  if (method === "standardless") return `Standardless: ${total}`;
  if (method === "standards") return `With standards, ${total}`;
  const without = elements.filter(({ sensitivity, line }) => line !== undefined && sensitivity !== "standard");
  return `Standardless for ${without.map(({ element }) => element).join(", ")}, the others with standards, ${total}`;
}

function measuredOf({ element, line, counts, countsError, kRatio, kRatioError, standard }: QuantifiedElement): MeasuredElement[] {
  return line === undefined ? [] : [{ element, line, counts, countsError, kRatio, kRatioError, standard }];
}

function amountOf(one: QuantifiedElement, unit: "mass" | "atomic" | "oxide"): Amount[] {
  const { element, massFraction, atomicFraction, oxide, detectionLimit } = one;
  if (unit === "oxide" && oxide === undefined) return [];
  const value = { mass: massFraction, atomic: atomicFraction, oxide: oxide?.massFraction ?? 0 }[unit];
  const scale = massFraction > 0 ? (100 * value) / massFraction : 0;
  const isMass = unit === "mass" && detectionLimit !== undefined;
  return [
    {
      label: unit === "oxide" ? (oxide?.formula ?? element) : element,
      value: 100 * value,
      counting95: Z95 * scale * one.countingError,
      standards95: one.standardsError > 0 ? Z95 * scale * one.standardsError : undefined,
      model95: Z95 * scale * one.modelError,
      limit: isMass ? 100 * detectionLimit : undefined,
    },
  ];
}

/** Atoms per formula unit; the errors of the element and of what is counted by are taken to be independent. */
function inFormula(elements: readonly QuantifiedElement[], basis: FormulaBasis): Amount[] {
  const isInBasis = (element: string): boolean => (basis.of === "O" ? element === "O" : element !== "O");
  if (!elements.some(({ element, massFraction }) => isInBasis(element) && massFraction > 0)) return [];
  const atoms = atomsPerFormula(Object.fromEntries(elements.map(({ element, massFraction }) => [element, massFraction])), basis);
  const oxygen = elements.find(({ element }) => element === "O");
  return elements.map((one) => {
    const value = atoms[one.element] ?? 0;
    const reference = basis.of === "O" && one.element !== "O" ? oxygen : undefined;
    const error = (of: (element: QuantifiedElement) => number): number =>
      Z95 * value * combined(relative(of(one), one), reference === undefined ? 0 : relative(of(reference), reference));
    const isFixed = basis.of === "O" && one.element === "O";
    return {
      label: one.element,
      value,
      counting95: isFixed ? 0 : error(({ countingError }) => countingError),
      standards95: elements.some(({ standardsError }) => standardsError > 0)
        ? isFixed
          ? 0
          : error(({ standardsError }) => standardsError)
        : undefined,
      model95: isFixed ? 0 : error(({ modelError }) => modelError),
      limit: undefined,
    };
  });
}

function relative(error: number, { massFraction }: QuantifiedElement): number {
  return massFraction > 0 ? error / massFraction : 0;
}

function combined(a: number, b: number): number {
  return Math.sqrt(a * a + b * b);
}

function noBasis(unit: AmountUnit, { of }: FormulaBasis): string | undefined {
  return unit === "formula" ? `Nothing to count by: the class has no ${of === "O" ? "oxygen" : "atoms but oxygen"}.` : undefined;
}

const unknownErrors = { standards95: undefined, model95: undefined, limit: undefined };

/** Thin samples: fractions with errors of counting; no oxides and no model. */
function thinAmounts(
  { quantification }: AnalysisSnapshot,
  id: number,
  unit: AmountUnit,
): Omit<ClassAmounts, "id" | "name" | "colour"> | undefined {
  if (quantification === undefined || quantification.method === "xpp") return undefined;
  const method = `${quantification.method === "cliff-lorimer" ? "Cliff and Lorimer's k-factors" : "Zeta factors"}, thin sample.`;
  const nothing = { method, amounts: [], total: undefined, rawTotal95: undefined, measured: [] };
  const found = quantification.classes.find((one) => one.id === id)?.composition;
  if (found === undefined) return { ...nothing, reason: "This class was not quantified." };
  if (unit === "oxide" || unit === "formula")
    return { ...nothing, reason: "Of thin samples mass and atomic per cent are known here." };
  const [values, errors] =
    unit === "mass" ? [found.massFraction, found.massFractionError] : [found.atomicFraction, found.atomicFractionError];
  const amounts = quantification.elements.flatMap((element, i): Amount[] =>
    Number.isFinite(values[i])
      ? [{ ...unknownErrors, label: element, value: 100 * values[i]!, counting95: 100 * Z95 * errors[i]! }]
      : [],
  );
  return { ...nothing, amounts, total: amounts.reduce((sum, { value }) => sum + value, 0), reason: undefined };
}
