/** The state that steps pass on: what is known about the data so far. Steps return a new state and never change an old one. */
import type { TrainedAutoencoder } from "../algorithms/embed/autoencoder/trained-model.js";
import type { TrainingHistory } from "../algorithms/embed/autoencoder/training.js";
import type { FoundPhases } from "../algorithms/find-phases/found-phases.js";
import type { CliffLorimerResult } from "../algorithms/quantify/cliff-lorimer.js";
import type { ZetaFactorResult } from "../algorithms/quantify/zeta-factor.js";
import type { ClassFeatures } from "../algorithms/statistics/class-features.js";
import type { ClassProportions } from "../algorithms/statistics/class-proportions.js";
import type { GrainStatistics } from "../algorithms/statistics/grain-statistics.js";
import type { Finding, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { CalibrationReport } from "./calibrated-energies.js";
import type { ClassDoubts } from "./class-doubts.js";
import type { ChosenNumber } from "./class-number.js";
import type { Decomposition } from "./decomposition.js";
import type { ClassOrigin } from "./edits/class-table.js";
import type { ClassEdits } from "./edits/outcome.js";
import type { ClassIdentity } from "./identified-classes.js";
import type { ImageFeatures } from "./image-features.js";
import type { BulkQuantification } from "./quantify/bulk-quantification.js";
import type { StabilityOfClasses } from "./steps/stability.js";
import type { TrainedMixture } from "./trained-models.js";
import type { UpscaledMasks } from "./upscaled-masks.js";

/** Maps of X-ray lines: float32 [pixels x lines], row-major, with what was done to them. */
export interface FeatureMaps {
  /** `Fe_Ka`, ..., in column order; `0.42-1.28 keV` or `channels 42-127` for bands that take the place of lines. */
  readonly lines: readonly string[];
  readonly data: Float32Array;
  /** Window of each line, keV; empty where the image consists of maps, and for bands. */
  readonly windows: readonly { readonly fromKev: number; readonly toKev: number }[];
  readonly treatment: readonly string[];
  /** Pictures of the field as features beside the lines: for embedding and clustering alone. */
  readonly images?: ImageFeatures | undefined;
}

/** A picture of the pixels in few dimensions, for looking at or for clustering: float32 [pixels x dimensions]. */
export interface Latent {
  readonly method: string;
  readonly dimensions: number;
  readonly data: Float32Array;
  /** Of an autoencoder: the model, to be used again on another file, and how its training went. */
  readonly autoencoder?: TrainedLatent | undefined;
}

export interface TrainedLatent {
  readonly model: TrainedAutoencoder;
  readonly training: TrainingHistory;
  /** Float32 [pixels]: root mean square of what the network did not give back, in the units of the features; NaN outside the mask. */
  readonly reconstructionError: Float32Array;
}

export interface PhaseClass {
  readonly id: number;
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
  readonly pixels: number;
  /** Of all pixels of the map, 0 to 1; of the assigned ones where an edit leaves unassigned pixels out. */
  readonly areaFraction: number;
  readonly areaUm2: number | undefined;
  /** Total counts in the class. */
  readonly counts: number;
  readonly countsPerPixel: number;
  /** Lines by which the class differs most from the map as a whole, first; then the others by intensity. */
  readonly dominantLines: readonly ClassLine[];
  /** What a person wrote about it. */
  readonly note?: string | undefined;
  /** True where a person took it out of the pictures. */
  readonly hidden?: boolean | undefined;
  /** True where a person locked its pixels. */
  readonly locked?: boolean | undefined;
  /** How a person made it, oldest first; absent for a class as the method found it. */
  readonly madeOf?: readonly ClassOrigin[] | undefined;
}

/** One X-ray line in the spectrum of a class. */
export interface ClassLine {
  /** `Fe_Ka` */
  readonly line: string;
  /** Counts above background per pixel of the class. */
  readonly netPerPixel: number;
  /** The line's share of the counts in the class over its share in the whole map: 1 is like everywhere. A lower bound where the map as a whole does not show the line. */
  readonly ratioToMean: number;
  /** How far that share is above (or below) the map's, in standard errors from counting statistics. */
  readonly sigma: number;
  /** Line of another element of the class that may have made these counts: `Fe_La` for `F_Ka`. */
  readonly mayBe?: string | undefined;
}

export interface Unmixing {
  readonly method: string;
  /** One spectrum per endmember over all channels, counts per pixel where it is pure. */
  readonly endmembers: readonly Float64Array[];
  /** Float32 [pixels x endmembers], row-major. */
  readonly abundances: Float32Array;
  /** Float32 [pixels]: residual of the fit, in standard errors (square root of the reduced chi-square where nothing better is known). */
  readonly residual: Float32Array;
  /** Share of counts that no endmember explains, 0 to 1. */
  readonly unexplainedShare: number;
  /** Where endmembers were found in class spectra: how much of each a class spectrum holds, float64 [class ids x endmembers], row-major. */
  readonly classWeights?: { readonly classIds: readonly number[]; readonly data: Float64Array } | undefined;
  /** Where an endmember came from a given spectrum or class: its name; one entry per endmember. */
  readonly seedNames?: readonly (string | undefined)[] | undefined;
}

/** Fractions of the elements in each class and at each pixel of a thin sample. */
export type ThinQuantification =
  | ({ readonly method: "cliff-lorimer" } & CliffLorimerResult)
  | ({ readonly method: "zeta-factor" } & ZetaFactorResult);

/** What the classes are made of, by whichever method. */
export type Quantification = ThinQuantification | BulkQuantification;

/** What the class map looks like in numbers. */
export interface MapStatistics {
  readonly proportions: ClassProportions;
  readonly grains: GrainStatistics;
  /** Counts of the element maps, or the features where there are no maps. */
  readonly features: ClassFeatures | undefined;
}

export interface Analysis {
  /** The image as it is now: binned, cropped, calibrated. */
  readonly image: SpectrumImage;
  /** What was done to the energies and how far each peak lies from its line, when a step calibrated them. */
  readonly calibration?: CalibrationReport | undefined;
  /** Uint8 [pixels], 0 where a pixel is left out. */
  readonly mask: Uint8Array | undefined;
  /** Float64 [channels]. */
  readonly sumSpectrum: Float64Array | undefined;
  /** X-ray lines that are marked and mapped, by rising energy: `["O_Ka", "Mg_Ka", ...]`. */
  readonly lines: readonly string[];
  readonly features: FeatureMaps | undefined;
  /** Raw element maps for pictures and files, counts: one per line. */
  readonly elementMaps: readonly ElementMap[];
  /** All spectra as sums of a few components. */
  readonly decomposition?: Decomposition | undefined;
  readonly latent: Latent | undefined;
  /** Int32 [pixels], -1 = unassigned. */
  readonly labels: Int32Array | undefined;
  /** Float32 [pixels x classes], rows sum to 1; columns in the order of the ids of the classes. */
  readonly membership: { readonly classes: number; readonly data: Float32Array } | undefined;
  /** The mixture that made the classes, to be used again on another file. */
  readonly mixture?: TrainedMixture | undefined;
  /** Where the number of classes was chosen among several: how each did. */
  readonly classNumber?: ChosenNumber | undefined;
  /** What people decided about the classes; `labels` and `membership` are as after the last edit. */
  readonly edits?: ClassEdits | undefined;
  readonly classes: readonly PhaseClass[];
  /** Mean counts per pixel of each class, over all channels; same order as `classes`. */
  readonly classSpectra: readonly Float64Array[];
  /** How far the classes are found again, when a step tried. */
  readonly stability?: StabilityOfClasses | undefined;
  /** Sizes and shapes, when a step measured them. */
  readonly statistics?: MapStatistics | undefined;
  readonly unmixing: Unmixing | undefined;
  /** Fractions of the elements, when a step quantified them. */
  readonly quantification?: Quantification | undefined;
  /** The class map on the grid of a finer picture, when a step made it. */
  readonly upscaled?: UpscaledMasks | undefined;
  /** What the classes are, when a step identified them: one entry per class, in the order of `classes`. Names stand here, beside the ids; labels know nothing of them. */
  readonly identities?: readonly ClassIdentity[] | undefined;
  /** Where the division into classes may be wrong, when a step looked. */
  readonly doubts?: ClassDoubts | undefined;
  /** Reasons, when the classes were found by find-phases. */
  readonly evidence: FoundPhases | undefined;
  /** Choices made for the user, one sentence each. */
  readonly choices: readonly string[];
  /** The same sentences with the stable words by which programs know them, so that a page can put a control beside each. */
  readonly decisions?: readonly Decision[] | undefined;
  readonly warnings: readonly string[];
  /** Methods that stopped at their limit of iterations, one sentence each; each is among the warnings, too. */
  readonly notConverged: readonly string[];
}

/** A choice made for the user. `code`: what was chosen, for example `components-chosen`; `message`: one of the choices. */
export type Decision = Pick<Finding, "code" | "message">;

/** What a step that is not done has so far: places that still move, labels that are still refined, the curves of a training that goes on. */
export interface AnalysisGlimpse extends Analysis {
  readonly training?: TrainingHistory | undefined;
}

/** Net or gross counts of one X-ray line at every pixel, or the map that the file holds. */
export interface ElementMap {
  /** `Fe_Ka` */
  readonly line: string;
  /** Window in which it was counted, or the range of the fit; `undefined` where the map came as it is. */
  readonly fromKev: number | undefined;
  readonly toKev: number | undefined;
  /** `fit`: net counts from line families and continuum fitted to each pixel. */
  readonly background: "none" | "linear" | "fit";
  /** Float32 [pixels], counts. */
  readonly data: Float32Array;
  /** Float32 [pixels]: variance of `data` by counting statistics, where it was fitted. */
  readonly variance?: Float32Array | undefined;
}

/** An analysis of which nothing but the image is known. */
export function startAnalysis(image: SpectrumImage): Analysis {
  return {
    image,
    mask: undefined,
    sumSpectrum: undefined,
    lines: [],
    features: undefined,
    elementMaps: [],
    latent: undefined,
    labels: undefined,
    membership: undefined,
    classes: [],
    classSpectra: [],
    unmixing: undefined,
    evidence: undefined,
    choices: [],
    warnings: [],
    notConverged: [],
  };
}
