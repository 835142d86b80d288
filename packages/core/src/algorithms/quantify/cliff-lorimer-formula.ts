import type { FilmAbsorption } from "./film-absorption.js";
import { type FilmFormula, filmFormula } from "./film-formula.js";

/** A line with its k-factor by mass, relative to a common reference. */
export interface KFactor {
  /** `Fe_Ka` */
  readonly line: string;
  readonly kFactor: number;
  /** Standard error of the k-factor over itself. */
  readonly relativeError: number;
}

/** A film of known thickness; its k-factors are those of a film without absorption. */
export interface FilmOfThickness {
  readonly absorption: FilmAbsorption;
  readonly massThicknessGcm2: number;
}

/**
 * C_a / C_b = k_ab I_a / I_b with all fractions summing to 1 (Cliff and Lorimer 1975, doi:10.1111/j.1365-2818.1975.tb03895.x), so C_i is k_i I_i over
 * the sum of all; with a thickness each I is multiplied by its absorption. Errors are those of counting, and of the k-factors where they are given, propagated to first
 * order. The detection limit is Currie's (1968, doi:10.1021/ac60259a007), 2.71 + 3.29 standard errors of the net counts of an element that is absent, with an error of 5 %
 * of both kinds.
 */
export function cliffLorimerFormula(kFactors: readonly KFactor[], film?: FilmOfThickness): FilmFormula {
  return filmFormula(
    kFactors.map(({ line, kFactor, relativeError }) => ({ line, factor: kFactor, relativeError })),
    { absorption: film?.absorption, massThicknessGcm2: film?.massThicknessGcm2, fromElectrons: false },
  );
}
