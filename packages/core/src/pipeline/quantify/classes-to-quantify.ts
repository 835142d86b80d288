/** Which spectra are quantified, and for which elements. */

import { ParameterError } from "../../errors.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { pixelCount } from "../../spectrum-image/counts.js";
import { classSpectra, pass } from "../../spectrum-image/pass.js";
import type { Layer } from "../../xray/detector.js";
import { lineNamed } from "../../xray/line-names.js";
import type { Analysis } from "../analysis.js";
import { classTableOf } from "../edits/class-table.js";
import type { ClassIdentity } from "../identified-classes.js";
import { purePixels } from "../pure-pixels.js";
import type { StepContext } from "../step.js";
import type { XppParameters } from "./xpp-parameters.js";

/** Id of all pixels together, where there are no classes. */
export const WHOLE_ID = -1;

export interface ClassSpectrum {
  readonly id: number;
  readonly pixels: number;
  readonly pure: boolean;
  /** Sum over the pixels, counts: float64 [channels]. */
  readonly spectrum: Float64Array;
  /** Counts above the zero peak. */
  readonly counts: number;
}

/** Elements of a class: all that are fitted, and those of the sample among them. */
export interface ClassElements {
  readonly fitted: readonly string[];
  readonly quantified: readonly string[];
}

const FROM_KEV = 0.2;

/** Every surface that has been in a vacuum chamber shows some; fitted so that it does not count as oxygen or continuum. */
const CONTAMINATION = "C";

/** Summed spectra of the pure pixels of each class; of all pixels where there are no classes. */
export async function spectraToQuantify(
  analysis: Analysis,
  axis: CalibratedEnergyAxis,
  context: StepContext,
): Promise<ClassSpectrum[]> {
  const { ids, slots, pixels, pure } = pixelsToSum(analysis);
  const { counts } = analysis.image;
  const [spectra] = await pass(counts, [classSpectra(counts, slots, ids.length)], { signal: context.signal });
  const first = Math.max(0, Math.ceil((FROM_KEV - axis.offset) / axis.scale));
  return ids.map((id, slot) => {
    const spectrum = spectra[slot]!;
    const sum = spectrum.subarray(first).reduce((total, value) => total + value, 0);
    return { id, pixels: pixels[slot]!, pure: pure[slot]!, spectrum, counts: sum };
  });
}

function pixelsToSum(analysis: Analysis) {
  const { labels, mask, image } = analysis;
  if (labels !== undefined) {
    const ids = classTableOf(analysis, labels).entries.map(({ id }) => id);
    return { ids, ...purePixels(analysis, labels, ids) };
  }
  const slots = new Int32Array(pixelCount(image.counts.navigationShape)).map((_, p) => (mask?.[p] === 0 ? -1 : 0));
  const pixels = Float64Array.of(slots.reduce((sum, slot) => sum + (slot === 0 ? 1 : 0), 0));
  return { ids: [WHOLE_ID], slots, pixels, pure: [false] };
}

/**
 * Elements of a class: those given; else those that the step identify found in it, films and the instrument's apart; else those of the marked lines. Elements of the
 * coating are fitted and not quantified. Throws {@link ParameterError} where nothing says which elements there are.
 */
export function elementsOfClass(
  { lines }: Analysis,
  identity: ClassIdentity | undefined,
  given: XppParameters,
  coating: Layer | undefined,
): ClassElements {
  const marked = [...new Set(lines.map((line) => lineNamed(line).element))];
  const found = identity?.elements ?? [];
  const ofSample = found.filter(({ from }) => from === "sample").map(({ element }) => element);
  const wanted = given.elements.length > 0 ? given.elements : identity === undefined ? marked : ofSample;
  if (wanted.length === 0 && identity === undefined) {
    throw new ParameterError("Nothing says which elements are to be quantified.", {
      where: "quantify",
      field: "elements",
      remedy: 'Give elements, or put a step "elements" or "identify" before this one.',
    });
  }
  const covering = Object.keys(coating?.massFractions ?? {});
  const film = identity === undefined ? [CONTAMINATION] : found.map(({ element }) => element);
  return {
    fitted: [...new Set([...wanted, ...film, ...covering])],
    quantified: wanted.filter((element) => !covering.includes(element)),
  };
}
