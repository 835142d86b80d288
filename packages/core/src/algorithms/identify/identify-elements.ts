/**
 * Which elements a spectrum shows. Candidates are fitted all at once with continuum, sum and escape peaks (line-fit); those that are not needed
 * leave one by one, those that what is left asks for come in one by one. See docs/methods/identify.md.
 */
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { elements as allElements } from "../../xray/elements.js";
import { lineWithName } from "../../xray/lines.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import { type FitOptions, fitSpectrum, type SpectrumFit } from "../line-fit/fit-spectrum.js";
import { elementFit } from "../preprocess/element-fit.js";
import { CHI_SQUARE_PER_STEP, commonerNeighbours, uncommonness } from "./common-elements.js";
import { type FamilyEvidence, familyEvidence } from "./family-evidence.js";
import { type Overlap, overlapOf } from "./known-overlaps.js";
import { missingElement } from "./missing-element.js";
import { type Origin, originOf } from "./where-from.js";

export interface IdentifyOptions extends FitOptions {
  /** An element is there when its counts exceed this many errors. Default 5. */
  readonly significance?: number;
  /** Elements to begin with. Default: every one whose line stands out of the filtered spectrum. */
  readonly candidates?: readonly string[] | undefined;
  /** Elements that are not looked for. Default {@link UNLIKELY}. */
  readonly leaveOut?: readonly string[];
}

/** Gases that no solid holds in amounts that EDS sees, and elements without stable isotopes but Th and U. */
export const UNLIKELY: readonly string[] = ["He", "Ne", "Ar", "Kr", "Xe", "Tc", "Pm", "Po", "At", "Rn", "Fr", "Ra", "Ac", "Pa"];

export interface IdentifiedElement extends Origin {
  readonly element: string;
  /** The family that tells most: evidence for the element stands or falls with it. */
  readonly deciding: FamilyEvidence;
  readonly families: readonly FamilyEvidence[];
  readonly overlaps: readonly Overlap[];
  /** Rough mass fraction, 0 to 1, all elements that were found making 1. */
  readonly massFraction: number;
}

export interface Identification {
  /** Surest first. */
  readonly elements: readonly IdentifiedElement[];
  /** Candidates that were looked at and are not there, with the reason. */
  readonly rejected: readonly { readonly element: string; readonly significance: number; readonly reason: string }[];
  readonly fit: SpectrumFit;
}

const DEFAULT_SIGNIFICANCE = 5;
const LIGHTEST = 5;
const HEAVIEST = 92;
/** A line that should stand out by this many errors ... */
const MUST_SHOW = 4;
/** ... and of which less than this share is there means that the family is not. */
const LEAST_SHOWN = 0.35;
const MOST_ROUNDS = 40;

/** Finds the elements of a spectrum of counts (float64 [axis.size]). Throws as `fitSpectrum`. */
export function identifyElements(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  options: IdentifyOptions = {},
): Identification {
  const { significance = DEFAULT_SIGNIFICANCE, leaveOut = UNLIKELY } = options;
  const looked = allElements
    .filter(({ number, symbol }) => number >= LIGHTEST && number <= HEAVIEST && !leaveOut.includes(symbol))
    .map(({ symbol }) => symbol);
  let kept =
    options.candidates?.filter((symbol) => looked.includes(symbol)) ?? scout(looked, spectrum, axis, conditions, options);
  const rejected = new Map<string, { element: string; significance: number; reason: string }>();
  let fit = fitSpectrum(spectrum, axis, conditions, kept, options);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const judged = judge(fit, axis, significance);
    const out = judged.filter(({ reason }) => reason !== undefined);
    if (out.length > 0) {
      const leaving = weakest(out);
      for (const { element, deciding, reason } of leaving) {
        rejected.set(element, { element, significance: deciding.significance, reason: reason! });
      }
      kept = kept.filter((symbol) => !leaving.some(({ element }) => element === symbol));
    } else {
      const outside = looked.filter((symbol) => !kept.includes(symbol) && !rejected.has(symbol));
      const missing = missingElement(fit, axis, conditions, outside, significance);
      if (missing === undefined) break;
      kept = [...kept, missing];
    }
    fit = fitSpectrum(spectrum, axis, conditions, kept, { ...options, start: fit });
  }
  fit = withCommonElements(
    fit,
    (elements) => fitSpectrum(spectrum, axis, conditions, elements, { ...options, start: fit }),
    looked,
    conditions,
  );
  return { elements: described(fit, axis, conditions, significance, looked), rejected: [...rejected.values()], fit };
}

