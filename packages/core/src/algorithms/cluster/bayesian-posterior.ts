/**
 * What is believed about a mixture of Gaussians after seeing points: a Gaussian-Wishart distribution for each component, and a Dirichlet
 * distribution or a stick-breaking process for the weights. Bishop 2006, Pattern Recognition and Machine Learning, section 10.2;
 * Blei and Jordan 2006, doi:10.1214/06-BA104.
 */
import { log } from "../../kernels/math.js";
import { digamma, logBeta, logGamma } from "../../kernels/special-functions.js";
import { type CovarianceType, logDeterminants, type Maximisation, type MixtureModel } from "./mixture-model.js";

export const weightPriors = ["dirichlet-process", "dirichlet-distribution"] as const;
export type WeightPrior = (typeof weightPriors)[number];

/** What is believed before. */
export interface MixturePriors {
  readonly weightPrior: WeightPrior;
  readonly weightConcentration: number;
  readonly meanPrecision: number;
  /** Float64 [dimensions]. */
  readonly mean: Float64Array;
  readonly degreesOfFreedom: number;
  /** One covariance, row-major: d x d for full and tied, d for diag, 1 for spherical. */
  readonly covariance: Float64Array;
}

export interface MixturePosterior {
  readonly weightPrior: WeightPrior;
  /** Expected weights, expected means, and the inverses of the expected precisions. */
  readonly model: MixtureModel;
  /** Float64 [components]: of the Dirichlet distribution, or the first parameter of each stick's beta distribution. */
  readonly concentration: Float64Array;
  /** Float64 [components]: second parameter of each stick's beta distribution; zeros for a Dirichlet distribution. */
  readonly rest: Float64Array;
  /** Float64 [components]. */
  readonly meanPrecision: Float64Array;
  /** Float64 [components]; the same for all when covariances are tied. */
  readonly degreesOfFreedom: Float64Array;
}

/** The posterior given weighted moments of the points: one maximisation of the lower bound over everything but the memberships. */
export function posteriorOf(step: Maximisation, priors: MixturePriors, regCovar: number): MixturePosterior {
  const masses = step.masses();
  const found = step.model(regCovar);
  const { covarianceType, components: k, dimensions: d } = found;
  const { concentration, rest } = concentrations(masses, priors);
  const meanPrecision = masses.map((mass) => priors.meanPrecision + mass);
  const shared = masses.reduce((sum, mass) => sum + mass, 0) / k;
  const degreesOfFreedom = masses.map((mass) => priors.degreesOfFreedom + (covarianceType === "tied" ? shared : mass));
  const means = found.means.map((mean, cell) => {
    const j = Math.floor(cell / d);
    return (priors.meanPrecision * priors.mean[cell % d]! + masses[j]! * mean) / meanPrecision[j]!;
  });
  const covariances = posteriorCovariances(found, masses, priors, meanPrecision, degreesOfFreedom);
  const weights = expectedWeights(priors.weightPrior, concentration, rest);
  const model: MixtureModel = { covarianceType, components: k, dimensions: d, weights, means, covariances };
  return { weightPrior: priors.weightPrior, model, concentration, rest, meanPrecision, degreesOfFreedom };
}

function concentrations(masses: Float64Array, { weightPrior, weightConcentration }: MixturePriors) {
  const rest = new Float64Array(masses.length);
  if (weightPrior === "dirichlet-distribution") return { concentration: masses.map((mass) => weightConcentration + mass), rest };
  let after = 0;
  for (let j = masses.length - 1; j >= 0; j--) {
    rest[j] = weightConcentration + after;
    after += masses[j]!;
  }
  return { concentration: masses.map((mass) => 1 + mass), rest };
}

