/** Bins of histograms of values that are looked at beside each other. */
import { type Histogram, histogram } from "@sigma-eds/core";

/** Bins of equal width over a range. */
export interface Bins {
  readonly count: number;
  readonly range: readonly [from: number, to: number];
}

/**
 * Bins that several columns share, at most `most`. Values that are exactly zero, and those that are no numbers, have no part. Where a column holds whole numbers alone
 * every bin is as wide as a whole number of them, from half to half, so that no bin stands empty for lack of a number in it.
 */
export function sharedBins(columns: readonly Float32Array[], most: number): Bins {
  const ends = columns.map(extentOf);
  const from = Math.min(...ends.map(([low]) => low));
  const to = Math.max(...ends.map(([, high]) => high));
  return binsOver(
    [from, to],
    columns.some((column, i) => ends[i]![0] <= ends[i]![1] && isWhole(column)),
    most,
  );
}

/** Bins over values from the least to the greatest; of 0 to 1 where there are none. */
export function binsOver([from, to]: Bins["range"], areWhole: boolean, most: number): Bins {
  if (!(from <= to)) return { count: most, range: [0, 1] };
  if (!areWhole) return { count: most, range: from === to ? [from - 0.5, to + 0.5] : [from, to] };
  const [first, last] = [Math.floor(from), Math.ceil(to)];
  const width = Math.ceil((last - first + 1) / most);
  const count = Math.ceil((last - first + 1) / width);
  return { count, range: [first - 0.5, first - 0.5 + count * width] };
}

/** The values of a column in these bins, zeros left out; of those where `mask` is 1, if there is one. */
export function binned(column: Float32Array, { count, range }: Bins, mask?: Uint8Array): Histogram {
  return histogram(
    column.filter((value, p) => isCounted(value) && (mask === undefined || mask[p] === 1)),
    count,
    range,
  );
}

/** Which stages of a treatment have the unit of the one before: a mean of neighbours is still what its values are. Lists of places, each of one unit. */
export function stagesOfOneUnit(after: readonly string[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  for (const [place, what] of after.entries()) {
    const last = groups.at(-1);
    if (what === "neighbour-average" && last !== undefined) last.push(place);
    else groups.push([place]);
  }
  return groups;
}

function isCounted(value: number): boolean {
  return value !== 0 && Number.isFinite(value);
}

function isWhole(column: Float32Array): boolean {
  return column.every((value) => !Number.isFinite(value) || Number.isInteger(value));
}

function extentOf(column: Float32Array): readonly [number, number] {
  let [from, to] = [Infinity, -Infinity];
  for (const value of column) {
    if (!isCounted(value)) continue;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return [from, to];
}
