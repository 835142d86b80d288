/** How each line's values are spread: counts as measured, and features as they were clustered. */

import type { Histogram } from "@sigma-eds/core";
import { columnOf } from "../../session/derived/pixel-values.js";
import type { AnalysisSnapshot, StageSpread } from "../../worker/engine-protocol.js";
import { binned, sharedBins } from "../../worker/value-bins.js";
import { keepsUnit } from "./chain-words.js";
import { treatmentsOf } from "./treatments.js";

export interface Spread {
  readonly histogram: Histogram;
  /** Values that are exactly zero; kept out of the bins. */
  readonly zeros: number;
  readonly values: Float32Array;
}

export interface DistributionRow {
  readonly line: string;
  /** Counts of the element map; undefined where there is none. */
  readonly before: Spread | undefined;
  /** After every normalisation; undefined where there are no features. */
  readonly after: Spread | undefined;
}

const BINS = 48;

export function distributionRows({ elementMaps, features }: AnalysisSnapshot): DistributionRow[] {
  const lines = [...new Set([...elementMaps.map(({ line }) => line), ...(features?.lines ?? [])])];
  return lines.map((line) => {
    const map = elementMaps.find((candidate) => candidate.line === line);
    const column = features?.lines.indexOf(line) ?? -1;
    const after = features === undefined || column < 0 ? undefined : columnOf(features.data, features.lines.length, column);
    return { line, ...spreadsOf(map?.data, after, features?.treatment.every(keepsUnit) === true) };
  });
}

/** The rows as stages: counts, and the features after all that was done to them. `mask` uint8 [pixels]: pixels whose share of each bin is told beside. */
export function clusteredStages(analysis: AnalysisSnapshot, mask?: Uint8Array): StageSpread[] {
  const rows = distributionRows(analysis);
  const stage = (after: StageSpread["after"], of: (row: DistributionRow) => Spread | undefined): StageSpread => ({
    after,
    spreads: rows.flatMap((row) => {
      const spread = of(row);
      return spread === undefined
        ? []
        : [
            {
              line: row.line,
              histogram: spread.histogram,
              zeros: spread.zeros,
              selected: mask?.length === spread.values.length ? selectedCounts(spread, mask) : undefined,
            },
          ];
    }),
  });
  const last = treatmentsOf(analysis.recipe).at(-1) ?? "per-count";
  return [stage("counts", ({ before }) => before), stage(last, ({ after }) => after)].filter(({ spreads }) => spreads.length > 0);
}

/** The same bins for some of the pixels. */
export function selectedCounts({ histogram: { edges }, values }: Spread, mask: Uint8Array): Float64Array {
  return binned(values, { count: edges.length - 1, range: [edges[0]!, edges.at(-1)!] }, mask).counts;
}

/** Uint8 [pixels]: 1 where the value lies in the range. */
export function pixelsInRange(values: Float32Array, from: number, to: number): Uint8Array {
  return Uint8Array.from(values, (value) => (value >= from && value <= to ? 1 : 0));
}

/** In bins of their own, or in the same where both are counts. */
function spreadsOf(before: Float32Array | undefined, after: Float32Array | undefined, isOneUnit: boolean) {
  const both = [before, after].filter((values) => values !== undefined);
  const shared = isOneUnit ? sharedBins(both, BINS) : undefined;
  const spreadOf = (values: Float32Array | undefined): Spread | undefined =>
    values && {
      histogram: binned(values, shared ?? sharedBins([values], BINS)),
      zeros: values.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0),
      values,
    };
  return { before: spreadOf(before), after: spreadOf(after) };
}
