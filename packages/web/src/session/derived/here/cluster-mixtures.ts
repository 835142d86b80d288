import { countOf, formatCount, formatNumber } from "@sigma-eds/core";
import {
  besideSpread,
  type Clustered,
  clustersFound,
  dimensionsOf,
  gaveWords,
  meanSizeWords,
  onWords,
} from "./cluster-ground.js";
import { chooseWords, startsWords } from "./cluster-runs.js";
import { pixelsOf } from "./ground.js";
import { iterationsWords } from "./iterations.js";
import type { MethodEntry, Tellers } from "./teller.js";

type Shape = "full" | "tied" | "diag" | "spherical";

const starts = {
  kmeans: "From a k-means clustering",
  "k-means++": "From points far apart, each the start of 1 component",
  random: "From random memberships",
} as const;

/** Numbers of one covariance, and how many covariances there are. */
export function covariancesWords(shape: Shape, components: number | "auto", ground: Clustered): string {
  const d = dimensionsOf(ground);
  const each = { full: (d * (d + 1)) / 2, tied: (d * (d + 1)) / 2, diag: d, spherical: 1 }[shape];
  const of = shape === "tied" ? "for all components together" : "for each component";
  const all = components === "auto" || shape === "tied" ? "" : `, ${formatCount(each * components)} in all`;
  return `${countOf(each, "number")} ${of}${all}, from ${countOf(pixelsOf(ground.basis), "point")} in ${countOf(d, "dimension")}.`;
}

function regularWords(value: number, ground: Clustered): string {
  return `A component is never narrower than ${besideSpread(Math.sqrt(value), ground)}`;
}

export const gaussianMixture: Tellers<MethodEntry<"cluster", "gaussian-mixture">> = {
  nComponents: (value, ground) =>
    value === "auto"
      ? `Chosen from ${formatCount(ground.entry.choose.fewest)} to ${formatCount(ground.entry.choose.most)}.${gaveWords(ground)}`
      : meanSizeWords(value, ground),
  covarianceType: (value, ground) => covariancesWords(value, ground.entry.nComponents, ground),
  nInit: (value, ground) => startsWords(value, ground),
  initParams: (value, { recipe }) => `${starts[value]}; seed ${formatCount(recipe.seed)} decides.`,
  tol: (value, { basis }) =>
    `${formatNumber(value * pixelsOf(basis))} nats over all ${countOf(pixelsOf(basis), "point")} together.`,
  regCovar: regularWords,
  maxIter: (value, ground) => iterationsWords(value, ground),
  on: onWords,
  choose: (value, ground) => chooseWords(value, ground.entry.nComponents === "auto", ground),
};

export const bayesianGaussianMixture: Tellers<MethodEntry<"cluster", "bayesian-gaussian-mixture">> = {
  nComponents(value, ground) {
    const found = clustersFound(ground);
    return found === undefined ? meanSizeWords(value, ground) : `${formatCount(found)} of ${formatCount(value)} hold points.`;
  },
  covarianceType: (value, ground) => covariancesWords(value, ground.entry.nComponents, ground),
  weightConcentrationPriorType: (value, { entry }) =>
    value === "dirichlet-process"
      ? `The first of ${countOf(entry.nComponents, "component")} is expected to be the largest.`
      : `Each of ${countOf(entry.nComponents, "component")} is expected to hold ${formatNumber(1 / entry.nComponents)} of the points.`,
  weightConcentrationPrior(value, { entry, basis }) {
    const used = value ?? 1 / entry.nComponents;
    const open = value === undefined ? `Left open: ${formatNumber(used)}. ` : "";
    return `${open}Weighs as much as ${formatNumber(used)} of ${countOf(pixelsOf(basis), "point")}, for a component.`;
  },
  meanPrecisionPrior: (value, ground) => priorWords(value, ground),
  meanPrior: (value, ground) =>
    value === undefined || value === null
      ? `Left open: the mean of ${countOf(pixelsOf(ground.basis), "point")} in ${countOf(dimensionsOf(ground), "dimension")}.`
      : `${countOf(value.length, "value")} for ${countOf(dimensionsOf(ground), "dimension")}.`,
  degreesOfFreedomPrior(value, ground) {
    const used = value ?? dimensionsOf(ground);
    return value === undefined
      ? `Left open: ${formatNumber(used)}, of ${countOf(pixelsOf(ground.basis), "point")}.`
      : priorWords(used, ground);
  },
  covariancePrior(value, ground) {
    return value === undefined || value === null
      ? `Left open: that of all ${countOf(pixelsOf(ground.basis), "point")}.`
      : `${countOf(value.length, "number")}; ${covariancesWords(ground.entry.covarianceType, "auto", ground)}`;
  },
  nInit: (value, ground) => startsWords(value, ground),
  initParams: (value, { recipe }) => `${starts[value]}; seed ${formatCount(recipe.seed)} decides.`,
  tol: (value, { basis }) =>
    `${formatNumber(value / Math.max(1, pixelsOf(basis)), 2)} nats for each of ${countOf(pixelsOf(basis), "point")}.`,
  regCovar: regularWords,
  maxIter: (value, ground) => iterationsWords(value, ground),
  on: onWords,
};

/** Of a weight in points: beside the points that a component would have. */
function priorWords(value: number, ground: Clustered & { readonly entry: { readonly nComponents: number } }): string {
  const each = pixelsOf(ground.basis) / Math.max(1, ground.entry.nComponents);
  return `Weighs as much as ${formatNumber(value)} of the ${formatCount(each)} points that a component has in the mean.`;
}
