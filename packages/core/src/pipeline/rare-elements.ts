/** Elements that live in a few pixels: pixels that stand out by a line, confirmed by a fit of their spectrum. */
import { identifyElements, UNLIKELY } from "../algorithms/identify/identify-elements.js";
import { logPoissonTail } from "../algorithms/identify/poisson-tail.js";
import { type RarePixel, rareLimit, rarePixels, rareWindow } from "../algorithms/identify/rare-pixels.js";
import { fitSpectrum } from "../algorithms/line-fit/fit-spectrum.js";
import { fittedOrNothing } from "../algorithms/line-fit/fitted-or-nothing.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { type CountSource, pixelCount } from "../spectrum-image/counts.js";
import { classSpectra, pass } from "../spectrum-image/pass.js";
import { fwhmKev } from "../xray/detector.js";
import { elements as allElements } from "../xray/elements.js";
import { mainLine, type XrayLine } from "../xray/lines.js";
import type { Conditions } from "../xray/physics/expected-spectrum.js";

export interface RareElement {
  readonly element: string;
  /** `Zr_La` */
  readonly line: string;
  /** Elements whose lines the detector does not separate from this one, and that stand out of the same pixels. */
  readonly couldBe: readonly string[];
  /** Rising. */
  readonly pixels: readonly number[];
  /** Counts in the window of the line over these pixels, and those that their surroundings make one expect. */
  readonly counts: number;
  readonly expected: number;
  /** Counts of its lines over their error in a fit of the spectrum of these pixels. */
  readonly significance: number;
}

