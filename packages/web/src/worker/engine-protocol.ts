/** What the page asks of the worker that computes. Everything here crosses by structured clone; big arrays are copied once. */
import type {
  Analysis,
  AnalysisGlimpse,
  Axis,
  CalibrationPreview,
  ComparedResult,
  FeatureStage,
  FeatureTreatment,
  Finding,
  Histogram,
  IdentifiedPixels,
  IdentifySubject,
  Metadata,
  NavigationImage,
  Recipe,
  RecipeProgress,
  ReportSectionId,
  SpectrumDifference,
  StandardEntry,
  StepTiming,
  WriterId,
} from "@sigma-eds/core";
import type { SharedCounts } from "./shared-counts.js";

/** The navigation plane of what is analysed, after binning and cropping. A stack has several frames of it, one after the other. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Micrometres per pixel, x then y. */
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
}

export interface DatasetSummary {
  readonly title: string;
  readonly navigationShape: readonly number[];
  readonly channels: number;
  readonly metadata: Metadata;
}

/** What a file holds, before any count is read. */
export interface OpenedFile {
  readonly name: string;
  readonly format: string;
  readonly datasets: readonly DatasetSummary[];
  readonly images: readonly NavigationImage[];
  readonly findings: readonly Finding[];
}

/** What a list shows of a spectrum image that was not chosen yet. */
export interface DatasetGlance {
  readonly grid: Grid;
  /** Float32 [pixels]: counts of every pixel. */
  readonly countMap: Float32Array;
  /** Float64 [channels]. */
  readonly sumSpectrum: Float64Array;
  readonly totalCounts: number;
}

/** A spectrum image that was read: what can be shown before anything is analysed. */
export interface LoadedImage {
  readonly name: string;
  readonly title: string;
  readonly dataset: number;
  readonly grid: Grid;
  readonly energyAxis: Axis;
  /** Of element maps without spectra: the line of each channel. */
  readonly channelLines?: readonly string[] | undefined;
  readonly metadata: Metadata;
  readonly images: readonly NavigationImage[];
  readonly findings: readonly Finding[];
  readonly totalCounts: number;
  readonly statedCounts: { readonly value: number; readonly where: string } | undefined;
  /** Float64 [channels]. */
  readonly sumSpectrum: Float64Array;
  readonly maximumSpectrum: Float64Array;
  /** Float32 [pixels]: counts of every pixel. */
  readonly countMap: Float32Array;
  /** Names of the X-ray lines that would be marked without being told; undefined where nobody looked: see `foundLines`. */
  readonly lines?: readonly string[] | undefined;
  /** The counts, where workers share memory: for the one that answers while the engine computes. */
  readonly counts?: SharedCounts | undefined;
  /** SHA-256 of the bytes of the file, for sessions. */
  readonly sha256: string;
}

/** What is known after a run: the analysis of the core without its counts, and the grid that all its arrays are on. */
export interface AnalysisSnapshot extends Omit<Analysis, "image"> {
  readonly grid: Grid;
  readonly energyAxis: Axis;
  /** Float32 [pixels of the grid]. */
  readonly countMap: Float32Array;
  /** As in {@link LoadedImage}, of the analysed grid. */
  readonly counts?: SharedCounts | undefined;
  readonly recipe: Recipe;
  /** SHA-256 of the labels as little-endian int32: the same as of `labels.npy`'s data from the command line. */
  readonly labelsSha256: string | undefined;
  /**
   * Ids of the steps that {@link Engine.finish} has still to do. What they say is missing then, or, where it still fits, as it was before: names of classes
   * whose pixels are the same. Undefined or empty: everything is as the recipe says.
   */
  readonly pending?: readonly string[] | undefined;
  /** Of a run whose edits had to be said of other classes: the id that each class that they know has now, by the one that it had. `recipe` has the edits as they are now. */
  readonly carriedIds?: ReadonlyMap<number, number> | undefined;
  /** Of a training that goes on: its curves so far. */
  readonly training?: AnalysisGlimpse["training"];
}

export interface LoadProgress {
  readonly fraction: number;
  readonly message: string;
  /** Rows read so far, for the map that fills. */
  readonly countMap?: Float32Array | undefined;
}

export type RunProgress = RecipeProgress & {
  /** Titles of everything that this run does; `step` counts in it from 1. */
  readonly plan: readonly string[];
  /** What a step has just given: an analysis that is not complete. Then `step` is 0. */
  readonly partial?: AnalysisSnapshot | undefined;
};

/** How the values of a line are spread over the pixels. */
export interface FeatureSpread {
  readonly line: string;
  /** Of values that are not exactly zero. */
  readonly histogram: Histogram;
  readonly zeros: number;
  /** The same bins of some of the pixels, where they were asked for. */
  readonly selected: Float64Array | undefined;
}

/** Features at a stage of their treatment, every line by itself. */
export interface StageSpread {
  readonly after: FeatureStage["after"];
  readonly spreads: readonly FeatureSpread[];
}

/** How features are made: the entry of a recipe. */
export type FeaturesEntry = Extract<Recipe["steps"][number], { readonly step: "features" }>;

