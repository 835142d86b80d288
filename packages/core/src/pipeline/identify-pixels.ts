/** Questions beside a finished analysis: what any set of pixels consists of, and whether two classes differ. Nothing of the analysis changes. */
import { energyGroups } from "../algorithms/doubt/energy-groups.js";
import { type SpectrumDifference, spectrumDifference } from "../algorithms/doubt/same-spectrum.js";
import { type ArtefactPeak, artefactPeaks } from "../algorithms/identify/artefact-peaks.js";
import type { FamilyEvidence } from "../algorithms/identify/family-evidence.js";
import { DataCheckError } from "../errors.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { pixelCount } from "../spectrum-image/counts.js";
import { classSpectra, pass } from "../spectrum-image/pass.js";
import { lineNamed } from "../xray/line-names.js";
import type { Analysis } from "./analysis.js";
import { FROM_KEV } from "./class-doubts.js";
import { classTableOf } from "./edits/class-table.js";
import { type ClassIdentity, identityFrom } from "./identified-classes.js";
import { need } from "./need.js";
import { purePixels } from "./pure-pixels.js";
import { rememberedPhase } from "./remembered-phases.js";
import type { StepContext } from "./step.js";
import {
  conditionsOf,
  countsAbove,
  type IdentifyParameters,
  identify,
  libraryKey,
  libraryOf,
  reasonAgainst,
  shapeOf,
} from "./steps/identify.js";

/** Whose spectrum is identified: the pure pixels of a class, every pixel, or those whose byte in `mask` (uint8 [pixels]) is not 0. */
export type IdentifySubject =
  | { readonly kind: "class"; readonly id: number }
  | { readonly kind: "all" }
  | { readonly kind: "pixels"; readonly mask: Uint8Array };

/** What a fit makes of a spectrum, float64 [channels] each, counts of all its pixels. */
export interface FittedSpectrum {
  readonly measured: Float64Array;
  readonly model: Float64Array;
  readonly continuum: Float64Array;
  /** Measured less model, over the standard error of counting; 0 outside the range of the fit. */
  readonly residualSigma: Float64Array;
  readonly fromKev: number;
  readonly toKev: number;
}

export interface IdentifiedPixels {
  /** `id` is that of the class, or -1. */
  readonly identity: ClassIdentity;
  /** Evidence of every family of the elements that were found, in their order. */
  readonly families: readonly FamilyEvidence[];
  /** Sum and escape peaks that should be seen. */
  readonly artefacts: readonly ArtefactPeak[];
  /** Undefined where there are too few counts. */
  readonly fit: FittedSpectrum | undefined;
}

const NOT_A_CLASS = -1;

/**
 * Identifies pixels as the step `identify` identifies classes. `given` are parameters of that step, defaults where left out.
 * Throws {@link DataCheckError} where the physics does not hold for the image, {@link RecipeError} for a class without labels.
 */
export async function identifyPixels(
  analysis: Analysis,
  subject: IdentifySubject,
  given: IdentifyParameters = identify.schema.parse({ step: "identify" }),
  context: Pick<StepContext, "signal"> = {},
): Promise<IdentifiedPixels> {
  const { axis, conditions, candidates } = groundOf(analysis, given);
  const { spectra, slot, pixels, pure } = await spectraOf(analysis, subject, context);
  const spectrum = spectra[slot]!;
  const facts = { pixels, counts: countsAbove(spectrum, axis), pure };
  const id = subject.kind === "class" ? subject.id : NOT_A_CLASS;
  const shape = await shapeOf(analysis, axis, conditions, candidates, context);
  const { significance } = given;
  const library = libraryOf(given, conditions);
  const input = { spectrum, axis, conditions, library, candidates, significance, shape };
  const find = () => rememberedPhase(analysis.image.counts, libraryKey(given), input);
  const { identity, found } = identityFrom(id, facts, given.minimumCounts, find);
  if (found === undefined) return { identity, families: [], artefacts: [], fit: undefined };
  const { fit, elements } = found.identification;
  return {
    identity,
    families: elements.flatMap(({ families }) => families),
    artefacts: artefactPeaks(fit, axis),
    fit: {
      measured: spectrum,
      model: fit.model,
      continuum: fit.continuum,
      residualSigma: fit.residual.map((value, c) => value / Math.sqrt(Math.max(1, fit.model[c]!))),
      fromKev: fit.fromKev,
      toKev: fit.toKev,
    },
  };
}

