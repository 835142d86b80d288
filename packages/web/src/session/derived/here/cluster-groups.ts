/** k-means, BIRCH and HDBSCAN. */
import { countOf, formatCount, formatNumber, formatPercent } from "@sigma-eds/core";
import { besideSpread, type Clustered, clustersFound, gaveWords, meanSizeWords, onWords, spreadOf } from "./cluster-ground.js";
import { chooseWords, startsWords } from "./cluster-runs.js";
import { pixelsOf } from "./ground.js";
import { iterationsWords } from "./iterations.js";
import type { MethodEntry, Tellers } from "./teller.js";
import { pixelsWords, shareWords } from "./words.js";

export const kMeans: Tellers<MethodEntry<"cluster", "k-means">> = {
  nClusters: (value, ground) =>
    value === "auto"
      ? `Chosen from ${formatCount(ground.entry.choose.fewest)} to ${formatCount(ground.entry.choose.most)}.${gaveWords(ground)}`
      : meanSizeWords(value, ground),
  nInit: (value, ground) => startsWords(value, ground),
  maxIter: (value, ground) => iterationsWords(value, ground),
  tol(value, ground) {
    const spread = spreadOf(ground);
    return spread === undefined
      ? `Ends when the centres move by ${formatPercent(Math.sqrt(value))} of the spread of the points.`
      : `Ends when the centres move by about ${formatNumber(Math.sqrt(value) * spread, 2)}, of a spread of ${formatNumber(spread)}.`;
  },
  on: onWords,
  choose: (value, ground) => chooseWords(value, ground.entry.nClusters === "auto", ground),
};

export const birch: Tellers<MethodEntry<"cluster", "birch">> = {
  threshold: (value, ground) => `A radius of ${besideSpread(value, ground)}`,
  branchingFactor: (value, { basis }) =>
    `${formatCount(Math.ceil(pixelsOf(basis) / value))} nodes at the least, if each of ${countOf(pixelsOf(basis), "point")} were a group.`,
  nClusters: (value, ground) =>
    value === "all"
      ? `Every group.${gaveWords(ground)}`.replace(
          "Every group.",
          clustersFound(ground) === undefined ? "Every group is one, be there 1 or many." : "Every group is one.",
        )
      : meanSizeWords(value, ground),
  on: onWords,
};

export const hdbscan: Tellers<MethodEntry<"cluster", "hdbscan">> = {
  minClusterSize: (value, { basis }) => `${pixelsWords(value, basis)}, ${shareWords(value, basis)}: fewer are no class.`,
  minSamples(value, { basis, entry }) {
    const used = value ?? entry.minClusterSize;
    return `${value === null ? `Automatic: ${formatCount(used)}. ` : ""}Density is counted over ${shareWords(used, basis)}.`;
  },
  clusterSelectionMethod: (value, ground) =>
    foundWords(ground) ??
    (value === "eom"
      ? "Of clusters within each other the one is taken that lasts longest."
      : "Clusters are taken apart as far as they go."),
  clusterSelectionEpsilon: (value, ground) =>
    value === 0
      ? "Clusters may lie as near to each other as they do."
      : `Keeps together what comes apart below ${besideSpread(value, ground)}`,
  maxClusterSize: (value, { basis }) =>
    value === null
      ? `No limit: one cluster may hold all ${countOf(pixelsOf(basis), "point")}.`
      : `${pixelsWords(value, basis)}, ${shareWords(value, basis)}.`,
  allowSingleCluster: (value, ground) =>
    foundWords(ground) ?? (value ? "All points may be one class." : "There are two classes at the least, or none."),
  metric(value, ground) {
    const words = {
      euclidean: "squares of the differences are summed",
      manhattan: "differences are summed as they are",
      cosine: "only the ratios of coordinates count",
    };
    return `${onWords(ground.entry.on, ground).replace(/\.$/, "")}; ${words[value]}.`;
  },
  on: onWords,
};

/** What came of it: classes, and points in none. */
function foundWords(ground: Clustered): string | undefined {
  const { result, basis } = ground;
  const found = clustersFound(ground);
  const labels = result?.edits?.before.labels ?? result?.labels;
  if (found === undefined || labels === undefined) return undefined;
  const noise = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  return `Gave ${countOf(found, "class", "classes")}; ${noise === 0 ? "no point" : shareWords(noise, basis)} ${noise === 0 ? "is" : "are"} in none.`;
}
