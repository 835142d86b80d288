import { countOf, formatCount, formatNumber, formatPercent, listOf } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../../worker/engine-protocol.js";
import { startWords } from "./decompose.js";
import type { Ground } from "./ground.js";
import { iterationsWords, toleranceWords } from "./iterations.js";
import type { EntryOf, Tellers } from "./teller.js";
import { axisWords, meanCounts, someOf } from "./words.js";

type Unmix = Ground<EntryOf<"unmix">>;

export const unmix: Tellers<EntryOf<"unmix">> = {
  classes(value, ground) {
    const all = classesOf(ground);
    if (value === "all")
      return all.length === 0
        ? "All that there will be."
        : `All ${formatCount(all.length)}: ${someOf(all.map(({ name }) => name))}.`;
    return `${formatCount(value.length)} of ${formatCount(all.length)}: ${namesWords(value, all)}.`;
  },
  nComponents(value, ground) {
    const used = classesUsed(ground);
    const number = value === "all" ? used : value;
    const left = unmixed(ground)?.unexplainedShare;
    return `${countOf(number, "endmember")} for ${countOf(used, "class spectrum", "class spectra")}${left === undefined ? "" : `; ${formatPercent(left)} of the counts stay unexplained`}.`;
  },
  normaliseSpectra(value, ground) {
    const counts = classesOf(ground).map(({ countsPerPixel }) => countsPerPixel);
    if (counts.length === 0) return `A pixel holds ${formatNumber(meanCounts(ground.basis))} counts in the mean.`;
    const words = `Classes hold ${formatNumber(Math.min(...counts))} to ${formatNumber(Math.max(...counts))} counts a pixel`;
    return value === "none" ? `${words}, and weigh so.` : `${words}, and weigh alike.`;
  },
  betaLoss(value, ground) {
    const least = Math.min(...classesOf(ground).map(({ counts }) => counts));
    const words = Number.isFinite(least)
      ? `The smallest class has ${formatCount(least)} counts`
      : axisWords(ground.basis.energyAxis);
    return value === "frobenius" ? `${words}; squares weigh high peaks most.` : `${words}, and each counts by its likelihood.`;
  },
  init: (value, { basis, recipe }) => startWords(value, basis.energyAxis.size, recipe),
  seeds(value, { entry }) {
    const given = entry.seedClasses.length + entry.seedSpectra.length;
    if (given === 0) return "Without effect: no endmembers are given.";
    return value === "fixed"
      ? `${countOf(given, "endmember")} stay as given.`
      : `${countOf(given, "endmember")} are a start and may change.`;
  },
  tol: (value) => toleranceWords(value),
  maxIter: (value, ground) => iterationsWords(value, ground),
  seedClasses: (value, ground) =>
    value.length === 0
      ? "None: all endmembers are looked for."
      : `${countOf(value.length, "class", "classes")}: ${namesWords(value, classesOf(ground))}.`,
  seedSpectra(value) {
    if (value.length === 0) return "None: all endmembers are looked for.";
    return `${countOf(value.length, "spectrum", "spectra")}: ${listOf(value.map(({ name, counts }) => `${name} (${countOf(counts.length, "channel")})`))}.`;
  },
  weighting(value, { basis }) {
    const each = meanCounts(basis) / Math.max(1, basis.energyAxis.size);
    const words = `A pixel holds ${formatNumber(each)} counts a channel in the mean`;
    const how = {
      poisson: "each count by its likelihood",
      channel: "squares over the mean counts of the channel",
      none: "squares as they are, strong peaks first",
    };
    return `${words}: ${how[value]}.`;
  },
  sumToOne(value, ground) {
    const sums = unmixed(ground) && sumsOf(unmixed(ground)!);
    const words = { normalise: "divided by their sum after the fit", constrain: "held to 1 in the fit", no: "as fitted" };
    return sums === undefined
      ? `The abundances of a pixel are ${words[value]}${value === "no" ? ", 1 together where it is as bright as an endmember" : ""}.`
      : `They sum to ${spanWords(sums)} here, ${words[value]}.`;
  },
};

function classesOf({ input, result }: Unmix): AnalysisSnapshot["classes"] {
  return (input ?? result)?.classes ?? [];
}

function classesUsed(ground: Unmix): number {
  const { classes } = ground.entry;
  return classes === "all" ? classesOf(ground).length : classes.length;
}

function unmixed({ result }: Unmix): AnalysisSnapshot["unmixing"] {
  return result?.unmixing?.method === "find-phases" ? undefined : result?.unmixing;
}

function namesWords(ids: readonly number[], classes: AnalysisSnapshot["classes"]): string {
  return someOf(ids.map((id) => classes.find((one) => one.id === id)?.name ?? `number ${id}, which is not there`));
}

/** `1`, `0.93 to 1.21` */
function spanWords(ends: readonly [number, number]): string {
  const [from, to] = ends.map((value) => formatNumber(value));
  return from === to ? `${from}` : `${from} to ${to}`;
}

/** Least and largest sum of the abundances of a pixel that has any. */
function sumsOf({ endmembers, abundances }: NonNullable<AnalysisSnapshot["unmixing"]>): readonly [number, number] | undefined {
  const columns = endmembers.length;
  let [least, most] = [Infinity, -Infinity];
  for (let p = 0; p < abundances.length; p += columns) {
    let sum = 0;
    for (let c = p; c < p + columns; c++) sum += abundances[c]!;
    if (sum > 0 && sum < least) least = sum;
    if (sum > most) most = sum;
  }
  return Number.isFinite(least) ? [least, most] : undefined;
}
