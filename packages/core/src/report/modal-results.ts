/** Modal results: area and weight per cent, with and without mixed pixels. */
import type { Analysis, PhaseClass } from "../pipeline/analysis.js";
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
  /** Of the map: pixels that hold at least 0.9 of this phase. */
  readonly areaOfPure: number | undefined;
  readonly densityGcm3: number | undefined;
  /** Share of the mass of all classes of known density that are no pores, 0 to 1; undefined without a density, and for pores. */
  readonly weightFraction: number | undefined;
  /** Whether the class is pores, see {@link isPore}. */
  readonly isPore?: boolean | undefined;
}

/** Area of the pores over the area of the map, as the other areas, with half its 95 % interval where it is known. */
export interface Porosity {
  readonly fraction: number;
  readonly interval: number | undefined;
  readonly ids: readonly number[];
}

type Input = Pick<Analysis, "classes"> &
  Partial<Pick<Analysis, "identities" | "unmixing" | "membership" | "labels" | "edits" | "evidence">>;

/** A pixel that holds at least so much of one phase is not mixed. */
const PURE = 0.9;

/** What people call pores, and what fills them. */
const PORE_NAME = /\b(pores?|porosity|voids?|holes?|epoxy|resin|mounting medium)\b/i;
/** Classes darker than this over the median class pixel give next to no counts: holes. */
const DARK = 0.2;

/** A class is pores where a person calls it so, where it is identified as epoxy, or where it gives less than a fifth of the counts of the median pixel of all classes. */
function isPore({ id, name, countsPerPixel }: PhaseClass, { classes, identities }: Input): boolean {
  const identity = identities?.find((one) => one.id === id);
  if (PORE_NAME.test(name) || PORE_NAME.test(identity?.name ?? "")) return true;
  return countsPerPixel < DARK * medianCounts(classes);
}

/** Counts per pixel of the class that the median pixel is in. */
function medianCounts(classes: readonly PhaseClass[]): number {
  const order = [...classes].sort((a, b) => a.countsPerPixel - b.countsPerPixel);
  const half = classes.reduce((sum, { pixels }) => sum + pixels, 0) / 2;
  let pixels = 0;
  for (const one of order) {
    pixels += one.pixels;
    if (pixels >= half) return one.countsPerPixel;
  }
  return 0;
}

/** Of the map; undefined where no class is pores. Intervals of several classes are added as if they were independent. */
export function porosity(shares: readonly ModalShare[]): Porosity | undefined {
  const pores = shares.filter((share) => share.isPore);
  if (pores.length === 0) return undefined;
  const known = pores.every(({ areaInterval }) => areaInterval !== undefined);
  const variance = pores.reduce((sum, { areaInterval = 0 }) => sum + areaInterval * areaInterval, 0);
  return {
    fraction: pores.reduce((sum, { areaFraction, areaOfShares }) => sum + (areaOfShares ?? areaFraction), 0),
    interval: known ? Math.sqrt(variance) : undefined,
    ids: pores.map(({ id }) => id),
  };
}

/**
 * Areas by labels and by shares; weight fractions from areas (by shares where they are known) and densities: area is volume (Delesse 1848), times density is mass. Classes of
 * unknown density and pores take no part, and the weights of the others sum to 1.
 */
export function modalShares(analysis: Input): ModalShare[] {
  const { classes, identities } = analysis;
  const densities = new Map(identities?.map(({ id, densityGcm3 }) => [id, densityGcm3]));
  const shares = sharesOf(analysis);
  const areas = classes.map(({ areaFraction }, i) => shares?.areas[i] ?? areaFraction);
  const pores = classes.map((phase) => isPore(phase, analysis));
  const masses = classes.map(({ id }, i) => (pores[i] ? 0 : areas[i]! * (densities.get(id) ?? 0)));
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
      weightFraction: densityGcm3 === undefined || pores[i] || !(total > 0) ? undefined : masses[i]! / total,
      isPore: pores[i]!,
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
  const { classes, unmixing, evidence } = analysis;
  const ofLabels = areaIntervals(analysis);
  if (unmixing?.method !== "find-phases" || ofLabels === undefined || arePixelsMoved(analysis)) return undefined;
  const k = unmixing.endmembers.length;
  if (k !== classes.length || k === 0) return undefined;
  const { abundances } = unmixing;
  const pixels = abundances.length / k;
  const [areas, pure] = [new Float64Array(k), new Float64Array(k)];
  for (let i = 0; i < abundances.length; i++) {
    areas[i % k]! += abundances[i]! / pixels;
    if (abundances[i]! >= PURE) pure[i % k]! += 1;
  }
  const limits = classes.map(({ id, countsPerPixel }) => {
    const needed = evidence?.phases.find((phase) => phase.id === id)?.nearest?.countsNeeded;
    return needed === undefined || !(countsPerPixel > 0) ? 0 : (needed * VARIANCE_AT_TWO_SIGMA) / countsPerPixel;
  });
  const ofShares = mixedVariance(abundances, k, limits);
  const intervals = ofLabels.map((half, j) => Math.sqrt(half * half + (1.96 * 1.96 * ofShares[j]!) / (pixels * pixels)));
  return { areas, intervals, pure: pure.map((count) => count / pixels) };
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
