/** Priors of a Bayesian Gaussian mixture: those given, the others from the points as scikit-learn takes them. */
import { matrix } from "../../kernels/matrix.js";
import { requireParameter } from "../parameters.js";
import type { MixturePriors, WeightPrior } from "./bayesian-posterior.js";
import type { UsedPoints } from "./clustering.js";
import { type CovarianceType, covarianceSize } from "./mixture-model.js";

export interface GivenPriors {
  readonly nComponents: number;
  readonly covarianceType: CovarianceType;
  readonly regCovar: number;
  readonly weightConcentrationPriorType: WeightPrior;
  readonly weightConcentrationPrior?: number | undefined;
  readonly meanPrecisionPrior: number;
  readonly meanPrior?: readonly number[] | undefined;
  readonly degreesOfFreedomPrior?: number | undefined;
  readonly covariancePrior?: readonly number[] | undefined;
}

/** Throws `ParameterError` for a prior of another size than the points, or too few degrees of freedom. */
export function priorsOf(used: UsedPoints, given: GivenPriors): MixturePriors {
  const d = used.dimensions;
  const mean = meanOf(used);
  const size = covarianceSize(given.covarianceType, d);
  const where = "bayesian-gaussian-mixture";
  const { meanPrior, covariancePrior, degreesOfFreedomPrior = d } = given;
  const meanSize = meanPrior?.length ?? d;
  requireParameter(meanSize === d, "meanPrior", "The prior mean has another number of dimensions than the points.", {
    where,
    found: meanSize,
    expected: `${d} values`,
  });
  const covarianceLength = covariancePrior?.length ?? size;
  requireParameter(covarianceLength === size, "covariancePrior", "The prior covariance does not fit the points.", {
    where,
    found: covarianceLength,
    expected: `${size} values`,
  });
  requireParameter(degreesOfFreedomPrior > d - 1, "degreesOfFreedomPrior", "There are too few degrees of freedom.", {
    where,
    found: degreesOfFreedomPrior,
    expected: `more than ${d - 1}`,
  });
  return {
    weightPrior: given.weightConcentrationPriorType,
    weightConcentration: given.weightConcentrationPrior ?? 1 / given.nComponents,
    meanPrecision: given.meanPrecisionPrior,
    mean: meanPrior === undefined ? mean : Float64Array.from(meanPrior),
    degreesOfFreedom: degreesOfFreedomPrior,
    covariance:
      covariancePrior === undefined
        ? spreadOf(used, mean, given.covarianceType, given.regCovar)
        : Float64Array.from(covariancePrior),
  };
}

function meanOf({ n, dimensions: d, data }: UsedPoints): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) mean[c]! += data[i * d + c]!;
  return mean.map((sum) => sum / n);
}

/** Covariance of all points (divided by n - 1) in the form of the type. A dimension in which all are alike gets `regCovar`, or its prior would be singular. */
function spreadOf(
  { n, dimensions: d, data }: UsedPoints,
  mean: Float64Array,
  type: CovarianceType,
  regCovar: number,
): Float64Array {
  const scatter = matrix(d, d).data;
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      const left = data[i * d + a]! - mean[a]!;
      for (let b = 0; b <= a; b++) scatter[a * d + b]! += left * (data[i * d + b]! - mean[b]!);
    }
  }
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      const value = scatter[a * d + b]! / Math.max(1, n - 1);
      scatter[a * d + b] = value;
      scatter[b * d + a] = value;
    }
  }
  const diagonal = Float64Array.from({ length: d }, (_, c) => scatter[c * d + c]!);
  if (type === "spherical") {
    const variance = diagonal.reduce((sum, value) => sum + value, 0) / d;
    return Float64Array.of(variance > 0 ? variance : regCovar);
  }
  if (type === "diag") return diagonal.map((variance) => (variance > 0 ? variance : regCovar));
  diagonal.forEach((variance, c) => {
    if (!(variance > 0)) scatter[c * d + c] = regCovar;
  });
  return scatter;
}