export interface RareElementsInput {
  readonly counts: CountSource;
  readonly axis: CalibratedEnergyAxis;
  readonly conditions: Conditions;
  readonly slots: Int32Array;
  /** Counts of all pixels of each class: float64 [classes][channels]. */
  readonly spectra: readonly Float64Array[];
  /** Elements that some class was found to hold. */
  readonly known: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

const LIGHTEST = 6;
const HEAVIEST = 92;
const FROM_KEV = 0.2;
/** A line must be this far above its edge in energy to be looked for: below, it is too weak for a few pixels. */
const LEAST_OVERVOLTAGE = 1.5;
/** What a fit of a few pixels must show of an element that their counts showed beyond chance already, standard errors. */
const CONFIRMED = 3;
/** Suspects are confirmed by a fit each; more than so many are not looked at. */
const MOST_FITS = 8;
/** Lines nearer than this, over the detector's width, are one to it. */
const NEAR = 0.6;

interface Suspect {
  readonly line: XrayLine;
  readonly pixels: readonly RarePixel[];
}

/**
 * Elements that no class holds and that single pixels show beyond chance (see `rarePixels`), where a fit of the spectrum of these pixels finds them with all their lines beside what
 * the classes hold. Most pixels first. Of elements that the detector does not separate the one of most evidence is named, the others stand beside it.
 */
export async function rareElements(input: RareElementsInput): Promise<RareElement[]> {
  const { counts, axis, conditions, known, signal } = input;
  const lines = linesOf(input);
  if (lines.length === 0 || input.spectra.length === 0) return [];
  const search = rarePixels({ ...input, lines, resolutionEv: conditions.resolutionEv, fromKev: FROM_KEV });
  const [found] = await pass(counts, [search], { signal });
  let suspects = lines
    .flatMap((line, k): Suspect[] => (found[k]!.length === 0 ? [] : [{ line, pixels: found[k]! }]))
    .sort((a, b) => evidence(a) - evidence(b) || a.line.energyKev - b.line.energyKev);
  const confirmed: RareElement[] = [];
  for (let fits = 0; fits < MOST_FITS && suspects.length > 0; fits++) {
    const [first, ...others] = suspects as [Suspect, ...Suspect[]];
    const spectrum = await spectrumOf(counts, first.pixels, signal);
    const candidates = [...known, first.line.element];
    const choice = { candidates, significance: CONFIRMED };
    const elements = fittedOrNothing(() => identifyElements(spectrum, axis, conditions, choice))?.elements ?? [];
    const shown = (symbol: string) => elements.find(({ element, from }) => element === symbol && from === "sample");
    const own = shown(first.line.element);
    suspects = others;
    if (own === undefined || !isBeyondKnown(spectrum, first.line, lines.length, input)) continue;
    const same = others.filter((other) => isOf(other, first));
    const alike = same.filter(({ line }) => isNear(line, first.line, conditions.resolutionEv));
    confirmed.push(rareElement(first, alike, own.deciding.significance));
    suspects = others.filter((other) => !same.includes(other) || (!alike.includes(other) && shown(other.line.element)));
  }
  return confirmed.sort((a, b) => b.pixels.length - a.pixels.length || b.significance - a.significance);
}

/**
 * Whether the elements of the classes, as much of each as these pixels ask for, leave the counts in the window of the line beyond chance, by the limit that their pixels had to pass: what
 * the classes around a pixel do not hold, such as silicon on the tape, may be no more than the flank of its own line.
 */
function isBeyondKnown(spectrum: Float64Array, line: XrayLine, lines: number, input: RareElementsInput): boolean {
  const { axis, conditions, known, counts } = input;
  const fit = known.length === 0 ? undefined : fittedOrNothing(() => fitSpectrum(spectrum, axis, conditions, known));
  if (fit === undefined) return true;
  const { start, end } = rareWindow(line, { axis, resolutionEv: conditions.resolutionEv });
  let inside = 0;
  let expected = 0.5;
  for (let c = start; c < end; c++) {
    inside += spectrum[c]!;
    expected += Math.max(0, fit.model[c]!);
  }
  return inside > expected && logPoissonTail(inside, expected) < rareLimit(lines, pixelCount(counts.navigationShape));
}

/** Sum of the logarithms of the probabilities of its pixels: the smaller the more evidence. */
function evidence({ pixels }: Suspect): number {
  return pixels.reduce((sum, { logProbability }) => sum + logProbability, 0);
}

/** Whether at least half the pixels of a suspect are pixels of another: one thing may be behind both. */
function isOf({ pixels }: Suspect, other: Suspect): boolean {
  const places = new Set(other.pixels.map(({ pixel }) => pixel));
  return 2 * pixels.filter(({ pixel }) => places.has(pixel)).length >= pixels.length;
}

function isNear(a: XrayLine, b: XrayLine, resolutionEv: number): boolean {
  return Math.abs(a.energyKev - b.energyKev) <= NEAR * fwhmKev(b.energyKev, resolutionEv);
}

function linesOf({ axis, conditions: { beamEnergyKev }, known }: RareElementsInput): XrayLine[] {
  const toKev = axis.offset + (axis.size - 1) * axis.scale;
  return allElements
    .filter(({ number }) => number >= LIGHTEST && number <= HEAVIEST)
    .filter(({ symbol }) => !UNLIKELY.includes(symbol) && !known.includes(symbol))
    .flatMap(({ symbol }) => mainLine(symbol, beamEnergyKev, [FROM_KEV, toKev]) ?? [])
    .filter(({ edgeKev }) => edgeKev * LEAST_OVERVOLTAGE < beamEnergyKev);
}

async function spectrumOf(
  counts: CountSource,
  pixels: readonly RarePixel[],
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const slots = new Int32Array(pixelCount(counts.navigationShape)).fill(-1);
  for (const { pixel } of pixels) slots[pixel] = 0;
  const [spectra] = await pass(counts, [classSpectra(counts, slots, 1)], { signal });
  return spectra[0]!;
}

function rareElement({ line, pixels }: Suspect, alike: readonly Suspect[], significance: number): RareElement {
  const total = (key: "counts" | "expected") => pixels.reduce((sum, one) => sum + one[key], 0);
  return {
    element: line.element,
    line: line.name,
    couldBe: alike.map((other) => other.line.element),
    pixels: pixels.map(({ pixel }) => pixel),
    counts: total("counts"),
    expected: total("expected"),
    significance,
  };
}
