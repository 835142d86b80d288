/** Atoms per formula unit, as mineralogists write them. */
import { ParameterError } from "../../../errors.js";
import type { MassFractions } from "../../../xray/attenuation.js";
import { elementNamed } from "../../../xray/elements.js";

export interface FormulaBasis {
  /** `O` for a number of oxygens, `cations` for a number of all other atoms, or an element. */
  readonly of: "O" | "cations" | string;
  readonly count: number;
}

/** Atoms of each element per formula unit: `{ Mg: 1.8, Fe: 0.2, Si: 1, O: 4 }` for `{ of: "O", count: 4 }`. Throws {@link ParameterError} where there is none of the basis. */
export function atomsPerFormula(massFractions: MassFractions, { of, count }: FormulaBasis): Readonly<Record<string, number>> {
  const atoms = Object.entries(massFractions).map(
    ([symbol, value]) => [symbol, value / elementNamed(symbol).atomicWeight] as const,
  );
  const basis = atoms.reduce(
    (sum, [symbol, value]) => sum + (symbol === of || (of === "cations" && symbol !== "O") ? value : 0),
    0,
  );
  if (!(basis > 0)) {
    throw new ParameterError("The composition has nothing of what the formula is to be counted in.", {
      field: "formula basis",
      found: of,
      expected: `one of ${Object.keys(massFractions).join(", ")} or cations`,
    });
  }
  return Object.fromEntries(atoms.map(([symbol, value]) => [symbol, (value * count) / basis]));
}
