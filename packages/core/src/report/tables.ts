/** Tables for other programs: comma-separated values as RFC 4180 has them. */
import { candidateText } from "../algorithms/name-phases/candidate-text.js";
import type { Composition } from "../algorithms/quantify/composition.js";
import type { Analysis } from "../pipeline/analysis.js";
import type { ChosenNumber } from "../pipeline/class-number.js";
import type { ClassIdentity } from "../pipeline/identified-classes.js";
import { areaIntervals } from "./area-interval.js";
import { type ModalShare, modalShares } from "./modal-results.js";

const HEADER = [
  "id",
  "name",
  "colour",
  "pixels",
  "area_fraction",
  "area_fraction_half_interval_95",
  "area_um2",
  "counts",
  "mean_counts_per_pixel",
  "dominant_lines",
] as const;

/**
 * One row per class: id, name, colour, pixels, area fraction of the map (0 to 1) with half its 95 % interval (empty where pixels have no membership), area in square micrometres (empty without a
 * pixel size), counts, mean counts per pixel, dominant lines (strongest first, separated by spaces); where it was quantified, for each element the atomic and the mass
 * fraction with their standard errors (empty where there were too few counts); where it was identified, its best name, how sure that is (one, set, mixture, none), the other names that fit, density,
 * weight fraction, area by the shares of the pixels with half its 95 % interval, the share of the map whose pixels are pure (nine tenths or more of the phase), and whether it is pores. UTF-8, lines end with CR LF.
 */
export function phasesCsv(analysis: Pick<Analysis, "classes"> & Partial<Analysis>): string {
  const { classes, quantification, identities } = analysis;
  const names = identities === undefined ? [] : NAMES;
  const shares = new Map(modalShares(analysis).map((share) => [share.id, share]));
  const halves = areaIntervals(analysis);
  const elements = quantification?.elements ?? [];
  const compositions = new Map(quantification?.classes.map(({ id, composition }) => [id, composition]));
  const rows = classes.map((phase, i) => [
    phase.id,
    phase.name,
    phase.colour,
    phase.pixels,
    phase.areaFraction,
    halves?.[i],
    phase.areaUm2,
    phase.counts,
    phase.countsPerPixel,
    phase.dominantLines.map(({ line }) => line).join(" "),
    ...elements.flatMap((_, k) => fractionsOf(compositions.get(phase.id), k)),
    ...(identities === undefined
      ? []
      : namesOf(
          identities.find(({ id }) => id === phase.id),
          shares.get(phase.id),
        )),
  ]);
  const fractions = elements.flatMap((element) => FRACTIONS.map((name) => `${element}_${name}`));
  return csv([[...HEADER, ...fractions, ...names], ...rows]);
}

const NAMES = [
  "identified_as",
  "verdict",
  "could_also_be",
  "density_g_cm3",
  "weight_fraction",
  "area_by_shares",
  "area_by_shares_half_interval_95",
  "pure_fraction_of_map",
  "is_pore",
] as const;

function namesOf(identity: ClassIdentity | undefined, share: ModalShare | undefined): (string | number | undefined)[] {
  const others = identity?.verdict === "mixture" ? [] : (identity?.shown.slice(1) ?? []);
  return [
    identity?.name,
    identity?.verdict,
    others.map(candidateText).join("; "),
    share?.densityGcm3,
    share?.weightFraction,
    share?.areaOfShares,
    share?.areaInterval,
    share?.areaOfPure,
    share === undefined ? undefined : String(share.isPore === true),
  ];
}

const FRACTIONS = ["atomic_fraction", "atomic_fraction_error", "mass_fraction", "mass_fraction_error"] as const;

function fractionsOf(composition: Composition | undefined, k: number): (number | undefined)[] {
  if (composition === undefined) return FRACTIONS.map(() => undefined);
  const { atomicFraction, atomicFractionError, massFraction, massFractionError } = composition;
  return [atomicFraction[k], atomicFractionError[k], massFraction[k], massFractionError[k]];
}

/** One row per component of a scree curve: component (from 0, as its file), share (0 to 1), replication in standard errors (empty where it was not tested). */
export function screeCsv({
  shares,
  replication,
}: {
  readonly shares: Float64Array;
  readonly replication: Float64Array | undefined;
}): string {
  const rows = Array.from(shares, (share, j) => [j, share, replication?.[j]]);
  return csv([["component", "share", "replication_sigma"], ...rows]);
}

/** One row per number of classes that was tried: BIC (empty for methods without), mean silhouette, stability (mean and lowest adjusted Rand index), chosen or not. */
export function classNumbersCsv({ numbers, nClasses }: ChosenNumber): string {
  const rows = numbers.map((one) => [
    one.nClasses,
    one.bic,
    one.silhouette,
    one.silhouetteError,
    one.stability,
    one.lowestStability,
    String(one.nClasses === nClasses),
  ]);
  return csv([["classes", "bic", "silhouette", "silhouette_error", "stability", "lowest_stability", "chosen"], ...rows]);
}

/** Rows as CSV, see {@link csvField}. */
export function csv(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

/**
 * One field of a CSV table. Text with commas, quotes or line ends is quoted; text that a spreadsheet would run as a formula gets an apostrophe in front,
 * since names come from people and files. Numbers that are not finite, and what is unknown, are empty.
 */
export function csvField(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
