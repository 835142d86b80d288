/** Modal results: area and weight per cent, with and without mixed pixels. */
import type { Analysis } from "../pipeline/analysis.js";
import { arePixelsMoved } from "../pipeline/edits/moved-pixels.js";
import { areaIntervals } from "./area-interval.js";

export interface ModalShare {
  readonly id: number;
  /** By labels: a mixed pixel counts whole for its largest share. */
  readonly areaFraction: number;
  /** By shares: a mixed pixel counts for each of its phases by what it holds of it. Undefined where shares per pixel are not known for the classes as they are. */
  readonly areaOfShares: number | undefined;
  /** Half the 95 % interval of `areaOfShares`: doubt about labels, and about the shares of mixed pixels, from counting statistics. */
  readonly areaInterval: number | undefined;
  /** Of the pixels that hold at least 0.9 of one phase, the share that holds this one. */
  readonly areaOfPure: number | undefined;
  readonly densityGcm3: number | undefined;
  /** Share of the mass of all classes of known density, 0 to 1; undefined without a density. */
  readonly weightFraction: number | undefined;
}

type Input = Pick<Analysis, "classes"> &
  Partial<Pick<Analysis, "identities" | "unmixing" | "membership" | "labels" | "edits" | "evidence">>;

/** A pixel that holds at least so much of one phase is not mixed. */
const PURE = 0.9;

/**
 * Areas by labels and by shares; weight fractions from areas (by shares where they are known) and densities: area is volume (Delesse 1848), times density is mass. Classes of
 * unknown density take no part, and the weights of the others sum to 1.
 */
export function modalShares(analysis: Input): ModalShare[] {
  const { classes, identities } = analysis;
  const densities = new Map(identities?.map(({ id, densityGcm3 }) => [id, densityGcm3]));
  const shares = sharesOf(analysis);
  const areas = classes.map(({ areaFraction }, i) => shares?.areas[i] ?? areaFraction);
  const masses = classes.map(({ id }, i) => areas[i]! * (densities.get(id) ?? 0));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return classes.map(({ id, areaFraction }, i) => {
    const densityGcm3 = densities.get(id);
    return {
      id,
      areaFraction,
      areaOfShares: shares?.areas[i],
      areaInterval: shares?.intervals[i],
      areaOfPure: shares?.pure[i],
      densityGcm3,
      weightFraction: densityGcm3 === undefined ? undefined : masses[i]! / total,
    };
  });
}

interface Shares {
  readonly areas: Float64Array;
  readonly intervals: Float64Array;
  readonly pure: Float64Array;
}

/** Where phases were found with shares per pixel, and no edit has moved pixels since. */
function sharesOf(analysis: Input): Shares | undefined {
  const { classes, unmixing, membership, evidence } = analysis;
  if (unmixing?.method !== "find-phases" || membership === undefined || arePixelsMoved(analysis)) return undefined;
  const k = unmixing.endmembers.length;
  if (k !== classes.length || membership.classes !== k || k === 0) return undefined;
  const { abundances } = unmixing;
  const pixels = abundances.length / k;
  const [areas, pure] = [new Float64Array(k), new Float64Array(k)];
  let allPure = 0;
  for (let i = 0; i < abundances.length; i++) {
    areas[i % k]! += abundances[i]! / pixels;
    if (abundances[i]! < PURE) continue;
    pure[i % k]! += 1;
    allPure += 1;
  }
  const ofLabels = areaIntervals(membership.data, k);
  const limits = classes.map(({ id, countsPerPixel }) => {
    const needed = evidence?.phases.find((phase) => phase.id === id)?.nearest?.countsNeeded;
    return needed === undefined || !(countsPerPixel > 0) ? 0 : (needed * VARIANCE_AT_TWO_SIGMA) / countsPerPixel;
  });
  const ofShares = mixedVariance(abundances, k, limits);
  const intervals = ofLabels.map((half, j) => Math.sqrt(half * half + (1.96 * 1.96 * ofShares[j]!) / (pixels * pixels)));
  return { areas, intervals, pure: pure.map((count) => count / Math.max(1, allPure)) };
}

/** Where counts tell two phases apart at 2 standard errors, a share has the variance 1/4. */
const VARIANCE_AT_TWO_SIGMA = 0.25;

/** Variance of the sum of the shares of mixed pixels: what counting leaves open of each, but never more than share x (1 - share). */
function mixedVariance(abundances: Float32Array, k: number, limits: readonly number[]): Float64Array {
  const variance = new Float64Array(k);
  for (let i = 0; i < abundances.length; i++) {
    const share = abundances[i]!;
    variance[i % k]! += Math.min(share * (1 - share), limits[i % k]!);
  }
  return variance;
}
