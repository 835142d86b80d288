/**
 * A mixture of Gaussians: its parameters, the probability of points under it, and its re-estimation from responsibilities.
 * Bishop 2006, Pattern Recognition and Machine Learning, sections 9.2.2 and 9.3.
 */
import { DataCheckError } from "../../errors.js";
import { choleskyFactor, invertLower, logDeterminant } from "../../kernels/linear-algebra/cholesky.js";
import { log } from "../../kernels/math.js";
import { reorderedRows } from "./clustering.js";
import type { PreparedMixture } from "./mixture-pass/mixture-pass.js";

export const covarianceTypes = ["full", "tied", "diag", "spherical"] as const;

/**
 * `full`: each component has a covariance of its own. `tied`: one for all. `diag`: a variance per dimension. `spherical`: one variance.
 */
export type CovarianceType = (typeof covarianceTypes)[number];

export interface MixtureModel {
  readonly covarianceType: CovarianceType;
  readonly components: number;
  readonly dimensions: number;
  /** Float64 [components], sum 1. */
  readonly weights: Float64Array;
  /** Float64 [components x dimensions]. */
  readonly means: Float64Array;
  /** Row-major: full [k x d x d], tied [d x d], diag [k x d], spherical [k]. */
  readonly covariances: Float64Array;
}

const LOG_2PI = 1.8378770664093453;
/** Ten times the spacing of doubles at 1, as scikit-learn adds to the weight of a component. */
const TINY_WEIGHT = 10 * 2.220446049250313e-16;

/** Number of values per component that the covariances of a type take: d x d, d or 1. */
export function covarianceSize(type: CovarianceType, dimensions: number): number {
  if (type === "spherical") return 1;
  return type === "diag" ? dimensions : dimensions * dimensions;
}

/** Free parameters: of the covariances, the means and the weights but one. Used by BIC and AIC. */
export function freeParameters(type: CovarianceType, components: number, dimensions: number): number {
  const triangle = (dimensions * (dimensions + 1)) / 2;
  const covariance = { full: components * triangle, tied: triangle, diag: components * dimensions, spherical: components }[type];
  return covariance + components * dimensions + components - 1;
}

/** The same mixture with its components in another order. */
export function reorderedModel(model: MixtureModel, order: readonly number[]): MixtureModel {
  const { covarianceType, dimensions, covariances } = model;
  return {
    ...model,
    weights: reorderedRows(model.weights, 1, order).data,
    means: reorderedRows(model.means, dimensions, order).data,
    covariances:
      covarianceType === "tied"
        ? covariances
        : reorderedRows(covariances, covarianceSize(covarianceType, dimensions), order).data,
  };
}

/**
 * What points are measured by. `logWeights` [components] stand for the logarithms of the weights where a method weighs the components otherwise.
 * Throws {@link DataCheckError} when a covariance is not positive definite.
 */
export function preparedMixture(model: MixtureModel, logWeights: Float64Array = model.weights.map(log)): PreparedMixture {
  const { components, dimensions, means } = model;
  const isDiagonal = isDiagonalType(model.covarianceType);
  const { whitening, logDeterminants } = isDiagonal ? diagonalWhitening(model) : fullWhitening(model);
  const offsets = logWeights.map((logWeight, j) => logWeight - 0.5 * (dimensions * LOG_2PI + logDeterminants[j]!));
  return { components, dimensions, isDiagonal, means, whitening, offsets };
}

/** Whether components of a type have no axes but those of the coordinates. */
export function isDiagonalType(type: CovarianceType): boolean {
  return type === "diag" || type === "spherical";
}

/** Natural logarithm of the determinant of each component's covariance. Throws {@link DataCheckError} when one is not positive definite. */
export function logDeterminants(model: MixtureModel): Float64Array {
  return (isDiagonalType(model.covarianceType) ? diagonalWhitening(model) : fullWhitening(model)).logDeterminants;
}

interface Whitening {
  readonly whitening: Float64Array;
  /** Per component: natural logarithm of the determinant of its covariance. */
  readonly logDeterminants: Float64Array;
}

function diagonalWhitening({ covarianceType, components: k, dimensions: d, covariances }: MixtureModel): Whitening {
  const whitening = new Float64Array(k * d);
  const logDeterminants = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    let logDet = 0;
    for (let c = 0; c < d; c++) {
      const variance = covariances[covarianceType === "diag" ? j * d + c : j]!;
      if (!(variance > 0 && variance < Infinity)) throw notDefinite(j);
      whitening[j * d + c] = 1 / Math.sqrt(variance);
      logDet += log(variance);
    }
    logDeterminants[j] = logDet;
  }
  return { whitening, logDeterminants };
}

function fullWhitening({ covarianceType, components: k, dimensions: d, covariances }: MixtureModel): Whitening {
  const size = d * d;
  const whitening = new Float64Array(k * size);
  const logDeterminants = new Float64Array(k);
  const factor = new Float64Array(size);
  for (let j = 0; j < k; j++) {
    const from = covarianceType === "tied" ? 0 : j * size;
    if (!choleskyFactor(covariances.subarray(from, from + size), d, factor)) throw notDefinite(j);
    whitening.set(invertLower(factor, d), j * size);
    logDeterminants[j] = logDeterminant(factor, d);
  }
  return { whitening, logDeterminants };
}

