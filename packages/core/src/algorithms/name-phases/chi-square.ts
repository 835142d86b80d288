/** Chi-square as a standard normal number. */
import { pow } from "../../kernels/math.js";

/**
 * How many standard errors a chi-square lies above what is expected of its degrees of freedom: the normal number with the same probability of being exceeded, by
 * E. B. Wilson and M. M. Hilferty, Proc. Natl. Acad. Sci. 17 (1931) 684, doi:10.1073/pnas.17.12.684. Error below 0.05 for values that matter.
 */
export function chiSquareExcess(chiSquare: number, degreesOfFreedom: number): number {
  const variance = 2 / (9 * degreesOfFreedom);
  return (pow(chiSquare / degreesOfFreedom, 1 / 3) - (1 - variance)) / Math.sqrt(variance);
}
