/** Are two classes different? The likelihood-ratio test of two spectra of counts, whatever their totals. */
import { log } from "../../kernels/math.js";
import { chiSquareExcess } from "../name-phases/chi-square.js";
import { countsInGroups, type EnergyGroup } from "./energy-groups.js";

export interface SpectrumDifference {
  /** Twice the logarithm of the likelihood ratio: chi-square distributed with `degreesOfFreedom` if both have one spectrum (Wilks 1938, doi:10.1214/aoms/1177732360). */
  readonly ratio: number;
  readonly degreesOfFreedom: number;
  /** The same as standard errors: above 3 the two are different, as far as counting goes. */
  readonly sigma: number;
  /** Size of the difference whatever the counts: half the sum of the absolute differences of the shares, 0 to 1. */
  readonly distance: number;
  /** Groups that speak most for a difference, first; `excess` is the share of the first spectrum less that of the second. */
  readonly deciding: readonly {
    readonly energyKev: number;
    readonly line: string | undefined;
    readonly part: number;
    readonly excess: number;
  }[];
}

const SHOWN = 5;

/**
 * Tests whether two spectra of counts (float64 [channels]) have the same shape, over groups of channels. Groups with fewer than 30 counts are joined with the next. The ratio is
 * 2 sum (a ln(a / (p A)) + b ln(b / (p B))), p = (a + b) / (A + B).
 */
export function spectrumDifference(
  first: Float64Array,
  second: Float64Array,
  groups: readonly EnergyGroup[],
): SpectrumDifference {
  const joined = joinedGroups(countsInGroups(first, groups), countsInGroups(second, groups), groups);
  const a = joined.map((group) => group.a);
  const b = joined.map((group) => group.b);
  const [totalA, totalB] = [a, b].map((counts) =>
    Math.max(
      1,
      counts.reduce((sum, value) => sum + value, 0),
    ),
  ) as [number, number];
  let ratio = 0;
  let distance = 0;
  let used = 0;
  const parts = joined.map(({ energyKev, line }, i) => {
    const p = (a[i]! + b[i]!) / (totalA + totalB);
    if (p > 0) used += 1;
    const part = 2 * (surprise(a[i]!, p * totalA) + surprise(b[i]!, p * totalB));
    const excess = a[i]! / totalA - b[i]! / totalB;
    ratio += part;
    distance += Math.abs(excess) / 2;
    return { energyKev, line, part, excess };
  });
  const degreesOfFreedom = Math.max(1, used - 1);
  return {
    ratio,
    degreesOfFreedom,
    sigma: chiSquareExcess(Math.max(0, ratio), degreesOfFreedom),
    distance,
    deciding: parts.sort((x, y) => y.part - x.part || x.energyKev - y.energyKev).slice(0, SHOWN),
  };
}

/** Fewer counts than this in both together, and a group is joined with the next: the distribution of the ratio holds for expected counts of some size. */
const FEWEST = 30;

interface JoinedGroup {
  readonly a: number;
  readonly b: number;
  readonly energyKev: number;
  readonly line: string | undefined;
}

function joinedGroups(a: Float64Array, b: Float64Array, groups: readonly EnergyGroup[]): JoinedGroup[] {
  const joined: JoinedGroup[] = [];
  let [sumA, sumB] = [0, 0];
  groups.forEach(({ energyKev, line }, i) => {
    sumA += a[i]!;
    sumB += b[i]!;
    if (sumA + sumB < FEWEST && i < groups.length - 1) return;
    joined.push({ a: sumA, b: sumB, energyKev, line });
    [sumA, sumB] = [0, 0];
  });
  return joined;
}

function surprise(counts: number, expected: number): number {
  return counts === 0 ? 0 : counts * log(counts / expected);
}
