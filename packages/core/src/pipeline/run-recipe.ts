import { NotConvergedError, RecipeError, SigmaError, throwIfAborted } from "../errors.js";
import type { Threads } from "../spectrum-image/context.js";
import { collectCounts, isStored } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { Watcher } from "../spectrum-image/watcher.js";
import { type Analysis, type AnalysisGlimpse, startAnalysis } from "./analysis.js";
import { type WatchedImage, watched } from "./file-findings.js";
import type { Recipe } from "./recipe.js";
import { type StepContext, stages } from "./step.js";
import { stepNamed } from "./step-registry.js";
import { classesAgain, stepsAgain } from "./steps-again.js";
import type { TrainedModels } from "./trained-models.js";

/** How far a recipe is: step number from 1, its title, and the fraction of it that is done. */
export interface RecipeProgress {
  readonly step: number;
  readonly steps: number;
  readonly title: string;
  readonly fraction: number;
  readonly message?: string | undefined;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RecipeProgress) => void) | undefined;
  /**
   * Called with the state after each step, for hosts that show partial results; `done` is how many entries of the recipe it is the result of (reading the
   * counts is none).
   */
  readonly onStep?: ((analysis: Analysis, step: string, done: number) => void) | undefined;
  /**
   * Called often while a step works, with a way to look at what it has so far; a host that shows it looks now, as often as it likes. No result depends on it.
   */
  readonly onGlimpse?: Watcher<AnalysisGlimpse> | undefined;
  /** Begin after so many entries of the recipe, with what a run with the same image, seed and entries had then. The result is the same as of a whole run. */
  readonly after?: { readonly done: number; readonly analysis: Analysis } | undefined;
  /** Most bytes that the counts, after cropping and binning, may take in memory. Default: no limit. */
  readonly maxCountBytes?: number | undefined;
  /** Throw NotConvergedError when a method stopped at its limit of iterations. Default: warn. */
  readonly strict?: boolean | undefined;
  /** Models of an earlier run, to be applied in place of training: see `recipeForModels`. */
  readonly trained?: TrainedModels | undefined;
  /** Threads that may help; no result depends on them. */
  readonly threads?: Threads | undefined;
  /** Milliseconds on a clock that only goes forward; without it no timings are kept. */
  readonly clock?: (() => number) | undefined;
}

export interface StepTiming {
  readonly step: string;
  readonly seconds: number;
}

export interface RecipeRun {
  readonly analysis: Analysis;
  readonly timings: readonly StepTiming[];
}

/**
 * Runs a recipe over a spectrum image, step by step. Calibrating, cropping, binning and masking are views; before the first step that
 * computes, the counts are read into memory once. Errors say in which step they happened.
 */
export async function runRecipe(image: SpectrumImage, recipe: Recipe, options: RunOptions = {}): Promise<RecipeRun> {
  const file = watched(image);
  let analysis = options.after?.analysis ?? startAnalysis(file.image);
  let done = options.after?.done ?? 0;
  const timings: StepTiming[] = [];
  const work = workOf(recipe, options, file);
  for (const [i, { id, title, run, entries }] of work.entries()) {
    throwIfAborted(options.signal);
    const onProgress = (fraction: number, message?: string): void =>
      options.onProgress?.({ step: i + 1, steps: work.length, title, fraction, message });
    const started = options.clock?.();
    onProgress(0);
    analysis = await run(analysis, {
      seed: recipe.seed,
      signal: options.signal,
      threads: options.threads,
      onProgress,
      trained: options.trained,
      onGlimpse: options.onGlimpse,
    });
    onProgress(1);
    if (started !== undefined) timings.push({ step: id, seconds: (options.clock!() - started) / 1000 });
    if (options.strict) failIfNotConverged(analysis, id);
    done += entries;
    options.onStep?.(analysis, id, done);
  }
  return { analysis, timings };
}

interface Work {
  readonly id: string;
  readonly title: string;
  /** Of the recipe: 1, or 0 for reading the counts. */
  readonly entries: 0 | 1;
  run(analysis: Analysis, context: StepContext): Promise<Analysis>;
}

/** The steps of the recipe, with the reading of the counts put before the first that needs them. */
function workOf(recipe: Recipe, { maxCountBytes, after }: RunOptions, file: WatchedImage): Work[] {
  const begun = after?.done ?? 0;
  const entries = recipe.steps.slice(begun);
  const work = entries.map((entry, i): Work => {
    const step = stepNamed(entry.step);
    const run: Work["run"] = async (analysis, context) => {
      try {
        const before = recipe.steps.slice(0, begun + i);
        return await step.run(analysis, entry, { ...context, again: stepsAgain(before), classesAgain: classesAgain(before) });
      } catch (error) {
        throw placed(error, begun + i, entry.step);
      }
    };
    return { id: entry.step, title: step.title, entries: 1, run };
  });
  const first = entries.findIndex(({ step }) => stages.indexOf(step) > stages.indexOf("mask"));
  const isRead = after !== undefined && isStored(after.analysis.image.counts);
  if (first >= 0 && !isRead) work.splice(first, 0, readCounts(maxCountBytes, file));
  return work;
}

/** Counts into memory, and what the reading said about the file. */
function readCounts(maxBytes: number | undefined, file: WatchedImage): Work {
  return {
    id: "read",
    title: "Read counts",
    entries: 0,
    async run(analysis, { signal, onProgress }) {
      const counts = await collectCounts(analysis.image.counts, { signal, maxBytes, onProgress });
      const loadReport = { ...analysis.image.loadReport, findings: await file.findings({ signal }) };
      return { ...analysis, image: { ...analysis.image, counts, loadReport } };
    },
  };
}

function failIfNotConverged(analysis: Analysis, step: string): void {
  const [first] = analysis.notConverged;
  if (first !== undefined) {
    throw new NotConvergedError(first, {
      where: `step ${step}`,
      remedy: "Raise its limit of iterations, or run without --strict.",
    });
  }
}

/** A parameter that turns out wrong while a step runs is a mistake in the recipe, and is reported as one. */
function placed(error: unknown, index: number, step: string): unknown {
  if (!(error instanceof SigmaError) || error.tag !== "parameter") return error;
  return new RecipeError(error.message, { where: `step ${index + 1} (${step})` }, { cause: error });
}
