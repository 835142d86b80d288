import { z } from "zod";
import { ParameterError } from "../../errors.js";
import { isElement } from "../elements.js";
import { massFractions, parseFormula } from "../formula.js";
import type { LibraryPhase } from "./phase-library.js";

/** A phase of the user's: a formula, or mass fractions that need not sum to 1. */
export const ownPhase = z
  .strictObject({
    name: z.string().min(1).meta({ title: "Name", description: "What the phase is called." }),
    formula: z.string().min(1).optional().meta({ title: "Formula", description: "Chemical formula, for example CaAl2Si2O8." }),
    massFractions: z
      .record(z.string().refine(isElement, "Not an element symbol"), z.number().min(0))
      .optional()
      .meta({ title: "Mass fractions", description: "Instead of a formula: element symbols with mass fractions or per cent." }),
    densityGcm3: z
      .number()
      .positive()
      .max(30)
      .optional()
      .meta({ title: "Density", description: "For weight per cent.", unit: "g/cm3" }),
    rarity: z.literal([1, 2, 3]).default(1).meta({ title: "Rarity", description: "1 expected here, 2 possible, 3 unlikely." }),
  })
  .refine(
    ({ formula, massFractions: given }) => (formula === undefined) !== (given === undefined),
    "Give a formula or mass fractions",
  );

export type OwnPhase = z.output<typeof ownPhase>;

/** A user's phases as the library has its own. Throws {@link ParameterError} for a formula that cannot be read or an empty composition. */
export function ownPhases(given: readonly OwnPhase[]): LibraryPhase[] {
  return given.map(({ name, formula, massFractions: fractions, densityGcm3, rarity }) => {
    const total = Object.values(fractions ?? {}).reduce((sum, value) => sum + value, 0);
    if (formula === undefined && !(total > 0)) {
      throw new ParameterError("A phase without composition cannot be recognised.", { where: name, field: "massFractions" });
    }
    const composition =
      formula === undefined
        ? Object.fromEntries(Object.entries(fractions ?? {}).map(([symbol, value]) => [symbol, value / total]))
        : massFractions(parseFormula(formula));
    return { name, formula, massFractions: composition, densityGcm3, rarity, kind: "own" as const };
  });
}
