/** What the selection is, against something else: lines with their errors, and one sentence. */

import { type CountedSpectrum, formatCount, formatFixed, type LineRatio, lineText, listOf } from "@sigma-eds/core";
import { wholeClassOf } from "../../session/selection/masks.js";
import { capital } from "../../ui/capital.js";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";

export interface Reference extends CountedSpectrum {
  readonly name: string;
}

/** The active class; all pixels where there is none, or where it is the class itself that is selected. */
export function referenceOf(
  analysis: AnalysisSnapshot | undefined,
  image: LoadedImage | undefined,
  active: number | undefined,
  mask?: Uint8Array,
): Reference | undefined {
  const index = analysis?.classes.findIndex(({ id }) => id === active) ?? -1;
  const [phase, mean] = [analysis?.classes[index], analysis?.classSpectra[index]];
  // Nothing tells a class from itself.
  const whole = analysis?.labels === undefined || mask === undefined ? undefined : wholeClassOf(mask, analysis.labels);
  if (phase !== undefined && mean !== undefined && phase.pixels > 0 && whole !== phase.id)
    return { name: phase.name, pixels: phase.pixels, spectrum: mean.map((value) => value * phase.pixels) };
  const spectrum = analysis?.sumSpectrum ?? image?.sumSpectrum;
  const pixels = analysis?.countMap.length ?? image?.countMap.length;
  return spectrum === undefined || pixels === undefined ? undefined : { name: "all pixels", spectrum, pixels };
}

/** A line is clearly different from here on; one of a dozen gets there by chance in 1 of 1,000 selections. */
export const CLEAR_SIGMA = 4;
const NAMED = 3;
const SHOWN = 6;

/** The lines worth showing: clearly different ones first, at most six, never fewer than three. */
export function shownRatios(ratios: readonly LineRatio[]): LineRatio[] {
  const clear = ratios.filter(({ sigma }) => Math.abs(sigma) >= CLEAR_SIGMA).length;
  return ratios.slice(0, Math.max(3, Math.min(SHOWN, clear)));
}

export interface SelectionVerdict {
  readonly strong: string;
  readonly rest: string;
}

/** Whether counting noise can explain the difference, and which lines decide. */
export function verdictOf(
  ratios: readonly LineRatio[],
  { pixels, spectrum }: CountedSpectrum,
  reference: string,
): SelectionVerdict {
  const counts = spectrum.reduce((sum, value) => sum + value, 0);
  const clear = ratios.filter(({ sigma }) => Math.abs(sigma) >= CLEAR_SIGMA);
  if (clear.length === 0) {
    return {
      strong: "Within counting noise.",
      rest: `No line tells these ${formatCount(pixels)} px, ${formatCount(Math.round(counts))} counts, from ${reference}.`,
    };
  }
  const words = (which: readonly LineRatio[]): string => listOf(which.slice(0, NAMED).map(({ line }) => lineText(line)));
  const [higher, lower] = [clear.filter(({ sigma }) => sigma > 0), clear.filter(({ sigma }) => sigma < 0)];
  const strength = Math.abs(clear[0]!.sigma) >= 10 ? "Far beyond counting noise." : "Beyond counting noise.";
  const parts = [higher.length > 0 ? `more ${words(higher)}` : "", lower.length > 0 ? `less ${words(lower)}` : ""].filter(
    (part) => part !== "",
  );
  return {
    strong: strength,
    rest: `${capital(parts.join(", "))} than ${reference}. Chosen by eye, so read it as a description, not a test.`,
  };
}

/** `× 14.6`, as many decimals as its error means. Where the other hardly shows the line there is no ratio, and no more to say unless they are clearly apart. */
export function ratioText({ ratio, ratioError95, sigma }: LineRatio): string {
  if (ratio === undefined) return sigma >= CLEAR_SIGMA ? "much more" : "–";
  return `× ${formatFixed(ratio, decimalsFor(ratioError95 ?? ratio))}`;
}

export function errorText({ ratioError95 }: LineRatio): string {
  return ratioError95 === undefined ? "" : `± ${formatFixed(ratioError95, decimalsFor(ratioError95))}`;
}

const MOST_DECIMALS = 3;

/** Decimals that show one digit of an error. */
function decimalsFor(error: number): number {
  return Math.min(MOST_DECIMALS, Math.max(0, -Math.floor(Math.log10(Math.max(error, 1e-9)) + 0.02)));
}

/** Share of the bar's width on a logarithmic axis from 1/10 (0) over 1 (0.4) to 32 (1). */
export function barPlace(ratio: number): number {
  const decades = Math.log10(Math.max(ratio, 1e-6));
  return Math.min(1, Math.max(0, 0.4 + decades * 0.4));
}

/** Pixels of the selection in each class, by the order of the classes, unassigned last. */
export function sharesOf(
  analysis: AnalysisSnapshot,
  mask: Uint8Array,
): readonly { readonly colour: string | undefined; readonly name: string; readonly share: number }[] {
  const { labels, classes } = analysis;
  if (labels === undefined || labels.length !== mask.length) return [];
  const pixels = new Map<number, number>();
  let all = 0;
  for (let p = 0; p < mask.length; p++) {
    if (mask[p] !== 1) continue;
    all += 1;
    pixels.set(labels[p]!, (pixels.get(labels[p]!) ?? 0) + 1);
  }
  const entries = [
    ...classes.map(({ id, name, colour }) => ({ id, name, colour })),
    { id: -1, name: "Unassigned", colour: undefined },
  ];
  return entries
    .map(({ id, name, colour }) => ({ name, colour, share: (pixels.get(id) ?? 0) / Math.max(1, all) }))
    .filter(({ share }) => share > 0);
}
