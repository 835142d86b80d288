/**
 * What was found in the spectra of an image is remembered: an edit changes a few classes and asks for all of them again. A result is the same whether it is remembered or
 * not, for it is taken only where spectrum and settings are equal, number by number.
 */
import { type IdentifiedPhase, identifyPhase, type PhaseInput } from "../algorithms/identify/identify-phase.js";
import type { PeakShape } from "../algorithms/line-fit/families.js";
import { fitSpectrum } from "../algorithms/line-fit/fit-spectrum.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { type CountSource, isStored } from "../spectrum-image/counts.js";
import type { Conditions } from "../xray/physics/expected-spectrum.js";

interface Entry<Result> {
  /** All that decides the result besides the spectrum, in words. */
  readonly settings: string;
  readonly spectrum: Float64Array;
  readonly result: Result;
}

interface Memory {
  readonly phases: Entry<IdentifiedPhase>[];
  readonly shapes: Entry<PeakShape>[];
}

/** By the counts of the image, which never change; it goes when they go. */
const memories = new WeakMap<CountSource, Memory>();
/** Of one image, about 0.2 MB each; the oldest are forgotten. */
const MOST_PHASES = 64;
const MOST_SHAPES = 4;

/** `identifyPhase` of a spectrum of the image; `libraryKey` says in words which library it is given. */
export function rememberedPhase(counts: CountSource, libraryKey: string, input: PhaseInput): IdentifiedPhase {
  const { axis, conditions, candidates, significance, shape } = input;
  const settings = JSON.stringify([place(axis), conditions, candidates, significance, shape, libraryKey]);
  return recalled(memoryOf(counts)?.phases, MOST_PHASES, settings, input.spectrum, () => identifyPhase(input));
}

/** Where a fit of the elements says that the peaks of a spectrum of the image lie. Throws as `fitSpectrum`. */
export function rememberedShape(
  counts: CountSource,
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  elements: readonly string[],
): PeakShape {
  const settings = JSON.stringify([place(axis), conditions, elements]);
  return recalled(memoryOf(counts)?.shapes, MOST_SHAPES, settings, spectrum, () => {
    return fitSpectrum(spectrum, axis, conditions, elements).shape;
  });
}

function memoryOf(counts: CountSource): Memory | undefined {
  if (!isStored(counts)) return undefined;
  const memory = memories.get(counts) ?? { phases: [], shapes: [] };
  memories.set(counts, memory);
  return memory;
}

function recalled<Result>(
  entries: Entry<Result>[] | undefined,
  most: number,
  settings: string,
  spectrum: Float64Array,
  compute: () => Result,
): Result {
  const found = entries?.find((entry) => entry.settings === settings && isEqual(entry.spectrum, spectrum));
  if (found !== undefined) return found.result;
  const result = compute();
  if (entries !== undefined) {
    if (entries.length >= most) entries.shift();
    entries.push({ settings, spectrum: spectrum.slice(), result });
  }
  return result;
}

function place({ size, offset, scale }: CalibratedEnergyAxis): readonly number[] {
  return [size, offset, scale];
}

function isEqual(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
