/** How well a result agrees with a known truth. */
import { ShapeError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import { adjustedRandIndex } from "./adjusted-rand-index.js";
import { largestAssignment } from "./assignment.js";
import { classesOf } from "./contingency.js";
import { type ClassMatch, matchClasses, RECALL_TO_BE_FOUND } from "./match-classes.js";
import { cosineSimilarity, type ShareError, shareError } from "./similarity.js";

/** What must be known; the truth of a phantom fits. */
export interface Truth {
  readonly phases: readonly { readonly name: string }[];
  /** Int32 [pixels]: index of the phase with the largest share. */
  readonly labels: Int32Array;
  /** Uint8 [pixels]: 1 where a pixel holds (nearly) nothing but one phase. */
  readonly pure: Uint8Array;
  /** Float32 [pixels x phases], row-major. */
  readonly fractions: Float32Array;
  /** Float64 [phases][channels]. */
  readonly spectra: readonly Float64Array[];
  readonly energyAxis: CalibratedEnergyAxis;
}

/** What was found; everything but the labels may be missing. */
export interface Result {
  /** Int32 [pixels], below 0 = unassigned. */
  readonly labels: Int32Array;
  /** Spectrum of each class, in the order of the ids: float64 [classes][channels]. */
  readonly classSpectra?: readonly Float64Array[] | undefined;
  /** Float64 [endmembers][channels], in any order. */
  readonly endmembers?: readonly Float64Array[] | undefined;
  /** Float32 [pixels x endmembers], row-major. */
  readonly abundances?: Float32Array | undefined;
}

export interface PhaseScore {
  readonly name: string;
  /** Pixels of which the phase has the largest share, and how many of them are pure. */
  readonly pixels: number;
  readonly purePixels: number;
  /** Class that was matched to it; `undefined` where none has a pixel of it. */
  readonly matchedClass: number | undefined;
  /** Share of its pure pixels that lie in the matched class (of its pixels, where none is pure), 0 to 1. */
  readonly recall: number;
  /** Share of the matched class's pure pixels that are of this phase, 0 to 1. */
  readonly precision: number;
  /** True when its recall is at least one half. */
  readonly found: boolean;
  /** Cosine of the matched class's spectrum and the true one; `undefined` without spectra or match. */
  readonly classCosine: number | undefined;
  /** Endmember matched to it by the spectra (by the abundances, without endmembers). */
  readonly endmember: number | undefined;
  readonly endmemberCosine: number | undefined;
  readonly abundance: ShareError | undefined;
}

/** Over all phases that the map holds; a phase without a match counts as 0. */
export interface MeanAndLeast {
  readonly mean: number;
  readonly least: number;
}

export interface Score {
  /** Over all pixels, and over the pure ones. */
  readonly adjustedRandIndex: number;
  readonly adjustedRandIndexPure: number;
  /** Phases that the map holds. */
  readonly truePhases: number;
  /** Classes that have pixels. */
  readonly classes: number;
  readonly phasesFound: number;
  /** Names of the phases that were not found. */
  readonly missing: readonly string[];
  /** Ids of the classes that no found phase was matched to. */
  readonly surplus: readonly number[];
  readonly recall: MeanAndLeast;
  readonly classCosine: MeanAndLeast | undefined;
  readonly endmemberCosine: MeanAndLeast | undefined;
  readonly abundanceCorrelation: MeanAndLeast | undefined;
  /** Mean over the phases. */
  readonly abundanceMeanAbsoluteError: number | undefined;
  /** Phases that the map holds, in the order of the truth. */
  readonly phases: readonly PhaseScore[];
}

/** Spectra are compared from here on: the electronics' peak at 0 keV lies below. */
const LOWEST_KEV = 0.1;

/**
 * Scores labels, spectra and abundances against a truth. Classes are matched to phases one to one so that as many pure pixels as
 * possible agree; endmembers so that the sum of cosines is largest. Throws {@link ShapeError} when sizes differ.
 */
export function scoreResult(result: Result, truth: Truth): Score {
  checkShapes(result, truth);
  const matches = matchClasses(result.labels, truth);
  const present = truth.phases.map((_, k) => k).filter((k) => matches[k]!.pixels > 0);
  const from = Math.max(0, Math.ceil(channelOfEnergy(truth.energyAxis, LOWEST_KEV)));
  const endmemberOf = matchEndmembers(result, truth, present, from);
  const phases = present.map((k) => phaseScore(result, truth, k, matches[k]!, endmemberOf.get(k), from));
  const kept = new Set(phases.filter((phase) => phase.found).map((phase) => phase.matchedClass));
  const used = usedClasses(result.labels);
  const { endmembers, classSpectra, abundances } = result;
  return {
    adjustedRandIndex: adjustedRandIndex(result.labels, truth.labels),
    adjustedRandIndexPure: adjustedRandIndex(result.labels, truth.labels, truth.pure),
    truePhases: present.length,
    classes: used.length,
    phasesFound: kept.size,
    missing: phases.filter((phase) => !phase.found).map((phase) => phase.name),
    surplus: used.filter((id) => !kept.has(id)),
    recall: meanAndLeast(phases.map((phase) => phase.recall)),
    classCosine: classSpectra && meanAndLeast(phases.map((phase) => phase.classCosine ?? 0)),
    endmemberCosine: endmembers && meanAndLeast(phases.map((phase) => phase.endmemberCosine ?? 0)),
    abundanceCorrelation: abundances && meanAndLeast(phases.map((phase) => phase.abundance?.correlation ?? 0)),
    abundanceMeanAbsoluteError: abundances && meanAndLeast(phases.map((phase) => phase.abundance?.meanAbsoluteError ?? 1)).mean,
    phases,
  };
}

function phaseScore(
  result: Result,
  truth: Truth,
  k: number,
  match: ClassMatch,
  endmember: number | undefined,
  from: number,
): PhaseScore {
  const { classSpectra, endmembers, abundances } = result;
  const classSpectrum = match.matchedClass === undefined ? undefined : classSpectra?.[match.matchedClass];
  const endmemberSpectrum = endmember === undefined ? undefined : endmembers?.[endmember];
  const phases = truth.phases.length;
  const columns = abundances === undefined ? 0 : abundances.length / truth.labels.length;
  return {
    name: truth.phases[k]!.name,
    ...match,
    found: match.recall >= RECALL_TO_BE_FOUND,
    classCosine: classSpectrum && cosineSimilarity(classSpectrum, truth.spectra[k]!, from),
    endmember,
    endmemberCosine: endmemberSpectrum && cosineSimilarity(endmemberSpectrum, truth.spectra[k]!, from),
    abundance:
      abundances === undefined || endmember === undefined
        ? undefined
        : shareError(
            { data: abundances, step: columns, column: endmember },
            { data: truth.fractions, step: phases, column: k },
            truth.labels.length,
          ),
  };
}

/** Endmember of each phase: by the spectra where there are endmembers, otherwise by the shares that overlap most. */
function matchEndmembers(result: Result, truth: Truth, present: readonly number[], from: number): Map<number, number> {
  const { endmembers, abundances } = result;
  const count = endmembers?.length ?? (abundances === undefined ? 0 : abundances.length / truth.labels.length);
  const weights = matrix(present.length, count);
  present.forEach((k, row) => {
    for (let j = 0; j < count; j++) {
      weights.data[row * count + j] =
        endmembers === undefined
          ? overlap(abundances!, count, j, truth, k)
          : cosineSimilarity(endmembers[j]!, truth.spectra[k]!, from);
    }
  });
  const assigned = largestAssignment(weights);
  return new Map(present.flatMap((k, row) => (assigned[row]! < 0 ? [] : [[k, assigned[row]!] as const])));
}

/** Cosine of two columns of shares. */
function overlap(
  abundances: Float32Array,
  columns: number,
  column: number,
  { fractions, phases, labels }: Truth,
  k: number,
): number {
  const found = Float64Array.from(labels, (_, p) => abundances[p * columns + column]!);
  const real = Float64Array.from(labels, (_, p) => fractions[p * phases.length + k]!);
  return cosineSimilarity(found, real);
}

function usedClasses(labels: Int32Array): number[] {
  const used = new Uint8Array(classesOf(labels));
  for (const label of labels) if (label >= 0) used[label] = 1;
  return Array.from(used.keys()).filter((id) => used[id] === 1);
}

function meanAndLeast(values: readonly number[]): MeanAndLeast {
  let least = Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const value of values) {
    sum += value;
    least = Math.min(least, value);
  }
  return { mean: sum / values.length, least };
}

function checkShapes({ labels, classSpectra, endmembers, abundances }: Result, truth: Truth): void {
  const pixels = truth.labels.length;
  check("labels", labels.length === pixels, `${labels.length} pixels`, `${pixels} pixels`);
  const channels = truth.energyAxis.size;
  for (const [field, spectra] of [["classSpectra", classSpectra] as const, ["endmembers", endmembers] as const]) {
    for (const spectrum of spectra ?? []) {
      check(field, spectrum.length === channels, `${spectrum.length} channels`, `${channels} channels`);
    }
  }
  if (abundances === undefined) return;
  const columns = abundances.length / pixels;
  const wanted = endmembers === undefined ? Number.isInteger(columns) : columns === endmembers.length;
  check("abundances", wanted, `${abundances.length} values`, `${pixels} x ${endmembers?.length ?? "endmembers"}`);
}

function check(field: string, holds: boolean, found: string, expected: string): void {
  if (holds) return;
  throw new ShapeError("The result and the truth are of different sizes.", {
    field,
    found,
    expected,
    remedy: "Score a result against the truth of the same image; bin the truth as the image was binned.",
  });
}
