/** Doubt as tables. Names are those of the files and of `result.json`, where these have them. */
import { type Histogram, lineText } from "@sigma-eds/core";
import { asPercent, classColumns, type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import { rareNames } from "../../session/derived/rare-elements.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { decidingWords } from "./class-pairs.js";
import type { DoubtRow } from "./doubt-summary.js";
import type { SecondBest } from "./second-best.js";
import type { StabilityRow } from "./stability-rows.js";
import type { LedgerEntry } from "./unexplained.js";

const three = withDecimals(3);
type NameOf = (id: number) => string;

/** Names of classes by id. */
export function namesOf({ classes }: Pick<AnalysisSnapshot, "classes">): NameOf {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? `Class ${id}`;
}

export function certaintyTable(
  rows: readonly DoubtRow[],
  seconds: readonly SecondBest[],
  limit: number,
  nameOf: NameOf,
): DataTable {
  return dataTable(
    [
      ...classColumns,
      { name: "mean_membership", title: "Mean membership", shown: three },
      { name: `share_below_${limit}`, title: `Below ${withDecimals(2)(limit)}`, unit: "%", shown: asPercent(2) },
      { name: "mean_entropy", title: "Mean entropy", shown: three },
      { name: "second_best", title: "Second best" },
      { name: "second_best_share", title: "Its mean membership", shown: three },
    ],
    rows.map(({ id, name, meanMembership, below }, i) => {
      const { meanEntropy, second, meanShare } = seconds[i] ?? {};
      return [id, name, meanMembership, below, meanEntropy, second === undefined ? undefined : nameOf(second), meanShare];
    }),
  );
}

/** Bars of a histogram of shares of pixels, 0 to 1. */
export function shareHistogramTable({ edges, counts }: Histogram, name: string, title: string): DataTable {
  return dataTable(
    [
      { name: `${name}_from`, title: `${title} from`, shown: three },
      { name: `${name}_to`, title: "to", shown: three },
      { name: "pixels", title: "Pixels" },
    ],
    Array.from(counts, (count, i) => [edges[i], edges[i + 1], count]),
  );
}

export function stabilityTable(rows: readonly StabilityRow[]): DataTable {
  return dataTable(
    [
      ...classColumns,
      { name: "jaccard", title: "Jaccard", shown: three },
      { name: "found_again", title: "Found again", unit: "%", shown: asPercent(0) },
      { name: "verdict", title: "Verdict" },
    ],
    rows.map(({ id, name, jaccard, found, verdict }) => [id, name, jaccard, found, verdict]),
  );
}

/** Each class and the one that is most like it. */
export function pairTable(pairs: NonNullable<AnalysisSnapshot["doubts"]>["pairs"], nameOf: NameOf): DataTable {
  return dataTable(
    [
      ...classColumns,
      { name: "nearest", title: "Nearest id" },
      { name: "nearest_name", title: "Most like" },
      { name: "sigma", title: "Difference", unit: "σ", shown: withDecimals(1) },
      { name: "distance", title: "Counts elsewhere", unit: "%", shown: asPercent(1) },
      { name: "deciding", title: "Decided by" },
      { name: "may_merge", title: "May be merged" },
    ],
    pairs.map((pair) => [
      ...[pair.id, nameOf(pair.id), pair.nearest, nameOf(pair.nearest), pair.sigma, pair.distance],
      ...[decidingWords(pair).join("; "), String(pair.mayMerge)],
    ]),
  );
}

export function ledgerTable(entries: readonly LedgerEntry[], nameOf: NameOf): DataTable {
  return dataTable(
    [
      ...classColumns,
      { name: "energy_kev", title: "Energy", unit: "keV", shown: three },
      { name: "line", title: "Line" },
      { name: "counts", title: "Counts", shown: withDecimals(0) },
      { name: "sigma", title: "Above noise", unit: "σ", shown: withDecimals(1) },
    ],
    entries.map(({ id, energyKev, line, counts, sigma }) => [id, nameOf(id), energyKev, line, counts, sigma]),
  );
}

/** A row for each pixel that holds an element of no class. */
export function rareTable(rare: NonNullable<NonNullable<AnalysisSnapshot["doubts"]>["rare"]>, width: number): DataTable {
  return dataTable(
    [
      { name: "element", title: "Element" },
      { name: "line", title: "Line" },
      { name: "significance", title: "Above noise", unit: "σ", shown: withDecimals(1) },
      { name: "counts", title: "Counts", shown: withDecimals(0) },
      { name: "expected", title: "Expected", shown: withDecimals(1) },
      { name: "pixel", title: "Pixel" },
      { name: "x", title: "x" },
      { name: "y", title: "y" },
    ],
    rare.flatMap((one) =>
      [...one.pixels].map((pixel) => [
        ...[rareNames(one), lineText(one.line), one.significance, one.counts, one.expected],
        ...[pixel, pixel % width, Math.floor(pixel / width)],
      ]),
    ),
  );
}
