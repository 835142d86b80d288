import { z } from "zod";
import { DataCheckError } from "../../errors.js";
import { log } from "../../kernels/math.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { requireParameter } from "../parameters.js";
import {
  expectedLogWeights,
  lowerBound,
  type MixturePosterior,
  type MixturePriors,
  posteriorOf,
  weightPriors,
} from "./bayesian-posterior.js";
import { priorsOf } from "./bayesian-priors.js";
import { bestStart } from "./best-start.js";
import { type Clustering, labelsOfAll, orderBySize, reorderedRows, type UsedPoints, usedPoints } from "./clustering.js";
import { gaussianMixture } from "./gaussian-mixture.js";
import {
  freeParameters,
  isDiagonalType,
  type Maximisation,
  type MixtureModel,
  maximisation,
  preparedMixture,
  reorderedModel,
} from "./mixture-model.js";
import type { MixturePass, PreparedMixture } from "./mixture-pass/mixture-pass.js";
import type { MixtureSections } from "./mixture-pass/mixture-sections.js";
import { quickestPass } from "./mixture-pass/quickest-pass.js";
import { spreadAll } from "./mixture-pass/spread-all.js";
import type { MixtureInput } from "./mixture-start.js";

const { covarianceType, nInit, initParams, regCovar, maxIter } = gaussianMixture.parameters.shape;

const parameters = z.strictObject({
  nComponents: z.int().min(1).max(500).default(8).meta({
    title: "Most components",
    description: "The fit has so many Gaussians at hand and leaves those empty that it does not need.",
    unit: "components",
  }),
  covarianceType,
  weightConcentrationPriorType: z.enum(weightPriors).default("dirichlet-process").meta({
    title: "Prior of the weights",
    description:
      "dirichlet-process: few large components and a tail of small ones; dirichlet-distribution: no component is preferred to another.",
  }),
  weightConcentrationPrior: z.number().positive().max(1e9).optional().meta({
    title: "Concentration of the weights",
    description:
      "Small: the fit empties components readily; large: it spreads the points over all. Left open: 1 / most components.",
    unit: "pseudo-points",
  }),
  meanPrecisionPrior: z.number().positive().max(1e9).default(1).meta({
    title: "Weight of the prior mean",
    description: "Large: the means of the components are drawn towards the prior mean.",
    unit: "pseudo-points",
  }),
  meanPrior: z.array(z.number()).max(10_000).optional().meta({
    title: "Prior mean",
    description: "Where the means are expected, one value per dimension. Left open: the mean of the points.",
  }),
  degreesOfFreedomPrior: z.number().positive().max(1e9).optional().meta({
    title: "Degrees of freedom",
    description: "Weight of the prior covariance; more than the dimensions less one. Left open: the number of dimensions.",
    unit: "pseudo-points",
  }),
  covariancePrior: z.array(z.number()).max(1_000_000).optional().meta({
    title: "Prior covariance",
    description:
      "Spread that is expected of a component, as many values as one covariance of the chosen shape has, row by row. Left open: that of all points.",
  }),
  nInit,
  initParams,
  tol: z.number().min(0).max(1e6).default(1e-3).meta({
    title: "Tolerance",
    description: "The fit stops when the lower bound of the log evidence of all points together changes by less than this.",
    unit: "nats",
  }),
  regCovar,
  maxIter,
});

type Parameters = z.output<typeof parameters>;

export interface BayesianMixtureClustering extends Clustering {
  /** Float32 [rows x clusters]: probability of each cluster given the point. Rows sum to 1; 0 where the mask leaves a point out. */
  readonly membership: Float32Array;
  /** All components: those that became clusters in the order of the labels, then those that no point prefers. */
  readonly model: MixtureModel;
  /** Lower bound of the log evidence up to constants: scikit-learn's `lower_bound_`. */
  readonly lowerBound: number;
  /** Mean natural logarithm of the probability density per point, as scikit-learn's `score`. */
  readonly meanLogLikelihood: number;
  /** -2 ln L + p ln n with this density and all components, as SIGMA takes it; the lower bound is the proper measure of a Bayesian mixture. */
  readonly bic: number;
  /** -2 ln L + 2 p, likewise. */
  readonly aic: number;
}

/**
 * Fits by variational inference. Priors, their defaults, the stopping rule and the lower bound are scikit-learn's (`BayesianGaussianMixture`).
 * Ours differs in that components that no point prefers are no clusters, in the order of the clusters (by falling weight), in the start
 * `k-means++` (as in our Gaussian mixture), and in a dimension in which all points are alike, which is allowed.
 */
export const bayesianGaussianMixture: Algorithm<typeof parameters, MixtureInput, BayesianMixtureClustering> = {
  id: "bayesian-gaussian-mixture",
  name: "Bayesian Gaussian mixture",
  summary: "Describes the points by as many Gaussian clouds as they need, up to a given number.",
  reference: "Bishop 2006, Pattern Recognition and Machine Learning, section 10.2; Blei and Jordan 2006, doi:10.1214/06-BA104",
  parameters,
  run: runBayesianGaussianMixture,
};

