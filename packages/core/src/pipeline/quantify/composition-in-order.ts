/** A quantified spectrum in the order of the elements of all classes, and as a formula. */
import type { Composition } from "../../algorithms/quantify/composition.js";
import { type FormulaBasis, formulaWithErrors } from "../../algorithms/quantify/xpp/mineral-formula.js";
import type { QuantifiedSpectrum } from "../../algorithms/quantify/xpp/quantify-fit.js";
import { elementNamed } from "../../xray/elements.js";
import { parseFormula } from "../../xray/formula.js";
import { phaseLibrary } from "../../xray/phases/phase-library.js";
import type { ClassIdentity } from "../identified-classes.js";
import type { BulkComposition } from "./bulk-quantification.js";

/** Fractions with the errors of counting and standards; NaN for elements that the class was not quantified for. */
export function compositionInOrder(
  { elements, covariance, modelCovariance: _ }: QuantifiedSpectrum,
  order: readonly string[],
): Composition {
  const n = order.length;
  const of = () => new Float64Array(n).fill(Number.NaN);
  const found = { massFraction: of(), massFractionError: of(), atomicFraction: of(), atomicFractionError: of() };
  const atomicErrors = errorsOfAtomicFractions(elements, covariance);
  order.forEach((symbol, k) => {
    const i = elements.findIndex(({ element }) => element === symbol);
    const one = elements[i];
    if (one === undefined) return;
    found.massFraction[k] = one.massFraction;
    found.massFractionError[k] = Math.sqrt(one.countingError * one.countingError + one.standardsError * one.standardsError);
    found.atomicFraction[k] = one.atomicFraction;
    found.atomicFractionError[k] = atomicErrors[i]!;
  });
  return found;
}

/** By a formula of one atom in all: the basis is every element. */
function errorsOfAtomicFractions(elements: QuantifiedSpectrum["elements"], covariance: Float64Array): Float64Array {
  const n = elements.length;
  const weights = elements.map(({ element }) => elementNamed(element).atomicWeight);
  const moles = elements.reduce((sum, { massFraction }, i) => sum + massFraction / weights[i]!, 0);
  return Float64Array.from(elements, ({ atomicFraction }, i) => {
    let variance = 0;
    const slope = (j: number) => ((i === j ? 1 : 0) - atomicFraction) / (moles * weights[j]!);
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) variance += slope(j) * slope(k) * covariance[j * n + k]!;
    return Math.sqrt(Math.max(0, variance));
  });
}

/** Atoms per formula unit on the basis given, or on the oxygens of the mineral that the class is named for; undefined where there is neither. */
export function formulaOfClass(
  { elements, covariance, modelCovariance }: QuantifiedSpectrum,
  given: FormulaBasis | undefined,
  identity: ClassIdentity | undefined,
): BulkComposition["formula"] {
  const basis = given ?? basisOfName(identity);
  const isThere = (of: string) =>
    elements.some(({ element, massFraction }) => massFraction > 0 && (element === of || (of === "cations" && element !== "O")));
  if (basis === undefined || !isThere(basis.of)) return undefined;
  const fractions = Object.fromEntries(elements.map(({ element, massFraction }) => [element, massFraction]));
  const counted = formulaWithErrors(fractions, covariance, basis);
  const modelled = formulaWithErrors(fractions, modelCovariance, basis);
  return {
    basis,
    atoms: counted.map(({ element, atoms, error }, i) => ({
      element,
      atoms,
      countingError: error,
      modelError: modelled[i]!.error,
    })),
  };
}

function basisOfName(identity: ClassIdentity | undefined): FormulaBasis | undefined {
  const best = identity?.shown[0];
  if (best === undefined || identity?.verdict === "mixture") return undefined;
  const member = best.members[0]?.name;
  const mineral = phaseLibrary().phases.find(({ name, kind }) => kind === "mineral" && (name === best.name || name === member));
  const oxygens = mineral?.formula === undefined ? undefined : parseFormula(mineral.formula)["O"];
  return oxygens === undefined ? undefined : { of: "O", count: oxygens };
}
