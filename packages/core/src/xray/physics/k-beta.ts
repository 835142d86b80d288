/** K beta of light elements: their valence shell is not full, and the tables' proportions, made for full shells, give too much of it. */
import { elementNamed } from "../elements.js";

/**
 * Kb over Ka as counted: P to Ar after the measurements collected by S. I. Salem, S. L. Panossian and R. A. Krause, At. Data Nucl. Data
 * Tables 14 (1974) 91, doi:10.1016/S0092-640X(74)80017-3; Mg, Al and Si from the standards MgO, Al, Si and SiO2 of this project's checks.
 */
const measured: Readonly<Record<number, number>> = { 12: 0.005, 13: 0.013, 14: 0.022, 15: 0.045, 16: 0.065, 17: 0.09, 18: 0.105 };

/** By how much bonds may change it, absolute. */
export const K_BETA_ERROR = 0.05;

/** Kb over Ka of an element of the third period, whose bonds decide it; `undefined` for others: there the tables are right. */
export function kBetaOverAlpha(symbol: string): number | undefined {
  return measured[elementNamed(symbol).number];
}
