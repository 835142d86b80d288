/** Counts of a film to a composition: what the formulas of Cliff and Lorimer and of the zeta factors have in common. */
import { elementNamed } from "../../xray/elements.js";
import { lineNamed } from "../../xray/line-names.js";
import { type Composition, fractionsOf } from "./composition.js";
import type { FilmAbsorption } from "./film-absorption.js";

/** A line with what its counts are multiplied by. */
export interface LineFactor {
  /** `Fe_Ka` */
  readonly line: string;
  readonly factor: number;
  /** Standard error of the factor over itself. */
  readonly relativeError: number;
}

export interface FilmComposition extends Composition {
  /** Where the formula gives it, kg/m2, with its standard error. */
  readonly massThicknessKgM2?: number | undefined;
  readonly massThicknessError?: number | undefined;
  /** What the counts of each line were multiplied by for absorption. */
  readonly absorption: Float64Array;
}

/** Compositions of one set of lines; the same for every class and pixel. */
export interface FilmFormula {
  /** In the order of the lines. */
  readonly elements: readonly string[];
  /** Net counts of each line and their variance, to a composition; `electrons` that hit the place, where the formula asks for them. */
  composition(net: ArrayLike<number>, variance: ArrayLike<number>, electrons?: number): FilmComposition;
  /** Mass fraction of each element that would just be seen, by Currie (1968, doi:10.1021/ac60259a007). */
  detectionLimit(net: ArrayLike<number>, variance: ArrayLike<number>): Float64Array;
}

/** How the mass thickness comes about: given, g/cm2; or from the sum of factor x counts over the electrons, kg/m2; or there is no absorption. */
export interface FilmModel {
  readonly absorption?: FilmAbsorption | undefined;
  readonly massThicknessGcm2?: number | undefined;
  readonly fromElectrons: boolean;
}

const KG_M2_TO_G_CM2 = 0.1;
const CLOSE = 1e-7;
const MOST_ROUNDS = 100;

/**
 * C_i = f_i A_i I_i over the sum of all, f the factors, A the absorption, which depends on C and on the mass thickness and is repeated until nothing moves. Errors are those of
 * counting, and of the factors where they are given, to first order with A as it ends.
 */
export function filmFormula(
  factors: readonly LineFactor[],
  { absorption, massThicknessGcm2, fromElectrons }: FilmModel,
): FilmFormula {
  const elements = factors.map(({ line }) => lineNamed(line).element);
  const weights = elements.map((symbol) => elementNamed(symbol).atomicWeight);
  const n = factors.length;
  const weighed = (net: ArrayLike<number>, variance: ArrayLike<number>, absorbed: Float64Array, by: (i: number) => number) => {
    const amount = new Float64Array(n);
    const spread = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const { factor, relativeError } = factors[i]!;
      const whole = (factor * absorbed[i]!) / by(i);
      amount[i] = whole * net[i]!;
      spread[i] = whole * whole * variance[i]! + amount[i]! * amount[i]! * relativeError * relativeError;
    }
    return { amount, spread, ...fractionsOf(amount, spread) };
  };
  const thickness = (amount: Float64Array, electrons: number) =>
    fromElectrons ? amount.reduce((sum, value) => sum + Math.max(0, value), 0) / electrons : undefined;
  return {
    elements,
    composition(net, variance, electrons = Number.NaN) {
      let absorbed = new Float64Array(n).fill(1);
      let mass = weighed(net, variance, absorbed, () => 1);
      for (let round = 0; round < MOST_ROUNDS && absorption !== undefined; round++) {
        const found = thickness(mass.amount, electrons);
        const path = found === undefined ? massThicknessGcm2! : found * KG_M2_TO_G_CM2;
        if (!Number.isFinite(path) || Number.isNaN(mass.fraction[0]!)) break;
        const next = absorption.factors(mass.fraction, path);
        const change = next.reduce((most, value, i) => Math.max(most, Math.abs(value / absorbed[i]! - 1)), 0);
        absorbed = next as Float64Array<ArrayBuffer>;
        mass = weighed(net, variance, absorbed, () => 1);
        if (change < CLOSE) break;
      }
      const atomic = weighed(net, variance, absorbed, (i) => weights[i]!);
      const massThicknessKgM2 = thickness(mass.amount, electrons);
      return {
        massFraction: mass.fraction,
        massFractionError: mass.error,
        atomicFraction: atomic.fraction,
        atomicFractionError: atomic.error,
        absorption: absorbed,
        massThicknessKgM2,
        massThicknessError:
          massThicknessKgM2 === undefined ? undefined : Math.sqrt(mass.spread.reduce((sum, value) => sum + value, 0)) / electrons,
      };
    },
    detectionLimit(net, variance) {
      let total = 0;
      for (let i = 0; i < n; i++) total += factors[i]!.factor * Math.max(0, net[i]!);
      return Float64Array.from({ length: n }, (_, i) => {
        const background = Math.max(0, variance[i]! - Math.max(0, net[i]!));
        return (factors[i]!.factor * (2.71 + 3.29 * Math.sqrt(background))) / total;
      });
    },
  };
}
