import { z } from "zod";
import { DataCheckError } from "../../errors.js";
import { log } from "../../kernels/math.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { Algorithm } from "../algorithm.js";
import { requireParameter } from "../parameters.js";
import { bestStart } from "./best-start.js";
import { type Clustering, orderBySize, type UsedPoints, usedPoints } from "./clustering.js";
import {
  covarianceTypes,
  freeParameters,
  isDiagonalType,
  type Maximisation,
  type MixtureModel,
  maximisation,
  preparedMixture,
  reorderedModel,
} from "./mixture-model.js";
import type { MixturePass } from "./mixture-pass/mixture-pass.js";
import type { MixtureSections } from "./mixture-pass/mixture-sections.js";
import { quickestPass } from "./mixture-pass/quickest-pass.js";
import { spreadAll } from "./mixture-pass/spread-all.js";
import { type MixtureInput, startParameters } from "./mixture-start.js";

const parameters = z.strictObject({
  nComponents: z.int().min(1).max(500).default(8).meta({
    title: "Number of components",
    description: "How many Gaussians, and so how many clusters, the points are described by.",
    unit: "components",
  }),
  covarianceType: z.enum(covarianceTypes).default("full").meta({
    title: "Shape of the components",
    description: "full: any ellipse each; tied: one ellipse for all; diag: ellipses along the axes; spherical: circles.",
  }),
  nInit: z.int().min(1).max(100).default(1).meta({
    title: "Number of starts",
    description: "How many times the fit starts anew; the most likely result is kept.",
    unit: "starts",
  }),
  initParams: startParameters.initParams,
  tol: z.number().min(0).max(1).default(1e-3).meta({
    title: "Tolerance",
    description: "The fit stops when the mean log-likelihood per point changes by less than this.",
    unit: "nats per point",
  }),
  regCovar: z.number().min(0).max(1e6).default(1e-6).meta({
    title: "Regularisation",
    description: "Added to every variance, so that no component shrinks to a single point.",
    unit: "squared units of the points",
  }),
  maxIter: z.int().min(1).max(10_000).default(100).meta({
    title: "Most iterations",
    description: "Iterations after which a fit stops even if it still improves.",
    unit: "iterations",
  }),
});

type Parameters = z.output<typeof parameters>;

/** Points, and labels to start from. */
export type GaussianMixtureInput = MixtureInput;

export interface GaussianMixtureClustering extends Clustering {
  /** Float32 [rows x components]: probability of each component given the point. Rows sum to 1; 0 where the mask leaves a point out. */
  readonly membership: Float32Array;
  /** Components in the order of the labels: falling weight. */
  readonly model: MixtureModel;
  /** Mean natural logarithm of the probability density per point. */
  readonly meanLogLikelihood: number;
  /** Bayesian information criterion: -2 ln L + p ln n. Smaller is better. */
  readonly bic: number;
  /** Akaike's information criterion: -2 ln L + 2 p. Smaller is better. */
  readonly aic: number;
}

/**
 * Fits by expectation and maximisation. Defaults, stopping rule, BIC and AIC are scikit-learn's (`GaussianMixture`). Ours differs in the order of the
 * components (by falling weight), in `k-means++` (each point starts with the nearest seed, not only the seeds themselves), in an
 * emptied component staying where it was, and in a component having no share in a point where it would be below 1e-20 of the likeliest one's.
 */
export const gaussianMixture: Algorithm<typeof parameters, GaussianMixtureInput, GaussianMixtureClustering> = {
  id: "gaussian-mixture",
  name: "Gaussian mixture",
  summary: "Describes the points by a given number of Gaussian clouds and gives each point its probability of belonging to each.",
  reference: "Dempster, Laird and Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x; Schwarz 1978, doi:10.1214/aos/1176344136",
  parameters,
  run: runGaussianMixture,
};

async function runGaussianMixture(
  input: GaussianMixtureInput,
  given: Parameters,
  context: SeededContext,
): Promise<GaussianMixtureClustering> {
  const used = usedPoints(input);
  requireParameter(given.nComponents <= used.n, "nComponents", "There are more components than points.", {
    where: "gaussian-mixture",
    found: given.nComponents,
    expected: `at most ${used.n}`,
  });
  const isDiagonal = isDiagonalType(given.covarianceType);
  const improvement = {
    method: "gaussian-mixture",
    improve: (first: Maximisation, sections: MixtureSections, part: SeededContext) =>
      improve(used, sections, first.model(given.regCovar), given, part),
    boundOf: ({ lowerBound }: Fit) => lowerBound,
  };
  const best = await bestStart(used, input, given, improvement, context);
  const pass = await quickestPass(used, given.nComponents, isDiagonal);
  const result = await describe(used, pass, input, best, given, partOf(context, 0.95, 1));
  context.onProgress?.(1);
  return result;
}

interface Fit {
  readonly model: MixtureModel;
  readonly lowerBound: number;
  readonly iterations: number;
  readonly converged: boolean;
}

async function improve(
  { n, dimensions }: UsedPoints,
  sections: MixtureSections,
  first: MixtureModel,
  given: Parameters,
  context: SeededContext,
): Promise<Fit> {
  const breath = breather(context);
  let model = first;
  let lowerBound = -Infinity;
  for (let iteration = 1; ; iteration++) {
    const step = maximisation(model.covarianceType, model.components, dimensions, model.means);
    const sum = await sections.see(preparedMixture(model), "density", (moments) => step.addMoments(moments));
    await breath();
    const change = sum / n - lowerBound;
    lowerBound = sum / n;
    model = step.model(given.regCovar);
    const converged = Math.abs(change) < given.tol;
    if (converged || iteration === given.maxIter) return { model, lowerBound, iterations: iteration, converged };
    context.onProgress?.(iteration / given.maxIter);
  }
}

async function describe(
  used: UsedPoints,
  pass: MixturePass,
  input: GaussianMixtureInput,
  { model: unordered, iterations, converged }: Fit,
  given: Parameters,
  context: SeededContext,
): Promise<GaussianMixtureClustering> {
  const { n, dimensions: d } = used;
  const k = unordered.components;
  const model = reorderedModel(unordered, orderBySize(unordered.weights));
  const { labels, membership, sum } = await spreadAll(used, pass(preparedMixture(model)), k, input.points.rows, context);
  if (!Number.isFinite(sum)) {
    throw new DataCheckError("The likelihood of the Gaussian mixture is not a number.", {
      where: "gaussian-mixture",
      remedy: "Scale the points: their values may be too large.",
    });
  }
  const p = freeParameters(model.covarianceType, k, d);
  return {
    labels,
    clusters: k,
    centres: { rows: k, columns: d, data: model.means },
    membership,
    model,
    meanLogLikelihood: sum / n,
    bic: -2 * sum + p * log(n),
    aic: -2 * sum + 2 * p,
    iterations,
    converged,
    findings: converged
      ? []
      : [
          {
            severity: "warning",
            code: "not-converged",
            message: `The Gaussian mixture stopped at its limit of ${given.maxIter} iterations before it settled.`,
          },
        ],
  };
}
