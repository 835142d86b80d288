/** All spectra as sums of a few: the step `decompose`, by each of its methods. */
import { countOf, formatCount, formatNumber, formatPercent, type Recipe, withUnit } from "@sigma-eds/core";
import { sumOf } from "./basis.js";
import { type Ground, pixelsOf } from "./ground.js";
import { iterationsWords, toleranceWords } from "./iterations.js";
import type { EntryOf, MethodEntry, Tellers } from "./teller.js";
import { axisWords, belowWords, meanCounts } from "./words.js";

type Pca = MethodEntry<"decompose", "pca">;
type Ica = MethodEntry<"decompose", "ica">;
type Nmf = MethodEntry<"decompose", "nmf">;
type Decompose = Ground<EntryOf<"decompose">>;

const shared = {
  zeroPeakEndKev: (value: number, { basis }: Decompose): string => `Leaves out ${belowWords(value, basis)}.`,
  reconstruct(value: boolean, { basis }: Decompose): string {
    const size = `${formatCount(pixelsOf(basis))} pixels × ${countOf(basis.energyAxis.size, "channel")}`;
    return value
      ? `Replaces the counts of ${size} for the steps after it.`
      : `The steps after it see the counts as measured, ${size}.`;
  },
};

const ofComponents = {
  nComponents(value: "auto" | number, { result, input, basis }: Decompose): string {
    const decomposition = result?.decomposition;
    const shares = (decomposition ?? input?.decomposition)?.scree?.shares;
    if (value === "auto" && decomposition !== undefined)
      return `Chose ${formatCount(decomposition.components.length)}. ${keptWords(shares, decomposition.components.length)}`;
    if (value === "auto")
      return `Chosen by how far two halves of the counts agree, of ${formatCount(Math.round(sumOf(basis.spectrum, 0, basis.spectrum.length)))} counts.`;
    return keptWords(shares, value);
  },
  scaling(value: "poisson" | "none", { basis }: Decompose): string {
    const each = meanCounts(basis) / Math.max(1, basis.energyAxis.size);
    const words = `A pixel holds ${formatNumber(each)} counts a channel in the mean`;
    return value === "poisson"
      ? `${words}: noise of counting differs between channels, and is made equal.`
      : `${words}: strong peaks rule, their noise with them.`;
  },
  centre(value: boolean, { result }: Decompose): string {
    const first = result?.decomposition?.explainedShare?.[0];
    if (first === undefined)
      return value ? "The mean spectrum is taken off first." : "The mean stays, as the first of the components.";
    return `The first component${value ? " after the mean" : ", close to the mean,"} explains ${formatPercent(first)} of the squares.`;
  },
  solver(value: "auto" | "exact" | "randomised", { basis }: Decompose): string {
    const [pixels, channels] = [pixelsOf(basis), basis.energyAxis.size];
    const [small, large] = [Math.min(pixels, channels), Math.max(pixels, channels)];
    const isExact = value === "exact" || (value === "auto" && small * small * large <= EXACT_WORK);
    const size = `${formatCount(pixels)} pixels × ${countOf(channels, "channel")}`;
    return isExact
      ? `Exact for ${size}: ${withUnit((8 * pixels * channels) / 1e6, "MB")} of dense numbers.`
      : `Randomised for ${size}, which stay sparse.`;
  },
};

/** Multiplications up to which the step solves exactly by itself. */
const EXACT_WORK = 5e6;

function keptWords(shares: Float64Array | undefined, count: number): string {
  if (shares === undefined) return `Each pixel becomes ${countOf(count, "number")}.`;
  const kept = shares.slice(0, count).reduce((sum, share) => sum + share, 0);
  const next = shares[count];
  const left = next === undefined ? "" : `; one more would add ${formatPercent(next)}`;
  return `${countOf(count, "component")} explain ${formatPercent(kept)} of the squares, noise included${left}.`;
}