async function runBayesianGaussianMixture(
  input: MixtureInput,
  given: Parameters,
  context: SeededContext,
): Promise<BayesianMixtureClustering> {
  const used = usedPoints(input);
  const { nComponents } = given;
  requireParameter(nComponents <= used.n, "nComponents", "There are more components than points.", {
    where: "bayesian-gaussian-mixture",
    found: nComponents,
    expected: `at most ${used.n}`,
  });
  const isDiagonal = isDiagonalType(given.covarianceType);
  const priors = priorsOf(used, given);
  const improvement = {
    method: "bayesian-gaussian-mixture",
    improve: (first: Maximisation, sections: MixtureSections, part: SeededContext) =>
      improve(used, sections, posteriorOf(first, priors, given.regCovar), priors, given, part),
    boundOf: ({ bound }: Fit) => bound,
  };
  const best = await bestStart(used, input, given, improvement, context);
  const pass = await quickestPass(used, nComponents, isDiagonal);
  const result = await describe(used, pass, input, best, given, partOf(context, 0.95, 1));
  context.onProgress?.(1);
  return result;
}

interface Fit {
  readonly posterior: MixturePosterior;
  readonly bound: number;
  readonly iterations: number;
  readonly converged: boolean;
}

async function improve(
  { dimensions }: UsedPoints,
  sections: MixtureSections,
  first: MixturePosterior,
  priors: MixturePriors,
  given: Parameters,
  context: SeededContext,
): Promise<Fit> {
  const breath = breather(context);
  let posterior = first;
  let bound = -Infinity;
  for (let iteration = 1; ; iteration++) {
    const { model } = posterior;
    const step = maximisation(model.covarianceType, model.components, dimensions, model.means);
    const entropy = await sections.see(preparedPosterior(posterior), "entropy", (moments) => step.addMoments(moments));
    await breath();
    posterior = posteriorOf(step, priors, given.regCovar);
    const next = lowerBound(posterior, entropy);
    const change = next - bound;
    bound = next;
    const converged = Math.abs(change) < given.tol;
    if (converged || iteration === given.maxIter) return { posterior, bound, iterations: iteration, converged };
    context.onProgress?.(iteration / given.maxIter);
  }
}

function preparedPosterior(posterior: MixturePosterior): PreparedMixture {
  return preparedMixture(posterior.model, expectedLogWeights(posterior));
}

async function describe(
  used: UsedPoints,
  pass: MixturePass,
  input: MixtureInput,
  { posterior, bound, iterations, converged }: Fit,
  given: Parameters,
  context: SeededContext,
): Promise<BayesianMixtureClustering> {
  const { n, dimensions: d } = used;
  const k = given.nComponents;
  const compact = { ...used, rows: undefined };
  const points = pass(preparedPosterior(posterior));
  const { labels: choice, membership: all, sum } = await spreadAll(compact, points, k, n, context);
  const chosen = new Float64Array(k);
  for (let i = 0; i < n; i++) chosen[choice[i]!]! += 1;
  if (!Number.isFinite(sum) || !Number.isFinite(bound)) {
    throw new DataCheckError("The likelihood of the Bayesian Gaussian mixture is not a number.", {
      where: "bayesian-gaussian-mixture",
      remedy: "Scale the points: their values may be too large.",
    });
  }
  const p = freeParameters(given.covarianceType, k, d);
  const byWeight = orderBySize(posterior.model.weights);
  const kept = byWeight.filter((j) => chosen[j]! > 0);
  const place = new Int32Array(k).fill(-1);
  kept.forEach((from, to) => {
    place[from] = to;
  });
  return {
    labels: labelsOfAll(
      used,
      choice.map((j) => place[j]!),
      input.points.rows,
    ),
    clusters: kept.length,
    centres: reorderedRows(posterior.model.means, d, kept),
    membership: membershipOfKept(used, all, k, kept, input.points.rows),
    model: reorderedModel(posterior.model, [...kept, ...byWeight.filter((j) => chosen[j] === 0)]),
    lowerBound: bound,
    meanLogLikelihood: sum / n,
    bic: -2 * sum + p * log(n),
    aic: -2 * sum + 2 * p,
    iterations,
    converged,
    findings: findingsOf(k, kept.length, converged, given.maxIter),
  };
}

/** Columns of the components that became clusters; what the others had is shared out, so that rows sum to 1. */
function membershipOfKept(used: UsedPoints, all: Float32Array, k: number, kept: readonly number[], rows: number): Float32Array {
  const membership = new Float32Array(rows * kept.length);
  for (let i = 0; i < used.n; i++) {
    const to = (used.rows === undefined ? i : used.rows[i]!) * kept.length;
    let sum = 0;
    for (const j of kept) sum += all[i * k + j]!;
    for (const [column, j] of kept.entries()) membership[to + column] = all[i * k + j]! / sum;
  }
  return membership;
}

function findingsOf(components: number, clusters: number, converged: boolean, maxIter: number): Finding[] {
  const findings: Finding[] = [];
  if (clusters < components) {
    const message = `The Bayesian Gaussian mixture needed ${clusters} of its ${components} components; the others are left empty.`;
    findings.push({ severity: "info", code: "components-left-empty", message });
  }
  if (!converged) {
    const message = `The Bayesian Gaussian mixture stopped at its limit of ${maxIter} iterations before it settled.`;
    findings.push({ severity: "warning", code: "not-converged", message });
  }
  return findings;
}
