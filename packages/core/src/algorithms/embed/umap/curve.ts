/**
 * The similarity of two points in the picture, as a function of their distance x: 1 / (1 + a x^(2b)). The pair (a, b) is fitted by least
 * squares to the curve that a user has in mind: 1 up to `minDist`, then exp(-(x - minDist) / spread)
 * (McInnes, Healy and Melville 2018, arXiv:1802.03426, section 3.2; 300 points from 0 to 3 x spread as umap-learn has them).
 */
import { NotConvergedError } from "../../../errors.js";
import { exp, log, pow } from "../../../kernels/math.js";

export interface SimilarityCurve {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;
const MOST_ITERATIONS = 500;
const SETTLED = 1e-12;

/** Fits the curve by the method of Levenberg (1944) and Marquardt (1963, doi:10.1137/0111030), from a = b = 1. Distances in units of the picture. */
export function fitSimilarityCurve(minDist: number, spread: number): SimilarityCurve {
  const x = Float64Array.from({ length: SAMPLES }, (_, i) => (3 * spread * i) / (SAMPLES - 1));
  const target = x.map((value) => (value < minDist ? 1 : exp(-(value - minDist) / spread)));
  let curve: SimilarityCurve = { a: 1, b: 1 };
  let error = sumOfSquares(curve, x, target);
  let damping = 1e-3;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const step = dampedStep(curve, x, target, damping);
    const next = { a: curve.a + step.a, b: curve.b + step.b };
    const nextError = next.a > 0 && next.b > 0 ? sumOfSquares(next, x, target) : Infinity;
    const settled = Math.abs(step.a) <= SETTLED * curve.a && Math.abs(step.b) <= SETTLED * curve.b;
    if (nextError <= error) {
      curve = next;
      error = nextError;
      damping /= 10;
    } else {
      damping *= 10;
    }
    if (settled) return curve;
  }
  throw new NotConvergedError("The curve of similarity did not settle.", {
    where: "umap",
    found: `minDist ${minDist}, spread ${spread}`,
    remedy: "Choose a smallest distance that is well below the spread.",
  });
}

function sumOfSquares({ a, b }: SimilarityCurve, x: Float64Array, target: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const residual = 1 / (1 + a * pow(x[i]!, 2 * b)) - target[i]!;
    sum += residual * residual;
  }
  return sum;
}

/** Solves (JᵀJ + damping diag(JᵀJ)) step = -Jᵀr for the two unknowns. */
function dampedStep({ a, b }: SimilarityCurve, x: Float64Array, target: Float64Array, damping: number): SimilarityCurve {
  let aa = 0;
  let ab = 0;
  let bb = 0;
  let ra = 0;
  let rb = 0;
  for (let i = 0; i < x.length; i++) {
    const power = pow(x[i]!, 2 * b);
    const value = 1 / (1 + a * power);
    const byA = -power * value * value;
    const byB = x[i] === 0 ? 0 : 2 * a * log(x[i]!) * byA;
    const residual = value - target[i]!;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra += byA * residual;
    rb += byB * residual;
  }
  const dampedA = aa * (1 + damping);
  const dampedB = bb * (1 + damping);
  const determinant = dampedA * dampedB - ab * ab;
  return { a: (ab * rb - dampedB * ra) / determinant, b: (ab * ra - dampedA * rb) / determinant };
}
