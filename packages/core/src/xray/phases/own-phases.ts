import { z } from "zod";
import { ParameterError } from "../../errors.js";
import { isElement } from "../elements.js";
import { massFractions, parseFormula } from "../formula.js";
import type { LibraryPhase } from "./phase-library.js";

/** A phase of the user's: a formula, mass fractions that need not sum to 1, or a measured spectrum of it. */
export const ownPhase = z
  .strictObject({
    name: z.string().min(1).meta({ title: "Name", description: "What the phase is called." }),
    formula: z.string().min(1).optional().meta({ title: "Formula", description: "Chemical formula, for example CaAl2Si2O8." }),
    massFractions: z
      .record(z.string().refine(isElement, "Not an element symbol"), z.number().min(0))
      .optional()
      .meta({ title: "Mass fractions", description: "Instead of a formula: element symbols with mass fractions or per cent." }),
    spectrum: z
      .strictObject({
        energyOffsetKev: z.number(),
        energyScaleKev: z.number().positive(),
        counts: z.array(z.number().min(0)).min(1).max(65_536),
      })
      .optional()
      .meta({
        title: "Spectrum",
        description:
          "Instead of a composition: counts of a spectrum of the phase, measured with the beam energy and the detector of the map; energy at the middle of channel 0 and channel width in keV.",
      }),
    densityGcm3: z
      .number()
      .positive()
      .max(30)
      .optional()
      .meta({ title: "Density", description: "For weight per cent.", unit: "g/cm3" }),
    rarity: z.literal([1, 2, 3]).default(1).meta({ title: "Rarity", description: "1 expected here, 2 possible, 3 unlikely." }),
  })
  .refine(
    ({ formula, massFractions: given, spectrum }) => [formula, given, spectrum].filter((one) => one !== undefined).length === 1,
    "Give a formula, mass fractions or a spectrum",
  );

export type OwnPhase = z.output<typeof ownPhase>;

/** A user's phases as the library has its own; spectra must have become mass fractions before. Throws {@link ParameterError} for a formula that cannot be read or an empty composition. */
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
