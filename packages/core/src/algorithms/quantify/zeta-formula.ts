import type { FilmAbsorption } from "./film-absorption.js";
import { type FilmFormula, filmFormula, type LineFactor } from "./film-formula.js";

/**
 * rho t = zeta_i I_i / (C_i D), D the electrons that hit the place, so with all fractions summing to 1: C_i = zeta_i I_i A_i over the sum of all, and
 * rho t = (sum of zeta_i I_i A_i) / D (M. Watanabe and D. B. Williams, J. Microscopy 221 (2006) 89, doi:10.1111/j.1365-2818.2006.01549.x). The absorption A follows from
 * composition and mass thickness, and both from it, until nothing moves.
 *
 * @param zetaFactors kg/m2 per photon and electron
 */
export function zetaFormula(zetaFactors: readonly LineFactor[], absorption: FilmAbsorption | undefined): FilmFormula {
  return filmFormula(zetaFactors, { absorption, fromElectrons: true });
}