function expectedWeights(weightPrior: WeightPrior, concentration: Float64Array, rest: Float64Array): Float64Array {
  let stick = 1;
  const weights = concentration.map((own, j) => {
    if (weightPrior === "dirichlet-distribution") return own;
    const weight = (own / (own + rest[j]!)) * stick;
    stick *= rest[j]! / (own + rest[j]!);
    return weight;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function posteriorCovariances(
  found: MixtureModel,
  masses: Float64Array,
  priors: MixturePriors,
  meanPrecision: Float64Array,
  degreesOfFreedom: Float64Array,
): Float64Array {
  const { covarianceType, components: k, dimensions: d, means, covariances } = found;
  const size = priors.covariance.length;
  const shift = (j: number, c: number) => means[j * d + c]! - priors.mean[c]!;
  const out = new Float64Array(covariances.length);
  const owners = covarianceType === "tied" ? 1 : k;
  for (let j = 0; j < owners; j++) {
    const mass = covarianceType === "tied" ? masses.reduce((sum, value) => sum + value, 0) / k : masses[j]!;
    for (let i = 0; i < size; i++) {
      const pull = pullOfPrior(covarianceType, j, i, d, shift, (l) => (priors.meanPrecision * masses[l]!) / meanPrecision[l]!, k);
      out[j * size + i] = (priors.covariance[i]! + mass * covariances[j * size + i]! + pull) / degreesOfFreedom[j]!;
    }
  }
  return out;
}

/** What the distance between the points' mean and the prior's adds to entry i of the scatter of component j. */
function pullOfPrior(
  type: CovarianceType,
  j: number,
  i: number,
  d: number,
  shift: (component: number, dimension: number) => number,
  factor: (component: number) => number,
  components: number,
): number {
  if (type === "diag") return factor(j) * shift(j, i) * shift(j, i);
  if (type === "spherical") {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += shift(j, c) * shift(j, c);
    return (factor(j) * sum) / d;
  }
  const [row, column] = [Math.floor(i / d), i % d];
  if (type === "full") return factor(j) * shift(j, row) * shift(j, column);
  let sum = 0;
  for (let l = 0; l < components; l++) sum += factor(l) * shift(l, row) * shift(l, column);
  return sum / components;
}

/** Expected logarithms that stand for ln weight - ln density offsets in the memberships: Bishop 2006, equations 10.64 to 10.66. */
export function expectedLogWeights({
  weightPrior,
  model,
  concentration,
  rest,
  meanPrecision,
  degreesOfFreedom,
}: MixturePosterior): Float64Array {
  const d = model.dimensions;
  const total = digamma(concentration.reduce((sum, own) => sum + own, 0));
  let sticks = 0;
  return concentration.map((own, j) => {
    let logWeight = digamma(own) - total;
    if (weightPrior === "dirichlet-process") {
      const both = digamma(own + rest[j]!);
      logWeight = digamma(own) - both + sticks;
      sticks += digamma(rest[j]!) - both;
    }
    let logLambda = d * Math.LN2;
    for (let c = 0; c < d; c++) logLambda += digamma(0.5 * (degreesOfFreedom[j]! - c));
    return logWeight + 0.5 * (logLambda - d / meanPrecision[j]!) - 0.5 * d * log(degreesOfFreedom[j]!);
  });
}

/** Lower bound of the log evidence up to constants, scikit-learn's `lower_bound_`. `entropy` is that of the memberships, summed over points. */
export function lowerBound(posterior: MixturePosterior, entropy: number): number {
  const { model, meanPrecision, degreesOfFreedom } = posterior;
  const d = model.dimensions;
  const logDet = logDeterminants(model);
  let bound = entropy - logNormOfWeights(posterior);
  for (let j = 0; j < model.components; j++) {
    const freedom = degreesOfFreedom[j]!;
    let logWishart = -0.5 * freedom * (logDet[j]! + d * log(freedom)) + freedom * d * 0.5 * Math.LN2;
    for (let c = 0; c < d; c++) logWishart += logGamma(0.5 * (freedom - c));
    bound += logWishart - 0.5 * d * log(meanPrecision[j]!);
  }
  return bound;
}

function logNormOfWeights({ weightPrior, concentration, rest }: MixturePosterior): number {
  let sum = 0;
  if (weightPrior === "dirichlet-process") {
    for (let j = 0; j < concentration.length; j++) sum -= logBeta(concentration[j]!, rest[j]!);
    return sum;
  }
  for (let j = 0; j < concentration.length; j++) sum -= logGamma(concentration[j]!);
  return sum + logGamma(concentration.reduce((total, own) => total + own, 0));
}
