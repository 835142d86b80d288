import { z } from "zod";
import type { PeakShape } from "../../algorithms/line-fit/families.js";
import { fittedOrNothing } from "../../algorithms/line-fit/fitted-or-nothing.js";
import { USUAL_RESOLUTION_EV } from "../../algorithms/preprocess/line-windows.js";
import { type CalibratedEnergyAxis, isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { breather } from "../../spectrum-image/context.js";
import { classSpectra, countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { berylliumWindowDetector, polymerWindowDetector, windowlessDetector } from "../../xray/detector.js";
import { lineNamed } from "../../xray/line-names.js";
import { ownPhase, ownPhases } from "../../xray/phases/own-phases.js";
import { type PhaseLibrary, phaseLibrary, withOwnPhases } from "../../xray/phases/phase-library.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import type { Analysis } from "../analysis.js";
import { type ClassDoubts, classDoubts } from "../class-doubts.js";
import { classTableOf } from "../edits/class-table.js";
import { type ClassIdentity, identityFrom } from "../identified-classes.js";
import { need } from "../need.js";
import { withComposition } from "../own-spectra.js";
import { purePixels } from "../pure-pixels.js";
import { rareElements } from "../rare-elements.js";
import { rememberedPhase, rememberedShape } from "../remembered-phases.js";
import type { Step, StepContext } from "../step.js";
import { stretchedMethods } from "../stretched-methods.js";
import { decided } from "../tell.js";

const schema = z.strictObject({
  step: z.literal("identify"),
  significance: z.number().min(3).max(100).default(5).meta({
    title: "Significance",
    description:
      "An element is there when the counts of its lines exceed their error, that of the model included, so many times.",
    unit: "standard errors",
  }),
  minimumCounts: z.number().min(50).max(1e9).default(1000).meta({
    title: "Fewest counts",
    description: "Classes whose pure pixels have fewer counts together are not named.",
    unit: "counts",
  }),
  library: z.enum(["all", "minerals", "materials"]).default("all").meta({
    title: "Library",
    description: "Which phases names are taken from: minerals, made materials, or both.",
  }),
  ownPhases: z.array(ownPhase).max(2000).default([]).meta({
    title: "Own phases",
    description: "Phases of your own, by formula or composition; they come before those of the library.",
  }),
  window: z.enum(["polymer", "beryllium", "none"]).default("polymer").meta({
    title: "Detector window",
    description: "What stands before the detector's crystal; it decides how soft lines are weighed.",
  }),
  takeOffAngleDeg: z.number().min(5).max(90).optional().meta({
    title: "Take-off angle",
    description: "Between the sample's surface and the direction to the detector. Without it: as the file says, or 35 degrees.",
    unit: "deg",
  }),
});

export type IdentifyParameters = z.output<typeof schema>;
type Given = IdentifyParameters;

/** What each class is: its elements with their evidence, its composition with errors, and what it may be called. */
export const identify: Step<typeof schema> = {
  id: "identify",
  title: "Identify",
  summary: "Says which elements each class holds, how much of each, and which phases it may be, with the lines that decide.",
  schema,
  async run(analysis, given, context) {
    const labels = need(analysis.labels, "identify", "classes", "find-phases or cluster");
    const reason = reasonAgainst(analysis.image);
    if (reason !== undefined) {
      return { ...analysis, warnings: [...new Set([...analysis.warnings, `Phases are not named: ${reason}`])] };
    }
    const { image } = analysis;
    const axis = image.energyAxis as CalibratedEnergyAxis;
    const { conditions, choices } = conditionsOf(image, given);
    const found = await identitiesOf(analysis, labels, axis, conditions, given, context);
    const { identities, doubts, stretched } = found;
    return {
      ...analysis,
      identities,
      doubts,
      warnings: [...new Set([...analysis.warnings, ...stretched])],
      choices: [...new Set([...analysis.choices, ...choices])],
      decisions: decided(
        analysis,
        choices.map((message) => ({ code: "usual-take-off-for-names", message })),
      ),
    };
  },
};

/** Above this energy samples are thin, and the physics of bulk samples does not hold, keV. */
const THIN_SAMPLE_KEV = 60;

export function reasonAgainst({ energyAxis, metadata, counts, channelLines }: SpectrumImage): string | undefined {
  if (channelLines !== undefined) return "the file holds element maps and no spectra.";
  if (!isEnergyCalibrated(energyAxis)) return "the energy axis has no calibration.";
  if (counts.kind !== "counts") return "the data are no counts, so there are no counting statistics.";
  if (metadata.beamEnergyKev === undefined) return "the file states no beam energy.";
  if (metadata.instrument === "TEM" || metadata.beamEnergyKev > THIN_SAMPLE_KEV)
    return "the sample is thin, and names are found with the physics of thick ones. Amounts in thin samples are measured by the step quantify with Cliff and Lorimer's method.";
  return undefined;
}

const USUAL_TAKE_OFF_DEG = 35;
const LEAST_TAKE_OFF_DEG = 5;
const detectors = { polymer: polymerWindowDetector, beryllium: berylliumWindowDetector, none: windowlessDetector };

export function conditionsOf(
  { metadata }: SpectrumImage,
  given: Pick<Given, "window" | "takeOffAngleDeg">,
): { conditions: Conditions; choices: string[] } {
  const stated = metadata.detector.elevationAngleDeg;
  const usable = stated !== undefined && stated >= LEAST_TAKE_OFF_DEG ? stated : undefined;
  const takeOffAngleDeg = given.takeOffAngleDeg ?? usable ?? USUAL_TAKE_OFF_DEG;
  const choices =
    given.takeOffAngleDeg === undefined && usable === undefined
      ? [`The file states no take-off angle; ${USUAL_TAKE_OFF_DEG} degrees are taken for compositions and names.`]
      : [];
  return {
    conditions: {
      beamEnergyKev: metadata.beamEnergyKev!,
      takeOffAngleDeg,
      resolutionEv: metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV,
      detector: detectors[given.window],
    },
    choices,
  };
}

export function libraryOf({ library, ownPhases: own }: Given, conditions: Conditions): PhaseLibrary {
  const all = phaseLibrary();
  const kind = library === "minerals" ? "mineral" : "material";
  const chosen = library === "all" ? all : { ...all, phases: all.phases.filter((phase) => phase.kind === kind) };
  return own.length === 0 ? chosen : withOwnPhases(chosen, ownPhases(own.map((one) => withComposition(one, conditions))));
}

/** Which library {@link libraryOf} gives, in words. */
export function libraryKey({ library, ownPhases: own }: Given): string {
  return JSON.stringify([library, own]);
}

interface Identified {
  readonly identities: readonly ClassIdentity[];
  readonly doubts: ClassDoubts;
  /** Warnings where the data contradict what the methods assume. */
  readonly stretched: readonly string[];
}

async function identitiesOf(
  analysis: Analysis,
  labels: Int32Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  given: Given,
  context: StepContext,
): Promise<Identified> {
  const ids = classTableOf(analysis, labels).entries.map(({ id }) => id);
  const { slots, pixels, pure } = purePixels(analysis, labels, ids);
  const { counts } = analysis.image;
  const everyPixel = labels.map((label) => ids.indexOf(label));
  const [spectra, all, sum, countsOfPixels] = await pass(
    counts,
    [
      classSpectra(counts, slots, ids.length),
      classSpectra(counts, everyPixel, ids.length),
      sumSpectrum(counts),
      countMap(counts),
    ],
    { signal: context.signal },
  );
  const candidates =
    analysis.lines.length === 0 ? undefined : [...new Set(analysis.lines.map((line) => lineNamed(line).element))];
  const library = libraryOf(given, conditions);
  const breathe = breather(context);
  const shape = await shapeOf(analysis, axis, conditions, candidates, context);
  const identities: ClassIdentity[] = [];
  for (const [slot, id] of ids.entries()) {
    await breathe();
    context.onProgress?.(slot / ids.length);
    const spectrum = spectra[slot]!;
    const facts = { pixels: pixels[slot]!, counts: countsAbove(spectrum, axis), pure: pure[slot]! };
    const input = { spectrum, axis, conditions, library, candidates, significance: given.significance, shape };
    const find = () => rememberedPhase(counts, libraryKey(given), input);
    identities.push(identityFrom(id, facts, given.minimumCounts, find).identity);
  }
  const known = [...new Set(identities.flatMap(({ elements }) => elements.map(({ element }) => element)))];
  const { signal } = context;
  const rare = await rareElements({ counts, axis, conditions, slots: everyPixel, spectra: all, known, signal });
  const { navigationShape } = counts;
  return {
    identities,
    doubts: { ...classDoubts({ analysis, ids, axis, conditions, pure: spectra, all }), rare },
    stretched: stretchedMethods({
      nameOf: (id) => analysis.classes.find((phase) => phase.id === id)?.name ?? `Class ${id}`,
      sum,
      countsOfPixels,
      slots: everyPixel,
      navigationShape,
      axis,
      conditions,
      shape,
      identities,
    }),
  };
}

/** Counts that the fit sees: those above the zero peak. */
const FROM_KEV = 0.2;

export function countsAbove(spectrum: Float64Array, axis: CalibratedEnergyAxis): number {
  const first = Math.max(0, Math.ceil((FROM_KEV - axis.offset) / axis.scale));
  return spectrum.subarray(first).reduce((sum, value) => sum + value, 0);
}

const FEWEST_FOR_SHAPE = 5000;

/** Where the peaks lie in the sum of all pixels, whatever their classes; undefined where these have too few counts to tell, or no lines can be fitted to them. */
export async function shapeOf(
  { image: { counts }, sumSpectrum: known }: Analysis,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  candidates: readonly string[] | undefined,
  { signal }: Pick<StepContext, "signal">,
): Promise<PeakShape | undefined> {
  if (candidates === undefined || candidates.length === 0) return undefined;
  const [sum] = known === undefined ? await pass(counts, [sumSpectrum(counts)], { signal }) : [known];
  if (countsAbove(sum, axis) < FEWEST_FOR_SHAPE) return undefined;
  return fittedOrNothing(() => rememberedShape(counts, sum, axis, conditions, candidates));
}
