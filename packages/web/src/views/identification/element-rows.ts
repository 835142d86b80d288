/** What the panel of elements shows, as numbers and words: evidence family by family, line by line. */
import {
  type ArtefactPeak,
  type ClassElement,
  type ClassIdentity,
  elementOf,
  type FamilyEvidence,
  formatCount,
  formatFixed,
  lineText,
  lineWithName,
  listOf,
} from "@sigma-eds/core";
import { massHalf95 } from "../../session/derived/mass-error.js";

export interface LineRow {
  readonly line: string;
  readonly energyKev: number;
  readonly measured: number;
  readonly expected: number;
  readonly error: number;
}

export interface FamilyRow {
  /** `K`, `L`, `M` */
  readonly family: string;
  readonly counts: number | undefined;
  readonly error: number | undefined;
  readonly significance: number;
  readonly lines: readonly LineRow[];
}

export interface ElementRow {
  readonly element: string;
  readonly significance: number;
  readonly from: ClassElement["from"];
  readonly reason: string | undefined;
  /** Per cent by mass with half its 95 % interval of counting, standards and model; undefined for what is not of the sample. */
  readonly mass: { readonly percent: number; readonly half95: number } | undefined;
  /** The one that decides first. */
  readonly families: readonly FamilyRow[];
  /** One sentence per line that other elements share. */
  readonly overlaps: readonly string[];
  /** The line by which the element is shown in spectra: the strongest of the deciding family. */
  readonly mainLine: string | undefined;
}

/** Rows of the elements of an identity, surest first; `families`: what a fit tells beyond the deciding family. */
export function elementRows({ elements, composition }: ClassIdentity, families: readonly FamilyEvidence[] = []): ElementRow[] {
  const found = elements.map(({ element }) => element);
  return elements.map((one) => {
    const { element, significance, from, reason, lines, overlaps } = one;
    const quantified = composition?.elements.find((entry) => entry.element === element);
    return {
      element,
      significance,
      from,
      reason,
      mass: quantified === undefined ? undefined : { percent: 100 * quantified.massFraction, half95: massHalf95(quantified) },
      families: familyRows(one, families),
      overlaps: overlaps.map((overlap) => overlapSentence(overlap, found)),
      mainLine: lines[0]?.line,
    };
  });
}

function familyRows({ element, significance, lines }: ClassElement, families: readonly FamilyEvidence[]): FamilyRow[] {
  const deciding = lines[0] === undefined ? "K" : familyOf(lines[0].line);
  const own = families.filter((family) => family.element === element);
  if (own.length === 0)
    return [{ family: deciding, counts: undefined, error: undefined, significance, lines: withEnergies(lines) }];
  return [...own]
    .sort((a, b) => Number(b.family === deciding) - Number(a.family === deciding))
    .map(({ family, counts, error, significance: sigma, lines: evidence }) => ({
      family,
      counts,
      error,
      significance: sigma,
      lines: evidence,
    }));
}

function familyOf(line: string): string {
  return line.split("_")[1]?.charAt(0) ?? "K";
}

function withEnergies(lines: ClassElement["lines"]): LineRow[] {
  return lines.map((line) => ({ ...line, energyKev: lineWithName(line.line)?.energyKev ?? Number.NaN }));
}

/** `S Kα, Mo Lα and Pb Mα overlap. Mo and Pb are not seen by any line of theirs.` */
export function overlapSentence({ line, with: others }: ClassElement["overlaps"][number], found: readonly string[]): string {
  const elements = [...new Set(others.map(elementOf))];
  const here = elements.filter((element) => found.includes(element));
  const away = elements.filter((element) => !found.includes(element));
  const both = here.length === 0 ? "" : ` ${listOf(here)} ${here.length === 1 ? "is" : "are"} here too; the fit separates them.`;
  const none = away.length === 0 ? "" : ` ${listOf(away)} ${away.length === 1 ? "is" : "are"} not seen by other lines.`;
  return `${listOf([line, ...others].map(lineText))} overlap.${both}${none}`;
}

/** `Si Kα + Si Kα at 3.48 keV` */
export function artefactText({ kind, of, energyKev }: ArtefactPeak): string {
  const lines = of.map(lineText);
  return `${kind === "sum" ? lines.join(" + ") : `Escape of ${lines[0]}`} at ${formatFixed(energyKev, 2)} keV`;
}

/** `214 counts, 3.1 σ` */
export function countsText(counts: number, sigma: number): string {
  return `${formatCount(counts)} counts, ${formatFixed(sigma, 1)} σ`;
}

/** Energies from below the first to above the last of some lines, for looking at them closely, keV. */
export function rangeAround(energiesKev: readonly number[]): readonly [number, number] | undefined {
  const known = energiesKev.filter(Number.isFinite);
  if (known.length === 0) return undefined;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const margin = Math.max(0.35, 0.25 * (high - low));
  return [Math.max(0, low - margin), high + margin];
}

/** A bar of significance is full from here on: more makes no element surer. */
const FULL_SIGMA = 100;

/** 0 to 1 on a logarithmic scale from 1 to 100 standard errors. */
export function sureness(significance: number): number {
  return Math.log10(Math.min(FULL_SIGMA, Math.max(1, significance))) / Math.log10(FULL_SIGMA);
}
