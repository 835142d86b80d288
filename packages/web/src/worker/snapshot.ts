/** An analysis as the page sees it, and what of it has to cross: arrays that the page holds already stay where they are. */
import { type Analysis, type CountSource, countMap, isStored, type Recipe } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "./engine-protocol.js";
import { gridOf } from "./grid.js";
import { sharedCounts } from "./shared-counts.js";

/** The fields that changed, and the names of all that there are; those that are not in `changed` are as in the snapshot before. */
export interface SnapshotDelta {
  readonly changed: Partial<AnalysisSnapshot>;
  readonly fields: readonly (keyof AnalysisSnapshot)[];
}

const maps = new WeakMap<CountSource, Float32Array>();

/** `labelsSha256` is left out of what is only for looking at while a run goes on. The counts have to be in memory. */
export function snapshotOf(analysis: Analysis, recipe: Recipe, labelsSha256?: string): AnalysisSnapshot {
  const { image, ...known } = analysis;
  return {
    ...known,
    grid: gridOf(image),
    energyAxis: image.energyAxis,
    countMap: mapOfCounts(image.counts),
    counts: sharedCounts(image),
    recipe,
    labelsSha256,
  };
}

function mapOfCounts(counts: CountSource): Float32Array {
  const known = maps.get(counts);
  if (known !== undefined) return known;
  const accumulator = countMap(counts);
  if (isStored(counts)) for (const block of counts.stored) accumulator.add(block);
  const map = Float32Array.from(accumulator.result());
  maps.set(counts, map);
  return map;
}

/** Remembers what was sent last. */
export class SnapshotSender {
  #sent: AnalysisSnapshot | undefined;

  delta(snapshot: AnalysisSnapshot): SnapshotDelta {
    const before = this.#sent;
    this.#sent = snapshot;
    const fields = Object.keys(snapshot) as (keyof AnalysisSnapshot)[];
    const changed = fields.filter((field) => before === undefined || before[field] !== snapshot[field]);
    return { changed: Object.fromEntries(changed.map((field) => [field, snapshot[field]])), fields };
  }

  /** The next snapshot crosses whole. */
  forget(): void {
    this.#sent = undefined;
  }
}

/** The snapshot that a delta makes of the one before. */
export function withDelta(before: AnalysisSnapshot | undefined, { changed, fields }: SnapshotDelta): AnalysisSnapshot {
  const all = { ...before, ...changed };
  return Object.fromEntries(fields.map((field) => [field, all[field]])) as unknown as AnalysisSnapshot;
}
