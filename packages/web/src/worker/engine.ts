/** The computing side of the app: holds the open file, its counts and the last analysis, and answers the page. Knows no worker and no page. */
import {
  type Analysis,
  type CalibrationPreview,
  type ComparedResult,
  canonicalJson,
  DataCheckError,
  type FeatureTreatment,
  type IdentifiedPixels,
  type IdentifySubject,
  type InputFile,
  isStored,
  parseRecipe,
  type Recipe,
  type ReportSectionId,
  reportOf,
  runRecipe,
  type SpectrumDifference,
  type SpectrumImage,
  type StandardEntry,
  type StepTiming,
  sha256OfLabels,
  type Threads,
  throwIfAborted,
  type WriterId,
  writeResultFolder,
} from "@sigma-eds/core";
import { calibrationOf } from "./calibration-query.js";
import { carriedRecipe, hasEditsOf, untilEdits } from "./carried-recipe.js";
import { comparedOf } from "./compared.js";
import { datasetOf, describe } from "./described-file.js";
import type {
  AnalysisSnapshot,
  DatasetGlance,
  Engine,
  FeaturesEntry,
  KeptRun,
  LoadedImage,
  LoadProgress,
  OpenedFile,
  PixelsSpectrum,
  ResultBytes,
  RunProgress,
  StageRange,
  StageSpread,
} from "./engine-protocol.js";
import { openExample } from "./examples.js";
import { FeatureSpreads, withFeatures } from "./feature-spreads.js";
import { foundLines } from "./found-lines.js";
import { glanceAt } from "./glance.js";
import { differenceOf, identified } from "./identity-queries.js";
import { imageFiles } from "./image-files.js";
import { type OpenInput, openFiles } from "./input-files.js";
import { keptRun, resumedCache } from "./kept-run.js";
import { KnownStability, placeOfStability } from "./known-stability.js";
import { MOST_COUNT_BYTES, readImage } from "./load-image.js";
import { runTeller } from "./partial-results.js";
import { atOnce, pendingSteps, withEarlier } from "./pending.js";
import { mapOfEnergies, spectrumOfMask, spectrumOfPixel } from "./pixel-queries.js";
import { afterPlan, plannedTitles } from "./run-plan.js";
import { snapshotOf } from "./snapshot.js";
import { standardsOf } from "./standard-files.js";
import { type CachedStep, mostCaches, type StepCache, sparedSteps } from "./step-cache.js";
import { stepResult } from "./step-results.js";

interface Loaded {
  readonly input: OpenInput;
  readonly image: SpectrumImage;
  /** Float64 [channels]. */
  readonly sumSpectrum: Float64Array;
  readonly dataset: number;
  readonly hashes: readonly InputFile[];
}

/** What a recipe gave: all of it, or its first steps where the others are pending. */
interface Finished {
  readonly recipe: Recipe;
  readonly analysis: Analysis;
  readonly cache: StepCache;
  readonly pending: readonly string[];
}

export class LocalEngine implements Engine {
  #input: OpenInput | undefined;
  #loaded: Loaded | undefined;
  #finished: Finished | undefined;
  #finishing: Promise<Finished> | undefined;
  /** Of the last runs, finished or not, newest first: what is undone, or done again, is there at once. */
  #caches: readonly StepCache[] = [];
  readonly #stability = new KnownStability();
  #work = new AbortController();
  readonly #threads: Threads | undefined;
  readonly #spreads: FeatureSpreads;

  /** `threads`: what may help; no result depends on them. */
  constructor(threads?: Threads) {
    this.#threads = threads;
    this.#spreads = new FeatureSpreads(threads);
  }

  async open(files: readonly File[]): Promise<OpenedFile> {
    const [first, ...others] = files;
    if (first === undefined) throw new DataCheckError("No file was chosen.", { where: "files", remedy: "Choose a file." });
    const signal = this.#begin();
    const input = await openFiles([first, ...others], signal);
    throwIfAborted(signal);
    this.#input = input;
    return describe(input);
  }

