/** Atoms per formula unit, as mineralogists write them. */
import { ParameterError } from "../../../errors.js";
import type { MassFractions } from "../../../xray/attenuation.js";
import { elementNamed } from "../../../xray/elements.js";

export interface FormulaBasis {
  /** `O` for a number of oxygens, `cations` for a number of all other atoms, or an element. */
  readonly of: "O" | "cations" | string;
  readonly count: number;
}

/** Atoms of one element per formula unit with its standard error. */
export interface FormulaAtoms {
  readonly element: string;
  readonly atoms: number;
  readonly error: number;
}

/** Atoms of each element per formula unit: `{ Mg: 1.8, Fe: 0.2, Si: 1, O: 4 }` for `{ of: "O", count: 4 }`. Throws {@link ParameterError} where there is none of the basis. */
export function atomsPerFormula(massFractions: MassFractions, { of, count }: FormulaBasis): Readonly<Record<string, number>> {
  const atoms = molesOf(massFractions);
  const basis = atoms.reduce((sum, [symbol, value]) => sum + (isInBasis(symbol, of) ? value : 0), 0);
  if (!(basis > 0)) {
    throw new ParameterError("The composition has nothing of what the formula is to be counted in.", {
      field: "formula basis",
      found: of,
      expected: `one of ${Object.keys(massFractions).join(", ")} or cations`,
    });
  }
  return Object.fromEntries(atoms.map(([symbol, value]) => [symbol, (value * count) / basis]));
}

/**
 * The same with standard errors, to first order: with n_i = count m_i / M, M the moles of the basis, d n_i = (count delta_ij - n_i [j in basis]) / (M A_j) d C_j.
 *
 * @param covariance of the mass fractions, in the order of their keys: float64 [elements x elements]
 */
export function formulaWithErrors(massFractions: MassFractions, covariance: Float64Array, basis: FormulaBasis): FormulaAtoms[] {
  const atoms = atomsPerFormula(massFractions, basis);
  const symbols = Object.keys(massFractions);
  const weights = symbols.map((symbol) => elementNamed(symbol).atomicWeight);
  const moles = molesOf(massFractions).reduce((sum, [symbol, value]) => sum + (isInBasis(symbol, basis.of) ? value : 0), 0);
  return symbols.map((element, i) => {
    const slope = symbols.map((symbol, j) => {
      const own = i === j ? basis.count : 0;
      return (own - (isInBasis(symbol, basis.of) ? atoms[element]! : 0)) / (moles * weights[j]!);
    });
    let variance = 0;
    slope.forEach((a, j) => {
      slope.forEach((b, k) => {
        variance += a * b * covariance[j * symbols.length + k]!;
      });
    });
    return { element, atoms: atoms[element]!, error: Math.sqrt(Math.max(0, variance)) };
  });
}

function molesOf(massFractions: MassFractions): (readonly [symbol: string, moles: number])[] {
  return Object.entries(massFractions).map(([symbol, value]) => [symbol, value / elementNamed(symbol).atomicWeight] as const);
}

function isInBasis(symbol: string, of: string): boolean {
  return symbol === of || (of === "cations" && symbol !== "O");
}
