/** Usual oxides: how much oxygen goes with an element whose oxygen is not measured. */
import { ParameterError } from "../errors.js";
import { elementNamed } from "./elements.js";

/** Usual valences in minerals; negative where the element takes oxygen's place. Fe as Fe2+, S as in sulphates. */
const USUAL = `H1 Li1 Be2 B3 C4 N5 F-1 Na1 Mg2 Al3 Si4 P5 S6 Cl-1 K1 Ca2 Sc3 Ti4 V5 Cr3 Mn2 Fe2 Co2 Ni2 Cu2 Zn2 Ga3 Ge4 As5 Se4 Br-1
Rb1 Sr2 Y3 Zr4 Nb5 Mo6 Ag1 Cd2 In3 Sn4 Sb3 Te4 I-1 Cs1 Ba2 La3 Ce3 Pr3 Nd3 Sm3 Eu3 Gd3 Tb3 Dy3 Ho3 Er3 Tm3 Yb3 Lu3 Hf4 Ta5 W6 Hg2 Tl1 Pb2
Bi3 Th4 U4`;

const usual: ReadonlyMap<string, number> = new Map(
  USUAL.split(/\s+/).map((entry) => {
    const [, symbol, valence] = /^([A-Z][a-z]?)(-?\d)$/.exec(entry)!;
    return [symbol!, Number(valence)];
  }),
);

/** Valences by element symbol that go before the usual ones, for example `{ Fe: 3 }`. */
export type Valences = Readonly<Record<string, number>>;

/** Valence of an element: as given, else as usual, else 0 (metals that form no common oxide). Throws `ParameterError` for an unknown symbol. */
function valenceOf(symbol: string, given: Valences = {}): number {
  return given[symbol] ?? usual.get(elementNamed(symbol).symbol) ?? 0;
}

/**
 * Mass of oxygen that goes with a mass fraction of each element: valence / 2 atoms per atom; elements of negative valence take oxygen away (as F
 * does in apatite). Never below 0.
 */
export function oxygenByStoichiometry(massFractions: Readonly<Record<string, number>>, valences: Valences = {}): number {
  const oxygen = elementNamed("O").atomicWeight;
  let sum = 0;
  for (const [symbol, fraction] of Object.entries(massFractions)) {
    if (symbol === "O") continue;
    sum += (fraction / elementNamed(symbol).atomicWeight) * (valenceOf(symbol, valences) / 2) * oxygen;
  }
  return Math.max(0, sum);
}

export interface Oxide {
  /** `Al2O3`; the element itself where its valence is not positive. */
  readonly formula: string;
  /** Mass of oxide over mass of the element. */
  readonly factor: number;
}

/** The oxide of an element. Throws {@link ParameterError} for oxygen, which has none. */
export function oxideOf(symbol: string, valences: Valences = {}): Oxide {
  if (symbol === "O") {
    throw new ParameterError("Oxygen has no oxide.", { field: "element", found: "O", expected: "another element" });
  }
  const valence = valenceOf(symbol, valences);
  if (valence <= 0) return { formula: symbol, factor: 1 };
  const [cations, oxygens] = valence % 2 === 0 ? [1, valence / 2] : [2, valence];
  const count = (n: number) => (n === 1 ? "" : String(n));
  const mass = (cations * elementNamed(symbol).atomicWeight + oxygens * elementNamed("O").atomicWeight) / cations;
  return { formula: `${symbol}${count(cations)}O${count(oxygens)}`, factor: mass / elementNamed(symbol).atomicWeight };
}