function notDefinite(component: number): DataCheckError {
  return new DataCheckError("A component of the Gaussian mixture has collapsed: its covariance is not positive definite.", {
    where: `component ${component}`,
    remedy: "Use fewer components, raise regCovar, or look for constant or duplicated dimensions.",
  });
}

/** Gathers weighted moments of points around fixed origins, from which a new model is made. */
export interface Maximisation {
  /** Takes the point at `offset` of `data` with one weight per component. */
  add(data: Float64Array, offset: number, responsibilities: Float64Array): void;
  /** Takes the point at `offset` of `data` for one component, with weight 1. */
  addTo(component: number, data: Float64Array, offset: number): void;
  /** Takes the moments that a mixture pass gathered around the same origins. */
  addMoments(moments: Float64Array): void;
  /** The model that is most likely given the weights; `regCovar` is added to every variance. */
  model(regCovar: number): MixtureModel;
  /** Float64 [components]: sum of the weights that each component was given. */
  masses(): Float64Array;
}

/**
 * `origins` (k x d) should lie near the means, so that nothing is lost by subtraction: the means of the model before serve well.
 */
export function maximisation(
  covarianceType: CovarianceType,
  components: number,
  dimensions: number,
  origins: Float64Array,
): Maximisation {
  const k = components;
  const d = dimensions;
  const full = covarianceType === "full" || covarianceType === "tied";
  const size = full ? d * d : d;
  const mass = new Float64Array(k);
  const first = new Float64Array(k * d);
  const second = new Float64Array(k * size);
  const centred = new Float64Array(d);
  const addWeighed = (j: number, r: number, data: Float64Array, offset: number): void => {
    mass[j]! += r;
    for (let c = 0; c < d; c++) {
      const value = data[offset + c]! - origins[j * d + c]!;
      centred[c] = value;
      first[j * d + c]! += r * value;
      if (!full) second[j * d + c]! += r * value * value;
    }
    if (full) addOuter(second, j * size, centred, r);
  };
  return {
    add(data, offset, responsibilities) {
      for (let j = 0; j < k; j++) if (responsibilities[j] !== 0) addWeighed(j, responsibilities[j]!, data, offset);
    },
    addTo(component, data, offset) {
      addWeighed(component, 1, data, offset);
    },
    addMoments(moments) {
      let from = 0;
      const next = (): number => moments[from++]! + moments[from++]!;
      for (let j = 0; j < k; j++) {
        mass[j]! += next();
        for (let c = 0; c < d; c++) first[j * d + c]! += next();
        for (let a = 0; a < d; a++) {
          if (full) for (let b = 0; b <= a; b++) second[j * size + a * d + b]! += next();
          else second[j * size + a]! += next();
        }
      }
    },
    masses: () => mass.map((value) => value + TINY_WEIGHT),
    model(regCovar) {
      const weights = mass.map((value) => value + TINY_WEIGHT);
      const means = origins.map((origin, cell) => origin + first[cell]! / weights[Math.floor(cell / d)]!);
      const own = full ? fullCovariances(weights, first, second, d) : diagonalVariances(weights, first, second, d);
      const covariances = pooled(covarianceType, own, weights, k, d);
      const stride = covarianceType === "full" || covarianceType === "tied" ? d * d : 0;
      for (let i = 0; i < covariances.length; i++) if (stride === 0 || (i % stride) % (d + 1) === 0) covariances[i]! += regCovar;
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return {
        covarianceType,
        components,
        dimensions,
        weights: weights.map((w) => w / total),
        means,
        covariances,
      };
    },
  };
}

/** Adds the lower triangle of r v vᵀ. */
function addOuter(target: Float64Array, from: number, v: Float64Array, r: number): void {
  const d = v.length;
  for (let a = 0; a < d; a++) {
    const left = r * v[a]!;
    for (let b = 0; b <= a; b++) target[from + a * d + b]! += left * v[b]!;
  }
}

function fullCovariances(weights: Float64Array, first: Float64Array, second: Float64Array, d: number): Float64Array {
  const size = d * d;
  const out = new Float64Array(second.length);
  for (let j = 0; j < weights.length; j++) {
    const w = weights[j]!;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b <= a; b++) {
        const value = second[j * size + a * d + b]! / w - (first[j * d + a]! / w) * (first[j * d + b]! / w);
        out[j * size + a * d + b] = value;
        out[j * size + b * d + a] = value;
      }
    }
  }
  return out;
}

function diagonalVariances(weights: Float64Array, first: Float64Array, second: Float64Array, d: number): Float64Array {
  return second.map((value, cell) => {
    const w = weights[Math.floor(cell / d)]!;
    const shift = first[cell]! / w;
    return Math.max(0, value / w - shift * shift);
  });
}

/** Joins the covariances of the components where the type wants it. */
function pooled(type: CovarianceType, own: Float64Array, weights: Float64Array, k: number, d: number): Float64Array {
  if (type === "full" || type === "diag") return own;
  if (type === "spherical") {
    return Float64Array.from({ length: k }, (_, j) => {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += own[j * d + c]!;
      return sum / d;
    });
  }
  const size = d * d;
  const out = new Float64Array(size);
  let total = 0;
  for (let j = 0; j < k; j++) {
    total += weights[j]!;
    for (let i = 0; i < size; i++) out[i]! += weights[j]! * own[j * size + i]!;
  }
  return out.map((value) => value / total);
}
