/** Which group of minerals a formula belongs to, for names that the table of groups does not have: by anion, then by what it binds. */
import { type Amounts, atomicFractions, parseFormula } from "../../xray/formula.js";
import type { MineralGroup } from "./mineral-groups.js";

type Rule = readonly [test: (atoms: Atoms) => boolean, group: MineralGroup];
/** Share of the atoms that these elements have together. */
type Atoms = (...symbols: string[]) => number;

const rareEarths = ["Sc", "Y", "La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Dy", "Er", "Yb", "Th"];
const chalcogens = ["S", "Se", "Te"];
const pnictogens = ["As", "Sb", "Bi"];
const halogens = ["F", "Cl", "Br", "I"];
const nonMetals = ["H", "C", "N", "O", "S", "Si", ...halogens];
const alkalis = ["Li", "Na", "K", "Cs", "N", "Ca", "Sr", "Ba"];
const mafic = ["Mg", "Fe", "Mn"];

/** The first that holds. A share of the atoms of 0.02 is one atom in a formula of 50. */
const withoutOxygen: readonly Rule[] = [
  [(of) => of("C") > 0.99, "carbon"],
  [(of) => of("Au") > 0.5, "gold"],
  [(of) => of(...halogens) > 0.1, "halide"],
  [(of) => of(...chalcogens) < 0.1 && of(...pnictogens) > 0.2 && of(...pnictogens) < 0.99, "arsenide and antimonide"],
  [(of) => of(...chalcogens) > 0.99 || of(...pnictogens) > 0.99, "other sulphide"],
  [(of) => of(...chalcogens) > 0.1 && of("Cu") > 0.15, "copper sulphide"],
  [(of) => of(...chalcogens) > 0.1 && of("Pb") > 0.1, "lead sulphide"],
  [(of) => of(...chalcogens) > 0.1 && of("Zn", "Cd", "Hg") > 0.3, "zinc sulphide"],
  [(of) => of(...chalcogens) > 0.1 && of("Fe", "Ni", "Co") > 0.2 && of(...pnictogens) < 0.1, "iron sulphide"],
  [(of) => of(...chalcogens) > 0.1 && of(...pnictogens) > 0.1, "arsenide and antimonide"],
  [(of) => of(...chalcogens) > 0.1, "other sulphide"],
  [(of) => of("C", "N", "B", "P") > 0.15, "carbide, nitride and their like"],
  [(of) => of("Si") > 0.2 && of("Si") < 0.99 && of("Al") < 0.5, "carbide, nitride and their like"],
  [() => true, "metal and alloy"],
];

const silicates: readonly Rule[] = [
  [(of) => of("U") > 0.02, "uranium"],
  [(of) => of(...rareEarths) > 0.03, "rare earths and thorium"],
  [(of) => of("Zr", "Hf") > 0.03, "zircon"],
  [(of) => isFramework(of) && of("H") > 0.05, "zeolite"],
  [(of) => isFramework(of), "feldspathoid"],
  [(of) => of("Al", "B") > 0.2 && of(...mafic, ...alkalis) < 0.02, "aluminium silicate"],
  [(of) => of("Ti") > 0.03, "titanite"],
  [(of) => of("H") > 0.02 && of("K") > 0.02 && of(...mafic, "Li") > 0.05, "biotite"],
  [(of) => of("H") > 0.02 && of("K") > 0.02, "white mica"],
  [(of) => of("H") > 0.02 && of("Ca") > 0.1, "epidote"],
  [(of) => of("H") > 0.02, "clay"],
  [(of) => of("Ca") > 0.15 && of("Al", ...mafic) < 0.05, "calcium silicate"],
  [(of) => of("O") < 3.2 * of("Si"), "clinopyroxene"],
  [(of) => of("Al") > 0.05, "garnet"],
  [() => true, "olivine"],
];

const otherOxygen: readonly Rule[] = [
  [(of) => of("C") > 0.03 && of("Ca") > 0.15 && of("Mg", ...rareEarths) < 0.03, "calcite"],
  [(of) => of("C") > 0.03 && of(...rareEarths) < 0.03 && of("Ca", "Na") > 0.05, "dolomite"],
  [(of) => of("U") > 0.02, "uranium"],
  [(of) => of(...rareEarths) > 0.03, "rare earths and thorium"],
  [(of) => of("C") > 0.03, "other carbonate"],
  [(of) => of("S") > 0.02, "sulphate"],
  [(of) => of("P", "As", "V") > 0.02 && of("O") > 2.4 * of("P", "As", "V"), "phosphate"],
  [(of) => of("B", "W", "Mo", "N") > 0.05, "borate, nitrate and tungstate"],
  [(of) => of(...halogens) > 0.095, "halide"],
  [(of) => of("H") > 0.15, "hydroxide"],
  [(of) => of("Zr", "Hf") > 0.15, "zircon"],
  [(of) => of("Ti") > 0.3 && of("O") > 0.6, "titanium oxide"],
  [(of) => of("Mn") > 0.2 && of("Ni", "Co", "Sr", "La") < 0.05, "manganese oxide"],
  [(of) => of("Fe") > 0.25, "magnetite"],
  [(of) => of("Cr", "Al") > 0.25 && of(...mafic, "Zn") > 0.1, "spinel"],
  [(of) => of("Al", "Mg", "Ca") > 0.35, "light oxide"],
  [() => true, "other oxide"],
];

/** Tetrahedra that share all corners, with alkalis or earths and almost no iron or magnesium; the oxygen of water left out. */
function isFramework(of: Atoms): boolean {
  const tetrahedra = of("Si", "Al", "B", "Be");
  return tetrahedra >= 0.47 * (of("O") - of("H") / 2) && of(...alkalis) > 0.01 && of(...mafic) < 0.05;
}

function isOrganic(of: Atoms): boolean {
  return of("C") > 0.15 && of("H", ...halogens) > 0.1 && of(...nonMetals) > 0.99;
}

/** Group of a formula or of amounts by element in any unit of atoms. Throws `ParameterError` for a formula that cannot be read. */
export function groupOfFormula(formula: string | Amounts): MineralGroup {
  const shares = atomicFractions(typeof formula === "string" ? parseFormula(formula) : formula);
  const of: Atoms = (...symbols) => symbols.reduce((sum, symbol) => sum + (shares[symbol] ?? 0), 0);
  if (isOrganic(of)) return "organic";
  const rules = of("O") < 0.05 ? withoutOxygen : of("Si") > 0.03 ? silicates : otherOxygen;
  return rules.find(([holds]) => holds(of))![1];
}