/** A part of a histogram of a stage. */
export interface StageRange {
  /** From 0. */
  readonly stage: number;
  readonly line: string;
  readonly from: number;
  readonly to: number;
}

/** Counts of a set of pixels. */
export interface PixelsSpectrum {
  readonly pixels: number;
  /** Float64 [channels], counts of all the pixels together. */
  readonly spectrum: Float64Array;
}

/**
 * What a finished run had before the first edit and at its end, without the counts: enough to show it again from the same file without computing it again. Plain data, for
 * the browser's storage and for session files.
 */
export interface KeptRun {
  readonly seed: number;
  /** Entries of the recipe that gave it, as canonical JSON. */
  readonly entries: readonly string[];
  /** What was known after so many entries, by rising number. */
  readonly states: readonly { readonly done: number; readonly known: Omit<Analysis, "image"> }[];
  readonly timings: readonly StepTiming[];
  /** Ids of steps whose results were left out, because they are made anew sooner than they are loaded. */
  readonly leftOut?: readonly string[] | undefined;
}

export interface ResultBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The worker. Errors of the core cross as `{ tag, message, facts }` (see errors.ts of the core: the way across a worker) and are thrown on this side
 * as the same classes. `listen` is a comlink proxy.
 */
export interface Engine {
  open(files: readonly File[]): Promise<OpenedFile>;
  /** Example data that comes with the app. */
  openExample(id: string): Promise<OpenedFile>;
  /** Reads the counts of a dataset of the open file for a picture of it; undefined where they are too many. What is begun ends it with AbortedError; it ends nothing. */
  glance(dataset: number): Promise<DatasetGlance | undefined>;
  /** Reads the counts of a dataset of the open file. */
  load(dataset: number, listen: (progress: LoadProgress) => void): Promise<LoadedImage>;
  /** Runs a recipe (checked by the core) on the loaded image. What was there before stays if it fails or is stopped. */
  run(recipe: unknown, listen: (progress: RunProgress) => unknown): Promise<AnalysisSnapshot>;
  /**
   * What a recipe gives whose beginning was run before: after an edit, its undoing, or a session that was opened again. It resolves as soon as the classes and their spectra
   * are there; the steps after that are `pending`, and `finish` does them.
   */
  replay(recipe: unknown): Promise<AnalysisSnapshot>;
  /** Does what `replay` left pending. It ends with AbortedError when something else is begun. */
  finish(): Promise<AnalysisSnapshot>;
  /** What is worth keeping of the finished run; undefined where there is none, or where it has to be computed again. */
  keep(): Promise<KeptRun | undefined>;
  /** Takes up a run that was kept: the next `run` with the same beginning goes on from it. The image has to be loaded. */
  resume(kept: KeptRun): Promise<void>;
  /** Stops what runs; it ends with AbortedError within a second. */
  stop(): Promise<void>;
  /** Of the analysed grid (of the loaded one, when nothing is analysed). */
  pixelSpectrum(pixel: number): Promise<PixelsSpectrum>;
  spectrumOf(mask: Uint8Array): Promise<PixelsSpectrum>;
  /** Float32 [pixels]: counts from one energy to the other. */
  windowMap(fromKev: number, toKev: number): Promise<Float32Array>;
  /** Elements, composition, names and fit of a class, of every pixel, or of some; without changing the analysis. */
  identify(subject: IdentifySubject): Promise<IdentifiedPixels>;
  /** Whether counting tells two classes apart, and by which lines. */
  difference(first: number, second: number): Promise<SpectrumDifference>;
  /** The classes and their spectra that a recipe gives whose beginning was run before: to compare with. The finished run and what is pending stay as they are. */
  classesOf(recipe: unknown): Promise<ComparedResult>;
  /** What this entry of the step `calibrate` would make of the energies of the loaded image, which stay as they are: with the lines of its sum spectrum. */
  calibrationPreview(entry: unknown): Promise<CalibrationPreview>;
  /** How the features of the finished run would be spread after each of these treatments, without applying them; of `mask`'s pixels beside all. `features`: made in this way in place of the run's. */
  featureSpreads(treatments: readonly FeatureTreatment[], mask?: Uint8Array, features?: FeaturesEntry): Promise<StageSpread[]>;
  /** Uint8 [pixels]: those in a part of such a histogram. */
  pixelsInStage(treatments: readonly FeatureTreatment[], range: StageRange, features?: FeaturesEntry): Promise<Uint8Array>;
  /** Each file as a standard of the step quantify, as the command line reads it; what is open stays as it is. Throws for a file that cannot be one. */
  readStandards(files: readonly File[]): Promise<StandardEntry[]>;
  /** Every file of the result folder, `result.json` included, as `sigma run` writes them. */
  resultFiles(listen: (fraction: number) => void, sections?: readonly ReportSectionId[]): Promise<ResultBytes[]>;
  /** `report.html` alone: the same bytes as among the result's files. `sections`: its parts; left out: all. */
  report(sections?: readonly ReportSectionId[]): Promise<string>;
  /** The open spectrum image, as it was read, as a file of another kind: the same bytes as `sigma convert` writes. */
  imageFiles(kind: WriterId, stem: string): Promise<ResultBytes[]>;
}
