/** Elements without a line of their own: by stoichiometry, by ties to others, by difference. */
import type { MassFractions } from "../../../xray/attenuation.js";
import { elementNamed } from "../../../xray/elements.js";
import { oxygenByStoichiometry, type Valences } from "../../../xray/oxides.js";

/** So many atoms of an element go with each atom of others: carbon in carbonates is 1 per atom of Ca, Mg, Fe and Mn. */
export interface TiedElement {
  readonly element: string;
  readonly perAtomOf: readonly string[];
  readonly atoms: number;
}

export interface UnmeasuredRules {
  readonly oxygen: "measured" | "stoichiometry" | "none";
  readonly valences?: Valences | undefined;
  readonly tied?: readonly TiedElement[] | undefined;
  readonly difference?: string | undefined;
  readonly normalise: boolean;
}

/** What is left for an element by difference is never 0, for 0 would have no absorption to begin with. */
const LEAST = 1e-9;

/** The measured mass fractions with those that follow from them: tied elements, then oxygen, then the one by difference. They need not sum to 1. */
export function withUnmeasured(measured: MassFractions, rules: UnmeasuredRules): MassFractions {
  const found: Record<string, number> = { ...measured };
  for (const { element, perAtomOf, atoms } of rules.tied ?? []) {
    const moles = perAtomOf.reduce((sum, symbol) => sum + (found[symbol] ?? 0) / elementNamed(symbol).atomicWeight, 0);
    found[element] = atoms * moles * elementNamed(element).atomicWeight;
  }
  if (rules.oxygen === "stoichiometry") found["O"] = oxygenByStoichiometry(found, rules.valences);
  if (rules.difference !== undefined && !rules.normalise) {
    const rest = 1 - Object.values(found).reduce((sum, value) => sum + value, 0);
    found[rules.difference] = Math.max(LEAST, rest);
  }
  return found;
}
