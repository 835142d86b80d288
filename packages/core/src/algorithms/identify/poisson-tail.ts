import { log } from "../../kernels/math.js";
import { logGamma } from "../../kernels/special-functions.js";

const SMALL = 1e-14;

/**
 * Natural logarithm of the probability that a Poisson number with the given mean (above 0) is `count` or more: the first term of the tail times the sum of the
 * ratios of the others to it. 0 for a count at or below the mean, where nothing is to be tested.
 */
export function logPoissonTail(count: number, mean: number): number {
  if (count <= mean) return 0;
  let ratio = 1;
  let sum = 1;
  for (let k = count + 1; ratio > SMALL * sum; k++) {
    ratio *= mean / k;
    sum += ratio;
  }
  return count * log(mean) - mean - logGamma(count + 1) + log(sum);
}
