import { z } from "zod";
import { partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { parseParameters } from "../parameters.js";
import { bayesianGaussianMixture } from "./bayesian-gaussian-mixture.js";
import type { Points } from "./clustering.js";
import { gaussianMixture } from "./gaussian-mixture.js";

const { covarianceType, nInit, initParams, tol, regCovar, maxIter } = gaussianMixture.parameters.shape;

const parameters = z.strictObject({
  mostComponents: z.int().min(1).max(100).default(20).meta({
    title: "Most components",
    description: "Mixtures of 1 to this many components are fitted and compared.",
    unit: "components",
  }),
  method: z.enum(["gaussian-mixture", "bayesian-gaussian-mixture"]).default("gaussian-mixture").meta({
    title: "Method",
    description:
      "gaussian-mixture: fitted for the largest likelihood, for which BIC is made; bayesian-gaussian-mixture: BIC of its density, as SIGMA takes it.",
  }),
  covarianceType,
  nInit,
  initParams,
  tol,
  regCovar,
  maxIter,
});

export interface BicCurve {
  /** One entry per number of components, from 1. */
  readonly points: readonly {
    readonly nComponents: number;
    readonly bic: number;
    readonly aic: number;
    readonly converged: boolean;
  }[];
  /** Number of components at which BIC is smallest; the smaller of equals. */
  readonly best: number;
  readonly findings: readonly Finding[];
}

/**
 * BIC and AIC of Gaussian mixtures of growing size on the same points and the same seed. On maps BIC tends to want more components than there are
 * phases, because mixed pixels at boundaries are not Gaussian: read it for where it stops falling steeply.
 */
export const bicCurve: Algorithm<typeof parameters, Points, BicCurve> = {
  id: "bic-curve",
  name: "Number of clusters by BIC",
  summary: "Fits Gaussian mixtures of 1, 2, 3 ... components and says how well each describes the points for its size.",
  reference: "Schwarz 1978, doi:10.1214/aos/1176344136",
  parameters,
  run: runBicCurve,
};

async function runBicCurve(
  input: Points,
  { mostComponents, method, ...mixture }: z.output<typeof parameters>,
  context: SeededContext,
): Promise<BicCurve> {
  const used = input.mask === undefined ? input.points.rows : input.mask.reduce((sum, inside) => sum + (inside === 0 ? 0 : 1), 0);
  const largest = Math.min(mostComponents, Math.max(1, used));
  const points: BicCurve["points"][number][] = [];
  let done = 0;
  for (let nComponents = 1; nComponents <= largest; nComponents++) {
    // The work of a mixture grows with its components.
    const share = (2 * nComponents) / (largest * (largest + 1));
    const part = partOf(context, done, Math.min(1, done + share));
    const { bic, aic, converged } =
      method === "gaussian-mixture"
        ? await gaussianMixture.run(input, { ...mixture, nComponents }, part)
        : await bayesianGaussianMixture.run(input, parseParameters(bayesianGaussianMixture, { ...mixture, nComponents }), part);
    points.push({ nComponents, bic, aic, converged });
    done = Math.min(1, done + share);
  }
  context.onProgress?.(1);
  const best = points.reduce((smallest, point) => (point.bic < smallest.bic ? point : smallest));
  return { points, best: best.nComponents, findings: findingsOf(points) };
}

function findingsOf(points: BicCurve["points"]): Finding[] {
  const open = points.filter(({ converged }) => !converged).map(({ nComponents }) => nComponents);
  if (open.length === 0) return [];
  const message = `Mixtures of ${open.join(", ")} components stopped before they settled; their BIC may be too large.`;
  return [{ severity: "warning", code: "not-converged", message }];
}