/** Puts a commoner element in the place of each that it fits about as well as: a few hundred counts of Al Ka are as well Br La. */
function withCommonElements(
  fit: SpectrumFit,
  refit: (elements: readonly string[]) => SpectrumFit,
  looked: readonly string[],
  conditions: Conditions,
): SpectrumFit {
  let best = fit;
  for (const element of elementsOf(fit)) {
    if (uncommonness(element) === 0) continue;
    const kept = elementsOf(best);
    for (const other of commonerNeighbours(element, looked, conditions, [fit.fromKev, fit.toKev])) {
      if (kept.includes(other)) continue;
      const swapped = refit(kept.map((symbol) => (symbol === element ? other : symbol)));
      const steps = uncommonness(element) - uncommonness(other);
      const allowed = CHI_SQUARE_PER_STEP * steps * Math.max(1, best.reducedChiSquare);
      if (swapped.chiSquare - best.chiSquare > allowed) continue;
      best = swapped;
      break;
    }
  }
  return best;
}

function elementsOf(fit: SpectrumFit): string[] {
  return [...new Set(fit.families.map(({ element }) => element))];
}

/** Elements whose main line stands out of the top-hat filtered spectrum. */
function scout(
  looked: readonly string[],
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  { beamEnergyKev, resolutionEv }: Conditions,
  { fromKev = 0.2, significance = DEFAULT_SIGNIFICANCE }: IdentifyOptions,
): string[] {
  const toKev = Math.min(beamEnergyKev, axis.offset + (axis.size - 1) * axis.scale);
  return elementFit(looked, { axis, beamEnergyKev, resolutionEv, fromKev, toKev, significance })
    .of(spectrum)
    .filter(({ sigma, peakSigma }) => sigma >= significance && peakSigma >= 3)
    .map(({ element }) => element);
}

interface Judged {
  readonly element: string;
  readonly deciding: FamilyEvidence;
  readonly families: readonly FamilyEvidence[];
  /** Why it is not there; undefined when it is. */
  readonly reason: string | undefined;
}

function judge(fit: SpectrumFit, axis: CalibratedEnergyAxis, significance: number): Judged[] {
  const evidence = familyEvidence(fit, axis);
  const elements = [...new Set(evidence.map(({ element }) => element))];
  return elements.map((element) => {
    const families = evidence.filter((family) => family.element === element);
    const deciding = decidingOf(families, fit);
    return { element, deciding, families, reason: reasonAgainst(deciding, significance) };
  });
}

/** The family that, by the physics, must stand out most; not the one that happens to. */
function decidingOf(families: readonly FamilyEvidence[], fit: SpectrumFit): FamilyEvidence {
  const expected = ({ element, family, error }: FamilyEvidence) =>
    fit.families.find((one) => one.element === element && one.family === family)!.expected / error;
  return families.reduce((a, b) => (expected(b) > expected(a) ? b : a));
}

function reasonAgainst({ significance, lines }: FamilyEvidence, least: number): string | undefined {
  if (significance < least) return `${Math.max(0, significance).toFixed(1)} σ; it takes ${least} σ.`;
  const missing = lines.find(
    ({ measured, expected, error }) => expected > MUST_SHOW * error && measured < LEAST_SHOWN * expected,
  );
  if (missing === undefined) return undefined;
  return `${missing.line} is missing: ${missing.expected.toFixed(0)} counts are expected there, ${missing.measured.toFixed(0)} are found.`;
}

/** Those without any counts at once, else the single least sure: what leaves may have held up others. */
function weakest(out: readonly Judged[]): Judged[] {
  const none = out.filter(({ deciding }) => deciding.significance < 1);
  if (none.length > 0) return none;
  return [out.reduce((a, b) => (b.deciding.significance < a.deciding.significance ? b : a))];
}

function described(
  fit: SpectrumFit,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  significance: number,
  looked: readonly string[],
): IdentifiedElement[] {
  return judge(fit, axis, significance)
    .map(({ element, deciding, families }) => ({
      element,
      deciding,
      families,
      overlaps: deciding.lines
        .map(({ line }) => overlapOf(lineWithName(line)!, looked, conditions.beamEnergyKev, fit.shape.resolutionEv))
        .filter((overlap) => overlap.with.length > 0),
      massFraction: fit.composition[element] ?? 0,
      ...originOf(element, fit, conditions),
    }))
    .sort((a, b) => b.deciding.significance - a.deciding.significance);
}