export const pca: Tellers<Pca> = {
  ...shared,
  ...ofComponents,
  rotation(value, { result, entry }) {
    const count = result?.decomposition?.components.length ?? (entry.nComponents === "auto" ? undefined : entry.nComponents);
    const components = count === undefined ? "All components" : countOf(count, "component");
    return value === "none"
      ? `${components} stay as they come, by falling share.`
      : `${components} are turned within their space; together they explain the same.`;
  },
};

export const ica: Tellers<Ica> = {
  ...shared,
  ...ofComponents,
  algorithm: (value, { entry }) =>
    value === "jade"
      ? "Starts from no random numbers: the seed does not matter."
      : `Starts from random directions, by the seed; ends by a tolerance of ${formatNumber(entry.tol)}.`,
  on(value, { basis }) {
    return value === "spectra"
      ? `Each of ${countOf(basis.energyAxis.size, "channel")} is a sample.`
      : `Each of ${countOf(pixelsOf(basis), "pixel")} is a sample.`;
  },
  derivative(value, { basis, entry }) {
    if (entry.on !== "spectra") return "Without effect: maps are sought independent, and have no slope of a spectrum.";
    return value
      ? `Differences of neighbours among ${axisWords(basis.energyAxis)}.`
      : `Counts of ${axisWords(basis.energyAxis)} as they are.`;
  },
  fun(value, { entry }) {
    const weight = {
      logcosh: "A high value that is twice as large counts about twice as much.",
      exp: "A value beyond 3 standard deviations counts hardly more than one at 3.",
      cube: "A value that is twice as large counts 16 times as much.",
    };
    return entry.algorithm === "jade" ? "Without effect: JADE takes cumulants of the fourth order." : weight[value];
  },
  tol: (value, { entry }) =>
    entry.algorithm === "jade"
      ? `Without effect in JADE; ${formatNumber(value)} of FastICA.`
      : `Directions must turn by less than ${formatNumber((Math.acos(1 - value) * 180) / Math.PI)}° from one iteration to the next.`,
  maxIter: (value, ground) => iterationsWords(value, ground),
};

export const nmf: Tellers<Nmf> = {
  ...shared,
  nComponents(value, { basis }) {
    const numbers = value * (pixelsOf(basis) + basis.energyAxis.size);
    return `${formatCount(pixelsOf(basis) * basis.energyAxis.size)} counts are described by ${formatCount(numbers)} numbers.`;
  },
  betaLoss(value, { basis }) {
    const words = `A pixel holds ${formatNumber(meanCounts(basis) / Math.max(1, basis.energyAxis.size))} counts a channel in the mean`;
    return value === "frobenius"
      ? `${words}; squares weigh channels with many counts most.`
      : `${words}, and each counts by its likelihood.`;
  },
  init: (value, { basis, recipe }) => startWords(value, basis.energyAxis.size, recipe),
  tol: (value) => toleranceWords(value),
  maxIter: (value, ground) => iterationsWords(value, ground),
  scale(value, { basis }) {
    const counts = formatNumber(meanCounts(basis));
    const words = {
      closure: `An endmember has about the ${counts} counts of a pixel, and abundances sum to about 1.`,
      sum: `Abundances are counts: ${counts} in a pixel, all together.`,
      maximum: `Abundances are counts in the highest channel, of the ${counts} that a pixel holds.`,
      none: `Endmembers times abundances give the ${counts} counts of a pixel; how they share them is left open.`,
    };
    return words[value];
  },
};

/** Where a factorisation begins. */
export function startWords(init: "nndsvd" | "nndsvda" | "nndsvdar" | "random", channels: number, { seed }: Recipe): string {
  const isRandom = init === "random" || init === "nndsvdar";
  return isRandom
    ? `Random numbers by seed ${formatCount(seed)}: another seed may give other endmembers.`
    : `No random numbers: endmembers over ${countOf(channels, "channel")} begin the same each time.`;
}