/** Whether the spectra of two classes, of their pure pixels, have one shape; see {@link spectrumDifference}. Throws as {@link identifyPixels}. */
export async function classDifference(
  analysis: Analysis,
  first: number,
  second: number,
  given: IdentifyParameters = identify.schema.parse({ step: "identify" }),
  context: Pick<StepContext, "signal"> = {},
): Promise<SpectrumDifference> {
  const { axis, conditions, candidates } = groundOf(analysis, given);
  const labels = need(analysis.labels, "identify", "classes", "find-phases or cluster");
  const { slots } = purePixels(analysis, labels, [first, second]);
  const { counts } = analysis.image;
  const [[one, other]] = await pass(counts, [classSpectra(counts, slots, 2)], context);
  const groups = energyGroups(axis, {
    fromKev: FROM_KEV,
    toKev: Math.min(conditions.beamEnergyKev, axis.offset + (axis.size - 1) * axis.scale),
    resolutionEv: conditions.resolutionEv,
    elements: candidates ?? [],
    beamEnergyKev: conditions.beamEnergyKev,
  });
  return spectrumDifference(one!, other!, groups);
}

function groundOf(analysis: Analysis, given: IdentifyParameters) {
  const { image, lines } = analysis;
  const reason = reasonAgainst(image);
  if (reason !== undefined) {
    throw new DataCheckError(`Nothing can be identified: ${reason}`, {
      where: image.title,
      remedy: "What a file leaves out can be stated in the step calibrate.",
    });
  }
  return {
    axis: image.energyAxis as CalibratedEnergyAxis,
    conditions: conditionsOf(image, given).conditions,
    candidates: lines.length === 0 ? undefined : [...new Set(lines.map((line) => lineNamed(line).element))],
  };
}

interface SubjectSpectra {
  /** Of all classes; of the subject alone where it is no class. */
  readonly spectra: readonly Float64Array[];
  /** Place of the subject in `spectra`. */
  readonly slot: number;
  readonly pixels: number;
  readonly pure: boolean;
}

async function spectraOf(
  analysis: Analysis,
  subject: IdentifySubject,
  context: Pick<StepContext, "signal">,
): Promise<SubjectSpectra> {
  const { counts } = analysis.image;
  if (subject.kind !== "class") {
    const inside = subject.kind === "pixels" ? subject.mask : analysis.mask;
    const slots = new Int32Array(pixelCount(counts.navigationShape)).map((_, p) =>
      inside === undefined || inside[p]! > 0 ? 0 : -1,
    );
    const [spectra] = await pass(counts, [classSpectra(counts, slots, 1)], context);
    return { spectra, slot: 0, pixels: slots.reduce((sum, slot) => sum + slot + 1, 0), pure: false };
  }
  const labels = need(analysis.labels, "identify", "classes", "find-phases or cluster");
  const ids = classTableOf(analysis, labels).entries.map(({ id }) => id);
  const slot = ids.indexOf(subject.id);
  if (slot < 0) {
    throw new DataCheckError("There is no such class.", {
      where: "classes",
      found: String(subject.id),
      expected: `one of ${ids.join(", ")}`,
    });
  }
  const { slots, pixels, pure } = purePixels(analysis, labels, ids);
  const [spectra] = await pass(counts, [classSpectra(counts, slots, ids.length)], context);
  return { spectra, slot, pixels: pixels[slot]!, pure: pure[slot]! };
}
