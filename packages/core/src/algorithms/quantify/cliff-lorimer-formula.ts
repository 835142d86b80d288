import { elementNamed } from "../../xray/elements.js";
import { lineNamed } from "../../xray/line-names.js";
import { type Composition, fractionsOf } from "./composition.js";

/** A line with its k-factor by mass, relative to a common reference. */
export interface KFactor {
  /** `Fe_Ka` */
  readonly line: string;
  readonly kFactor: number;
  /** Standard error of the k-factor over itself. */
  readonly relativeError: number;
}

/** Compositions of one set of lines; the same for every class and pixel. */
export interface CliffLorimerFormula {
  /** In the order of the lines. */
  readonly elements: readonly string[];
  /** Net counts of each line and their variance, to a composition. */
  composition(net: ArrayLike<number>, variance: ArrayLike<number>): Composition;
  /** Mass fraction of each element that would just be seen, see {@link cliffLorimerFormula}. */
  detectionLimit(net: ArrayLike<number>, variance: ArrayLike<number>): Float64Array;
}

/**
 * C_a / C_b = k_ab I_a / I_b with all fractions summing to 1 (Cliff and Lorimer 1975, doi:10.1111/j.1365-2818.1975.tb03895.x), so C_i is k_i I_i over
 * the sum of all. Errors are those of counting, and of the k-factors where they are given, propagated to first order. The detection limit is Currie's
 * (1968, doi:10.1021/ac60259a007), 2.71 + 3.29 standard errors of the net counts of an element that is absent, with an error of 5 % of both kinds.
 */
export function cliffLorimerFormula(kFactors: readonly KFactor[]): CliffLorimerFormula {
  const elements = kFactors.map(({ line }) => lineNamed(line).element);
  const weights = elements.map((symbol) => elementNamed(symbol).atomicWeight);
  const n = kFactors.length;
  const amount = new Float64Array(n);
  const spread = new Float64Array(n);
  const weigh = (net: ArrayLike<number>, variance: ArrayLike<number>, by: (i: number) => number) => {
    for (let i = 0; i < n; i++) {
      const { kFactor, relativeError } = kFactors[i]!;
      const factor = kFactor / by(i);
      amount[i] = factor * net[i]!;
      spread[i] = factor * factor * variance[i]! + amount[i]! * amount[i]! * relativeError * relativeError;
    }
    return fractionsOf(amount, spread);
  };
  return {
    elements,
    composition(net, variance) {
      const mass = weigh(net, variance, () => 1);
      const atomic = weigh(net, variance, (i) => weights[i]!);
      return {
        massFraction: mass.fraction,
        massFractionError: mass.error,
        atomicFraction: atomic.fraction,
        atomicFractionError: atomic.error,
      };
    },
    detectionLimit(net, variance) {
      let total = 0;
      for (let i = 0; i < n; i++) total += kFactors[i]!.kFactor * Math.max(0, net[i]!);
      return Float64Array.from({ length: n }, (_, i) => {
        const background = Math.max(0, variance[i]! - Math.max(0, net[i]!));
        return (kFactors[i]!.kFactor * (2.71 + 3.29 * Math.sqrt(background))) / total;
      });
    },
  };
}
