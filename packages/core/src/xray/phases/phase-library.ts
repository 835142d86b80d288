/**
 * What a phase may be called: minerals and made materials by formula and density. Compositions are computed from the formulas when the library is
 * first asked for, never written down. Formulas and densities follow the usual handbooks (Anthony, Bideaux, Bladh and Nichols, Handbook of
 * Mineralogy; Deer, Howie and Zussman 2013, doi:10.1180/DHZ), idealised to end members.
 */
import { ParameterError } from "../../errors.js";
import { type Amounts, massFractions, parseFormula } from "../formula.js";
import { materialRows } from "./materials.js";
import { oxideAndSaltRows } from "./oxides-and-salts.js";
import { silicateRows } from "./silicates.js";
import { solidSolutionRows } from "./solid-solutions.js";
import { sulphideAndMetalRows } from "./sulphides-and-metals.js";

export interface LibraryPhase {
  readonly name: string;
  /** As written, for example `CaMg(CO3)2`; undefined for a phase that was given as a composition. */
  readonly formula: string | undefined;
  /** Sum 1. */
  readonly massFractions: Amounts;
  readonly densityGcm3: number | undefined;
  /** 1: forms rocks, or is in every workshop; 2: usual somewhere; 3: rare. */
  readonly rarity: 1 | 2 | 3;
  readonly kind: "mineral" | "material" | "own";
}

/** Phases that mix in any proportion. */
export interface SolidSolution {
  readonly name: string;
  /** At least two. */
  readonly members: readonly LibraryPhase[];
}

export interface PhaseLibrary {
  /** In the order in which equals are listed: common ones first within a table. */
  readonly phases: readonly LibraryPhase[];
  readonly solidSolutions: readonly SolidSolution[];
}

let built: PhaseLibrary | undefined;

/** The library that comes with the program. */
export function phaseLibrary(): PhaseLibrary {
  built ??= build();
  return built;
}

/** The library with a user's own phases before its own. */
export function withOwnPhases(library: PhaseLibrary, own: readonly LibraryPhase[]): PhaseLibrary {
  return { ...library, phases: [...own, ...library.phases] };
}

/** The phase of a name. Throws {@link ParameterError} where there is none. */
export function phaseNamed(name: string, library: PhaseLibrary = phaseLibrary()): LibraryPhase {
  const found = library.phases.find((phase) => phase.name === name);
  if (found !== undefined) return found;
  throw new ParameterError("The library has no phase of this name.", { field: "phase", found: JSON.stringify(name) });
}

function build(): PhaseLibrary {
  const minerals = [silicateRows, oxideAndSaltRows, sulphideAndMetalRows].flatMap((rows) => parsed(rows, "mineral"));
  const phases = [...minerals, ...parsed(materialRows, "material")];
  const library = { phases, solidSolutions: [] };
  const solidSolutions = solidSolutionRows
    .trim()
    .split("\n")
    .map((row) => {
      const [name, ...members] = row.split(";") as [string, ...string[]];
      return { name, members: members.map((member) => phaseNamed(member, library)) };
    });
  return { phases, solidSolutions };
}

function parsed(rows: string, kind: LibraryPhase["kind"]): LibraryPhase[] {
  return rows
    .trim()
    .split("\n")
    .map((row) => {
      const [name, formula, density, rarity] = row.split(";") as [string, string, string, string];
      return {
        name,
        formula,
        massFractions: massFractions(parseFormula(formula)),
        densityGcm3: Number(density),
        rarity: Number(rarity) as LibraryPhase["rarity"],
        kind,
      };
    });
}