  async openExample(id: string): Promise<OpenedFile> {
    this.#begin();
    this.#input = openExample(id);
    return describe(this.#input);
  }

  async glance(dataset: number): Promise<DatasetGlance | undefined> {
    return glanceAt(datasetOf(needed(this.#input, "an open file"), dataset), this.#work.signal);
  }

  async load(dataset: number, listen: (progress: LoadProgress) => void): Promise<LoadedImage> {
    const signal = this.#begin();
    const input = needed(this.#input, "an open file");
    const image = datasetOf(input, dataset);
    const read = await readImage(image, { signal, listen });
    const lines = await foundLines(read.image, signal);
    const hashes = await input.hashes(signal);
    throwIfAborted(signal);
    this.#loaded = { input, image: read.image, sumSpectrum: read.shown.sumSpectrum, dataset, hashes };
    this.#finished = undefined;
    this.#caches = [];
    this.#stability.forget();
    return { ...read.shown, lines, name: input.name, dataset, sha256: hashes[0]?.sha256 ?? "" };
  }

  async run(recipeGiven: unknown, listen: (progress: RunProgress) => unknown): Promise<AnalysisSnapshot> {
    const signal = this.#begin();
    const wanted = this.#recipeOf(recipeGiven);
    const before = this.#finished;
    const carried = hasEditsOf(before, wanted) ? await this.#carried(before, wanted, signal, listen) : undefined;
    const recipe = carried === undefined ? wanted : this.#recipeOf(carried.recipe);
    const steps: CachedStep[] = [...sparedSteps(this.#caches, recipe)];
    const shown = await this.#shownAs(await this.#done(recipe, recipe, steps, signal, afterPlan(carried?.told ?? [], listen)));
    return carried?.ids === undefined ? shown : { ...shown, carriedIds: carried.ids };
  }

  /** Finds the classes first, and says the edits of those that are found. */
  async #carried(before: Finished, recipe: Recipe, signal: AbortSignal, listen: (progress: RunProgress) => unknown) {
    const { image } = needed(this.#loaded, "a loaded image");
    const part = untilEdits(recipe);
    const steps: CachedStep[] = [...sparedSteps(this.#caches, part)];
    const later = plannedTitles(recipe, part.steps.length, true);
    let told: readonly string[] = [];
    const analysis = await this.#runFrom(image, part, steps, signal, (progress) => {
      told = progress.plan;
      return listen({ ...progress, plan: [...told, ...later] });
    });
    const context = { seed: recipe.seed, signal, threads: this.#threads };
    const carried = await carriedRecipe(before, { recipe, analysis }, context);
    return { recipe, ids: undefined, ...carried, told };
  }

  async replay(recipeGiven: unknown): Promise<AnalysisSnapshot> {
    const signal = this.#begin();
    const recipe = this.#recipeOf(recipeGiven);
    const steps: CachedStep[] = [...sparedSteps(this.#caches, recipe)];
    const before = this.#finished?.analysis;
    const shown = await this.#done(recipe, atOnce(recipe, steps), steps, signal, () => {});
    return this.#shownAs(shown, withEarlier(shown.analysis, before, shown.pending));
  }

  async finish(): Promise<AnalysisSnapshot> {
    needed(this.#finished, "a finished run");
    return this.#shownAs(await this.#whole());
  }

  async keep(): Promise<KeptRun | undefined> {
    const finished = this.#finished;
    return finished === undefined ? undefined : keptRun(finished.recipe, finished.cache);
  }

  async resume(kept: KeptRun): Promise<void> {
    const { image } = needed(this.#loaded, "a loaded image");
    this.#remember(await resumedCache(kept, image, this.#begin()));
  }

  /** What is begun after it is not stopped, also where nothing ran any more. */
  async stop(): Promise<void> {
    this.#begin();
  }

  async pixelSpectrum(pixel: number): Promise<PixelsSpectrum> {
    return spectrumOfPixel(this.#shown().counts, pixel);
  }

  async spectrumOf(mask: Uint8Array): Promise<PixelsSpectrum> {
    return spectrumOfMask(this.#shown().counts, mask);
  }

  async windowMap(fromKev: number, toKev: number): Promise<Float32Array> {
    return mapOfEnergies(this.#shown(), fromKev, toKev);
  }

  async identify(subject: IdentifySubject): Promise<IdentifiedPixels> {
    return identified(needed(this.#finished, "a finished run"), subject);
  }

  async difference(first: number, second: number): Promise<SpectrumDifference> {
    return differenceOf(needed(this.#finished, "a finished run"), first, second);
  }

  async classesOf(recipeGiven: unknown): Promise<ComparedResult> {
    const { image } = needed(this.#loaded, "a loaded image");
    const recipe = this.#recipeOf(recipeGiven);
    const known = sparedSteps(this.#caches, recipe);
    const analysis = known.at(-1)?.analysis;
    const after = analysis === undefined ? undefined : { done: known.length, analysis };
    const part = atOnce(recipe, known);
    const done = await runRecipe(image, part, { threads: this.#threads, after, maxCountBytes: MOST_COUNT_BYTES });
    return comparedOf(done.analysis, recipe);
  }

  async calibrationPreview(entry: unknown): Promise<CalibrationPreview> {
    const { image, sumSpectrum } = needed(this.#loaded, "a loaded image");
    return calibrationOf({ ...image, sumSpectrum }, entry);
  }

  async featureSpreads(
    treatments: readonly FeatureTreatment[],
    mask?: Uint8Array,
    features?: FeaturesEntry,
  ): Promise<StageSpread[]> {
    const { analysis, recipe } = needed(this.#finished, "a finished run");
    return this.#spreads.spreads(analysis, withFeatures(recipe, features), treatments, mask, this.#work.signal);
  }

  async pixelsInStage(treatments: readonly FeatureTreatment[], range: StageRange, features?: FeaturesEntry): Promise<Uint8Array> {
    const { analysis, recipe } = needed(this.#finished, "a finished run");
    return this.#spreads.pixelsInRange(analysis, withFeatures(recipe, features), treatments, range, this.#work.signal);
  }

  async readStandards(files: readonly File[]): Promise<StandardEntry[]> {
    return standardsOf(files);
  }

  async resultFiles(listen: (fraction: number) => void, reportSections?: readonly ReportSectionId[]): Promise<ResultBytes[]> {
    const { input, hashes } = needed(this.#loaded, "a loaded image");
    needed(this.#finished, "a finished run");
    const { analysis, recipe, cache } = await this.#whole();
    const signal = this.#begin();
    const timings = cache.steps.flatMap(({ timing }): StepTiming[] => (timing === undefined ? [] : [timing]));
    const files: ResultBytes[] = [];
    const parts = { analysis, recipe, inputFiles: hashes, inputName: input.name, timings, reportSections };
    await writeResultFolder(parts, async (file) => {
      throwIfAborted(signal);
      files.push(file);
      listen(1 - 1 / (1 + files.length / 10));
      await new Promise<void>((resume) => setTimeout(resume, 0));
    });
    listen(1);
    return files;
  }

  async imageFiles(kind: WriterId, stem: string): Promise<ResultBytes[]> {
    return imageFiles(needed(this.#loaded, "a loaded image").image, kind, stem, this.#work.signal);
  }

  #recipeOf(given: unknown): Recipe {
    return { ...parseRecipe(given), dataset: needed(this.#loaded, "a loaded image").dataset };
  }

  /** Runs `part`, the recipe or its first steps, where `steps` are done already. */
  async #done(
    recipe: Recipe,
    part: Recipe,
    steps: CachedStep[],
    signal: AbortSignal,
    listen: (progress: RunProgress) => unknown,
  ): Promise<Finished> {
    const { image } = needed(this.#loaded, "a loaded image");
    const analysis = await this.#runFrom(image, part, steps, signal, listen);
    // Its last step may not have noticed that something else was begun, which is what counts now.
    throwIfAborted(signal);
    const cache = { seed: recipe.seed, steps };
    this.#finished = { recipe, analysis, cache, pending: pendingSteps(recipe, part.steps.length) };
    return this.#finished;
  }

  /** The finished run with nothing pending. */
  #whole(): Promise<Finished> {
    const finished = needed(this.#finished, "a finished run");
    if (finished.pending.length === 0) return Promise.resolve(finished);
    const { recipe, cache } = finished;
    this.#finishing ??= this.#done(recipe, recipe, [...cache.steps], this.#work.signal, () => {});
    return this.#finishing;
  }

  async #shownAs({ recipe, analysis, pending }: Finished, shown = analysis): Promise<AnalysisSnapshot> {
    const snapshot = snapshotOf(shown, recipe, await sha256OfLabels(analysis.labels));
    return pending.length === 0 ? snapshot : { ...snapshot, pending };
  }

  #remember(cache: StepCache): void {
    this.#caches = [cache, ...this.#caches].slice(0, mostCaches(cache));
  }

  async report(reportSections?: readonly ReportSectionId[]): Promise<string> {
    const { input, hashes } = needed(this.#loaded, "a loaded image");
    const { analysis, recipe } = await this.#whole();
    return reportOf({ analysis, recipe, inputFiles: hashes, inputName: input.name, reportSections });
  }

  /** Runs what is left of the recipe after `steps`. How far its classes are found again is taken from an earlier run where only edits came between. */
  async #runFrom(
    image: SpectrumImage,
    recipe: Recipe,
    steps: CachedStep[],
    signal: AbortSignal,
    listen: (progress: RunProgress) => unknown,
  ): Promise<Analysis> {
    const place = placeOfStability(recipe);
    const known = place < steps.length ? undefined : this.#stability.of(recipe);
    if (known !== undefined) {
      const before = { ...recipe, steps: recipe.steps.slice(0, place) };
      const analysis = await this.#runPart(image, before, steps, signal, listen);
      const { stability, timing } = known;
      steps.push({ entry: canonicalJson(recipe.steps[place]), analysis: { ...analysis, stability }, timing });
    }
    const analysis = await this.#runPart(image, recipe, steps, signal, listen);
    if (place >= 0) this.#stability.remember(recipe, analysis, steps[place]?.timing);
    return analysis;
  }

  /** Runs what is left of the recipe after `steps`, and adds to them what each entry gives, so that a run that is stopped can go on from there. */
  async #runPart(
    image: SpectrumImage,
    recipe: Recipe,
    steps: CachedStep[],
    signal: AbortSignal,
    listen: (progress: RunProgress) => unknown,
  ): Promise<Analysis> {
    const known = steps.at(-1)?.analysis;
    const after = known === undefined ? undefined : { done: steps.length, analysis: known };
    const plan = plannedTitles(recipe, steps.length, after !== undefined && isStored(after.analysis.image.counts));
    let began = performance.now();
    let ended = 0;
    const teller = runTeller(recipe, plan, listen);
    try {
      const { analysis } = await runRecipe(image, recipe, {
        signal,
        threads: this.#threads,
        after,
        maxCountBytes: MOST_COUNT_BYTES,
        onProgress: (progress) => teller.progress(progress),
        onGlimpse: (look) => teller.glimpse(look),
        onStep: (state, step, done) => {
          const now = performance.now();
          const timing = { step, seconds: (now - began) / 1000 };
          began = now;
          remember(steps, recipe, state, done, timing);
          ended += 1;
          teller.ended(ended, stepResult(step, state));
          if (done < recipe.steps.length) teller.step(state);
        },
      });
      return analysis;
    } finally {
      this.#remember({ seed: recipe.seed, steps });
    }
  }

  #shown(): SpectrumImage {
    return this.#finished?.analysis.image ?? needed(this.#loaded, "a loaded image").image;
  }

  /** Ends what still runs, and gives the signal of what begins now. */
  #begin(): AbortSignal {
    this.#work.abort();
    this.#finishing = undefined;
    this.#work = new AbortController();
    return this.#work.signal;
  }
}

/** The reading of the counts belongs to the entry before it. */
function remember(steps: CachedStep[], recipe: Recipe, analysis: Analysis, done: number, timing: StepTiming): void {
  if (done === 0) return;
  const entry = canonicalJson(recipe.steps[done - 1]);
  if (done === steps.length) steps[done - 1] = { ...steps[done - 1]!, analysis };
  else steps.push({ entry, analysis, timing });
}

function needed<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new DataCheckError(`This needs ${what}.`, { where: "the app", remedy: "Open a file and find its phases first." });
}
